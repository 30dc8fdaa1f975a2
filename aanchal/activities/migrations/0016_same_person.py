from pathlib import Path

import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

from aanchal.core.wall import Wall

SQL = Path(__file__).resolve().parents[1] / "sql" / "same_person.sql"


class Migration(migrations.Migration):
    """A person whom two districts entered is counted once."""

    dependencies = [
        ('activities', '0015_amended'),
        ('places', '0003_indicators_guarded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Sameness',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('place_no', models.BigIntegerField()),
                ('is_same', models.BooleanField()),
                ('moved', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='participant',
            name='same_as',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='others', to='activities.participant'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(('same_as', models.F('id')), _negated=True), name='participant_not_same_as_itself'),
        ),
        migrations.AddField(
            model_name='sameness',
            name='away',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activities.participant'),
        ),
        migrations.AddField(
            model_name='sameness',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sameness',
            name='stays',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activities.participant'),
        ),
        migrations.AddField(
            model_name='sameness',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='sameness',
            constraint=models.CheckConstraint(condition=models.Q(('stays', models.F('away')), _negated=True), name='sameness_of_two'),
        ),
        migrations.AddConstraint(
            model_name='sameness',
            constraint=models.UniqueConstraint(condition=models.Q(('is_same', True), ('undone_at', None)), fields=('away',), name='same_as_one'),
        ),
        Wall("activities_sameness", read="activity.read", insert="activity.record", update="activity.record"),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
