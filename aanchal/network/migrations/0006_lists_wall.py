from pathlib import Path

from django.db import migrations

from aanchal.core.wall import TakeBack, Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "lists.sql"
POSTED = ("network_tenure", "network_post", "network_poolmember")


class Migration(migrations.Migration):
    """What files of lists touched is read where the files are; what they made may be taken back, and nothing else is deleted."""

    dependencies = [("network", "0005_lists"), ("access", "0004_guard")]
    operations = [
        Wall("network_touched", read="stakeholder.record", insert="stakeholder.record"),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
        *(TakeBack(table, permission="post.record") for table in POSTED),
        TakeBack("network_ngo", permission="ngo.record"),
    ]
