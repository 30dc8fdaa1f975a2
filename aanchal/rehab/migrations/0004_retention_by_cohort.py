from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).resolve().parents[1] / "sql" / "counts_by_cohort.sql"
KEPT = """
UPDATE rehab_learning l SET kept_months = greatest(
    CASE l.state WHEN 'RETAINED_3' THEN 3 WHEN 'RETAINED_6' THEN 6 WHEN 'RETAINED_12' THEN 12 ELSE 0 END,
    coalesce((SELECT max(split_part(t.detail ->> 'to', '_', 2)::int) FROM core_trail t
        WHERE t.about_id = l.id::text AND t.verb = 'rehab.learning.moved' AND t.detail ->> 'to' LIKE 'RETAINED_%%'), 0))
WHERE l.placed_on IS NOT NULL
"""


class Migration(migrations.Migration):
    """She who was found in work after three months stays counted there when she leaves later; older rows by the trail (docs/adr/0043)."""

    dependencies = [("rehab", "0003_counts_and_told"), ("core", "0001_initial"), ("access", "0002_scopes")]
    operations = [
        migrations.AddField("learning", "kept_months", models.PositiveSmallIntegerField(default=0)),
        migrations.RunSQL(KEPT.replace("%%", "%"), migrations.RunSQL.noop),
        migrations.AddConstraint(
            "learning",
            models.CheckConstraint(condition=Q(kept_months=0) | Q(kept_months__in=(3, 6, 12), placed_on__isnull=False), name="kept_in_work"),
        ),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
