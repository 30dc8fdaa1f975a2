from django.db import migrations, models


class Migration(migrations.Migration):
    """The roles are those of access/roles.py; a new one needs no migration."""

    dependencies = [("access", "0007_phone_of_user")]
    operations = [migrations.AlterField(model_name="posting", name="role", field=models.CharField(max_length=30))]
