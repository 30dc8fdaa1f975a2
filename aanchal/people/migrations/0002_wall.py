from django.db import migrations

from aanchal.core.wall import Wall


class Migration(migrations.Migration):
    """Every table of persons behind the wall."""

    dependencies = [("people", "0001_initial"), ("access", "0002_scopes")]
    operations = [
        Wall("people_household", read="household.read", insert="household.record", update="household.record"),
        Wall("people_person", read="household.read", insert="household.record", update="household.record"),
        Wall("people_membership", read="household.read", insert="household.record", update="household.record"),
        Wall("people_identity", read="identity.read", insert="household.record", update="household.record"),
        Wall("people_consent", read="household.read", insert="household.record", update="household.record"),
    ]
