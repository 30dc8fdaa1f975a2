from django.db import migrations, models


class Migration(migrations.Migration):
    """A password that someone gave opens only the page that changes it."""

    dependencies = [("access", "0002_scopes")]
    operations = [migrations.AddField("user", "must_change_password", models.BooleanField(default=False))]
