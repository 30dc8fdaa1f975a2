

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('benefits', '0005_cbo_closed'),
        ('people', '0005_mergers'),
        ('places', '0003_indicators_guarded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='entitlement',
            name='told_until',
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name='entitlement',
            index=models.Index(condition=models.Q(('holds_until__isnull', False), ('state', 'DELIVERED')), fields=['place_no', 'holds_until'], name='entitlement_to_renew'),
        ),
    ]
