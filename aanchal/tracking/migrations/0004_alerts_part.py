from django.db import migrations, models

from aanchal.tracking.terms import Happening


class Migration(migrations.Migration):
    """An alert that another had taken in stands by itself again; no statement of SQL."""

    dependencies = [("tracking", "0003_clocks_of_the_nation")]
    operations = [migrations.AlterField("alertstep", "happening", models.CharField(choices=Happening.choices, max_length=9))]
