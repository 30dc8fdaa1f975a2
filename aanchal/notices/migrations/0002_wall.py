from django.db import migrations


class Migration(migrations.Migration):
    """What was told and sent is not taken back."""

    dependencies = [("notices", "0001_initial")]
    operations = [
        migrations.RunSQL("REVOKE DELETE, TRUNCATE ON notices_notice, notices_sending FROM aanchal_app", migrations.RunSQL.noop),
    ]
