from pathlib import Path

from django.db import migrations, models

from aanchal.cases.wall import assigned

SQL = Path(__file__).resolve().parents[1] / "sql" / "counts.sql"
LEAD = assigned("case_id", "rehab.record", "LEAD")
TOLD = [
    ("TOLD", "Those in her village who keep touch with her were told that she is in trouble, not how it is known"),
    ("NO_PERSON", "Nobody in her village was told: her case is not linked to a person of a register"),
    ("NO_JOURNEY", "Nobody in her village was told: no journey of hers is open there"),
]


class Migration(migrations.Migration):
    """Counts through a gate; whether her village was told of a danger (docs/adr/0043). Her PIN's hash is not for who came by a referral."""

    dependencies = [("rehab", "0002_wall")]
    operations = [
        migrations.AddField("followup", "told", models.CharField(blank=True, choices=TOLD, default="", max_length=10), preserve_default=False),
        migrations.RunSQL(f"ALTER POLICY rehab_ownaccess_read ON rehab_ownaccess USING ({LEAD})", migrations.RunSQL.noop),
        migrations.RunSQL(f"ALTER POLICY rehab_ownaccess_update ON rehab_ownaccess USING ({LEAD}) WITH CHECK ({LEAD})", migrations.RunSQL.noop),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
