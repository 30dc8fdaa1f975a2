from django.db import migrations, models


class Migration(migrations.Migration):
    """How long a phone is enrolled, and whether it should erase what it holds."""

    dependencies = [("access", "0004_guard")]
    operations = [
        migrations.AddField("device", "valid_until", models.DateField(null=True)),
        migrations.AddField("device", "wipe_asked_at", models.DateTimeField(null=True)),
        migrations.AddField("device", "wiped_at", models.DateTimeField(null=True)),
    ]
