from django.db import migrations

from aanchal.core.wall import Permit


class Migration(migrations.Migration):
    """What the matching engine may do: see who was found, keep the pairs it proposes. It does not decide, and reads no decision."""

    dependencies = [("matching", "0003_why_a_pair_is_closed")]
    operations = [
        Permit("matching_foundperson", "match.search", read=True),
        Permit("matching_candidate", "match.search", read=True, insert=True, update=True),
    ]
