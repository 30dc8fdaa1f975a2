from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "network.sql"


class Migration(migrations.Migration):
    """The directory is read by everybody and written where it is kept; complaints, staff and enquiries stay behind the wall."""

    dependencies = [("network", "0001_initial"), ("access", "0002_scopes")]
    operations = [
        Wall("network_complaint", read="directory.record", insert="directory.record", update="directory.record"),
        Wall("network_staff", read="centre.work", insert="centre.work", update="centre.work"),
        Wall("network_enquiry", read="centre.work", insert="centre.work"),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
