from pathlib import Path

from django.db import migrations

from aanchal.core.wall import Permit, Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "stakeholders.sql"
RECORDED = {"read": "stakeholder.read", "insert": "stakeholder.record"}
NGO = {"read": "stakeholder.read", "insert": "ngo.record"}
POST = {"read": "stakeholder.read", "insert": "post.record"}


class Migration(migrations.Migration):
    """The directory is read by who works with it there; files by who sends them; what is decided, by two (network/sql/stakeholders.sql)."""

    dependencies = [("network", "0003_stakeholders"), ("access", "0004_guard")]
    operations = [
        Wall("network_stakeholder", update="stakeholder.record", **RECORDED),
        Wall("network_change", **RECORDED),
        Wall("network_pair", update="stakeholder.record", **RECORDED),
        Wall("network_importfile", read="stakeholder.record", insert="stakeholder.record", update="stakeholder.record"),
        Wall("network_importrow", read="stakeholder.record", insert="stakeholder.record", update="stakeholder.record"),
        Wall("network_ngo", update="ngo.record", of_places=True, **NGO),
        Wall("network_diligence", of_places=True, **NGO),
        Wall("network_engagement", update="ngo.record", of_places=True, **NGO),
        Permit("network_engagement", "ngo.decide", update=True),
        Wall("network_deliverable", update="ngo.record", of_places=True, **NGO),
        Wall("network_blacklisting", update="ngo.record", of_places=True, **NGO),
        Permit("network_blacklisting", "ngo.decide", update=True),
        Wall("network_post", update="post.record", of_places=True, **POST),
        Wall("network_tenure", update="post.record", **POST),
        Wall("network_honorarium", update="post.record", **POST),
        Wall("network_poolmember", update="post.record", **POST),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
