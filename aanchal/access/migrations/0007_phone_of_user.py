from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0006_more_roles")]
    operations = [migrations.AddField("user", "phone", models.CharField(blank=True, default="", max_length=15), preserve_default=False)]
