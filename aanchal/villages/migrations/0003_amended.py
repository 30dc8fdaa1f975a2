import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from aanchal.core.wall import APP, Amendable

SQL = f"""
GRANT UPDATE (roadmap_id, due_on) ON villages_roadmapaction TO {APP};
CREATE FUNCTION villages_action_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.roadmap_id, NEW.due_on) <> (OLD.roadmap_id, OLD.due_on)
            AND NOT EXISTS (SELECT FROM villages_roadmap r WHERE r.id = NEW.roadmap_id AND r.corrects_id = OLD.roadmap_id) THEN
        RAISE EXCEPTION 'an action moves only with its roadmap, to the line that corrects it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER action_moves BEFORE UPDATE OF roadmap_id, due_on ON villages_roadmapaction FOR EACH ROW EXECUTE FUNCTION villages_action_moves();
"""


class Migration(migrations.Migration):
    """A roadmap's adoption is corrected by a new line, or struck out; its actions go over to the line that stands."""

    dependencies = [
        ('places', '0003_indicators_guarded'),
        ('villages', '0002_wall'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='roadmap',
            name='roadmap_once',
        ),
        migrations.AddField(
            model_name='roadmap',
            name='corrects',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='villages.roadmap'),
        ),
        migrations.AddField(
            model_name='roadmap',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='roadmap',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roadmap',
            name='ended_why',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='roadmap',
            name='stands',
            field=models.BooleanField(default=True),
        ),
        migrations.AddConstraint(
            model_name='roadmap',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_why', ''), ('stands', True)), models.Q(('ended_at__isnull', False), ('stands', False), models.Q(('ended_why', ''), _negated=True)), _connector='OR'), name='villages_roadmap_says_why_it_ended'),
        ),
        migrations.AddConstraint(
            model_name='roadmap',
            constraint=models.UniqueConstraint(condition=models.Q(('stands', True)), fields=('place',), name='roadmap_once'),
        ),
        Amendable("villages_roadmap", "village.record"),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
