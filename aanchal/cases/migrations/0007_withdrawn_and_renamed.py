from pathlib import Path

import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

from aanchal.cases.wall import CaseWall

SQL = Path(__file__).resolve().parents[1] / "sql" / "keeping.sql"
LEAD = ("case.work", "LEAD")


class Migration(migrations.Migration):
    """Her consent to keep the record taken back, and the name she is called by changed (docs/adr/0069)."""

    dependencies = [
        ('cases', '0006_shared_while_both_live'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='retentionrule',
            name='use',
            field=models.CharField(choices=[('CLOSED', 'After the case was closed'), ('WITHDRAWN', 'After she took back her consent to keep it'), ('GROUND', 'By law, although she took her consent back')], default='CLOSED', max_length=9),
        ),
        migrations.AlterField(
            model_name='step',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='Renaming',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField(null=True)),
                ('wrapped_key', models.BinaryField(null=True)),
                ('place_no', models.BigIntegerField()),
                ('why', models.CharField(choices=[('IDENTIFIES', 'It turned out to tell who she is'), ('SAME', 'Another is called the same'), ('WISH', 'She wants another'), ('MISTAKE', 'It was written wrongly')], max_length=10)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='renamings', to='cases.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField(null=True)),
                ('wrapped_key', models.BinaryField(null=True)),
                ('place_no', models.BigIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('end', models.CharField(blank=True, choices=[('ERASED', 'Erased'), ('AGREED', 'She agreed anew')], max_length=6)),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='cases.case')),
                ('consent', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.caseconsent')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ground', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.retentionrule')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['due_on'], name='withdrawal_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('case',), name='one_withdrawal_waits'), models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='withdrawal_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('ground', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='withdrawal_decided_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('ended_at', None)), models.Q(('ended_at__isnull', False), models.Q(('end', ''), _negated=True)), _connector='OR'), name='withdrawal_ended_somehow')],
            },
        ),
        CaseWall("cases_withdrawal", insert=LEAD, update=LEAD),
        CaseWall("cases_renaming", insert=LEAD, update=("case.supervise", "LEAD")),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
