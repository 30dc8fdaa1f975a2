import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from aanchal.core.wall import Amendable


class Migration(migrations.Migration):
    """Events, what was asked and what was remembered are corrected by a new line, or struck out."""

    dependencies = [
        ('activities', '0014_owner_closes'),
        ('places', '0003_indicators_guarded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='campaignevent',
            name='corrects',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='activities.campaignevent'),
        ),
        migrations.AddField(
            model_name='campaignevent',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='campaignevent',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='campaignevent',
            name='ended_why',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='campaignevent',
            name='stands',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='question',
            name='corrects',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='activities.question'),
        ),
        migrations.AddField(
            model_name='question',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='question',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='question',
            name='ended_why',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='question',
            name='stands',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='recall',
            name='corrects',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='activities.recall'),
        ),
        migrations.AddField(
            model_name='recall',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='recall',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='recall',
            name='ended_why',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='recall',
            name='stands',
            field=models.BooleanField(default=True),
        ),
        migrations.AddConstraint(
            model_name='campaignevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_why', ''), ('stands', True)), models.Q(('ended_at__isnull', False), ('stands', False), models.Q(('ended_why', ''), _negated=True)), _connector='OR'), name='activities_campaignevent_says_why_it_ended'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_why', ''), ('stands', True)), models.Q(('ended_at__isnull', False), ('stands', False), models.Q(('ended_why', ''), _negated=True)), _connector='OR'), name='activities_question_says_why_it_ended'),
        ),
        migrations.AddConstraint(
            model_name='recall',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_why', ''), ('stands', True)), models.Q(('ended_at__isnull', False), ('stands', False), models.Q(('ended_why', ''), _negated=True)), _connector='OR'), name='activities_recall_says_why_it_ended'),
        ),
        Amendable("activities_campaignevent", "activity.record"),
        Amendable("activities_question", "activity.record", "event_id"),
        Amendable("activities_recall", "activity.record", "event_id"),
    ]
