import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who enrolled a phone, until when, and whether it should erase what it holds."""

    dependencies = [("access", "0004_guard")]
    operations = [
        migrations.AddField(
            "device",
            "enrolled_by",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField("device", "valid_until", models.DateField(null=True)),
        migrations.AddField("device", "wipe_asked_at", models.DateTimeField(null=True)),
        migrations.AddField("device", "wiped_at", models.DateTimeField(null=True)),
    ]
