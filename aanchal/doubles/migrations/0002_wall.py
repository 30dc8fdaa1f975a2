from django.db import migrations

from aanchal.core.wall import Wall


def both(table: str) -> str:
    """Beside the wall: whoever reaches one of the two sides only does not see that they are a pair."""
    inside = "other_place_no <@ (SELECT acting_scope('submission.review'))"
    return f"CREATE POLICY {table}_both ON {table} AS RESTRICTIVE TO aanchal_app USING ({inside}) WITH CHECK ({inside})"


class Migration(migrations.Migration):
    """Pairs, and what was said of them, for who covers both sides; people who may be back, where their line is."""

    dependencies = [("doubles", "0001_initial"), ("access", "0002_scopes")]
    operations = [
        Wall("doubles_double", read="submission.review", insert="submission.review", update="submission.review"),
        Wall("doubles_verdict", read="submission.review", insert="submission.review"),
        migrations.RunSQL(both("doubles_double"), migrations.RunSQL.noop),
        migrations.RunSQL(both("doubles_verdict"), migrations.RunSQL.noop),
        Wall("doubles_homecoming", read="entry.read", insert="entry.record", update="entry.record"),
    ]
