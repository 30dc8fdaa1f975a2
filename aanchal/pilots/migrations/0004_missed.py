from django.db import migrations


class Migration(migrations.Migration):
    """Of missed targets; the next migration writes its function, which counts events that stand."""

    dependencies = [("pilots", "0003_districts"), ("activities", "0012_courses_wall")]
    operations: list = []
