from django.db import migrations

TABLES = ("places_indicatorsource", "places_indicatorseries", "places_indicatorvalue")
WHERE = {"places_indicatorvalue": "place_no"}


def statements():
    """Published figures are read by everyone, written by whoever may import the directory there, as the places themselves are."""
    for table in TABLES:
        may = f"{WHERE.get(table, '0::bigint')} <@ (SELECT acting_scope('place.import'))"
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"CREATE POLICY {table}_read ON {table} FOR SELECT TO aanchal_app USING (true)"
        yield f"CREATE POLICY {table}_insert ON {table} FOR INSERT TO aanchal_app WITH CHECK ({may})"
        yield f"CREATE POLICY {table}_update ON {table} FOR UPDATE TO aanchal_app USING ({may}) WITH CHECK ({may})"
        yield f"CREATE POLICY {table}_delete ON {table} FOR DELETE TO aanchal_app USING ({may})"
        yield f"REVOKE TRUNCATE ON {table} FROM aanchal_app"


class Migration(migrations.Migration):
    dependencies = [("places", "0002_indicators"), ("access", "0002_scopes")]
    operations = [migrations.RunSQL(";\n".join(statements()), migrations.RunSQL.noop)]
