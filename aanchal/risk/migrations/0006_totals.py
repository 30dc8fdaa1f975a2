from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

from aanchal.core.wall import Wall

TOTALS = Path(__file__).resolve().parents[1] / "sql" / "totals.sql"


class Migration(migrations.Migration):
    """Running totals by place, kept by the database; no person of the application may read or write them but through the gates for counts."""

    dependencies = [
        ('risk', '0005_what_if'),
    ]

    operations = [
        migrations.CreateModel(
            name='Total',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=40)),
                ('category', models.CharField(max_length=8)),
                ('points', models.PositiveSmallIntegerField()),
                ('observed', models.PositiveSmallIntegerField()),
                ('families', models.BigIntegerField()),
                ('place_no', models.BigIntegerField()),
                ('last_no', models.BigIntegerField()),
                ('what', models.CharField(max_length=1)),
                ('key', models.CharField(max_length=20)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place_no', 'last_no', 'version', 'category', 'what', 'key', 'observed', 'points'), name='total_once')],
            },
        ),
        migrations.CreateModel(
            name='TotalChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=40)),
                ('category', models.CharField(max_length=8)),
                ('points', models.PositiveSmallIntegerField()),
                ('observed', models.PositiveSmallIntegerField()),
                ('families', models.BigIntegerField()),
                ('place_no', models.BigIntegerField()),
                ('band', models.CharField(choices=[('UNKNOWN', 'Not known yet'), ('NOT_AT_RISK', 'Not at risk'), ('VULNERABLE', 'Vulnerable'), ('AT_RISK', 'At risk'), ('SEVERE', 'Severe risk')], max_length=11)),
                ('is_urgent', models.BooleanField()),
                ('deprived', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
            ],
            options={
                'indexes': [models.Index(fields=['place_no'], name='totalchange_place')],
            },
        ),
        Wall("risk_total", read="risk.reasons", insert=None),
        Wall("risk_totalchange", read="risk.reasons", insert=None),
        migrations.RunSQL(TOTALS.read_text(), migrations.RunSQL.noop),
    ]
