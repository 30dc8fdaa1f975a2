from django.db import migrations

from aanchal.core.wall import Wall

EITHER = {"read": "match.review", "also": "found_place_no"}


class Migration(migrations.Migration):
    """Found people where they were found; a pair, and what follows from it, on both its sides."""

    dependencies = [("matching", "0001_initial"), ("registers", "0002_wall"), ("access", "0002_scopes")]
    operations = [
        Wall("matching_foundperson", read="match.review", insert="found.record", update="match.review"),
        Wall("matching_candidate", insert="match.review", update="match.review", **EITHER),
        Wall("matching_decision", insert="match.review", **EITHER),
        Wall("matching_confirmedlink", insert="match.review", update="match.review", **EITHER),
        Wall("matching_task", insert="match.review", update="match.review", **EITHER),
    ]
