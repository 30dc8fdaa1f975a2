from django.db import migrations, models

from aanchal.tracking.terms import JourneyState, Outcome, SearchOutcome


class Migration(migrations.Migration):
    """What was followed because of a line that was struck ends as entered by mistake; no statement of SQL."""

    dependencies = [("tracking", "0004_alerts_part")]
    operations = [
        migrations.AlterField("alert", "outcome", models.CharField(blank=True, choices=Outcome.choices, max_length=16)),
        migrations.AlterField(
            "journey", "state", models.CharField(choices=JourneyState.choices, default=JourneyState.IN_TOUCH, max_length=8)
        ),
        migrations.AlterField("search", "outcome", models.CharField(blank=True, choices=SearchOutcome.choices, max_length=14)),
    ]
