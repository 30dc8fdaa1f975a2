
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0004_points'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='topic',
            field=models.CharField(choices=[('ALERTS', 'Alerts wait for you'), ('URGENT', 'Something urgent waits for you'), ('POINTS', 'What a meeting decided waits for you to act'), ('RETURN', 'A return of your state is not submitted')], max_length=6),
        ),
    ]
