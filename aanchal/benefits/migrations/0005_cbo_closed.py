from django.db import migrations, models

from aanchal.core.wall import Permit


class Migration(migrations.Migration):
    """An organisation may be corrected and closed, by who holds cbo.record; its kind and place stay."""

    dependencies = [("benefits", "0004_insurance_wall")]
    operations = [
        migrations.AddField("cbo", "closed_on", models.DateField(null=True)),
        migrations.RunSQL("GRANT UPDATE (name, lokos_id, parent_id, closed_on) ON benefits_cbo TO aanchal_app", migrations.RunSQL.noop),
        Permit("benefits_cbo", "cbo.record", update=True),
    ]
