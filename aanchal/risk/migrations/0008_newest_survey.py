from django.db import migrations, models


class Migration(migrations.Migration):
    """Each survey holds all that was known when it came, so the newest is the one that came last, whatever a phone's clock says."""

    dependencies = [("risk", "0007_indexes_somebody_walks")]
    operations = [
        migrations.AddIndex("survey", models.Index(fields=["household", "-id"], name="survey_newest")),
        migrations.RemoveIndex("survey", "survey_latest"),
    ]
