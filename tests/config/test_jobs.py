from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from aanchal.access.acting import SYSTEM, acting
from aanchal.config import tasks
from aanchal.config.commands import worker_command
from aanchal.core import anchors, trail
from aanchal.places import queries


def test_it_does_a_waiting_job_as_the_system(own_database, tmp_path, settings):
    settings.DATA_FOLDER = tmp_path
    with acting(SYSTEM):
        trail.write("tests.line", about=queries.nation())
        tasks.write_anchors.defer(timestamp=0)
    worker_command.work(wait=False)
    assert {job.status for job in ProcrastinateJob.objects.filter(task_name__contains="anchors")} == {"succeeded"}
    assert anchors.read(anchors.file(tmp_path))


def test_it_forgets_a_job_of_a_transaction_that_failed(own_database):
    try:
        with acting(SYSTEM):
            tasks.write_anchors.defer(timestamp=0)
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert not ProcrastinateJob.objects.exists()


def test_it_forgets_ended_sessions_and_keeps_the_others(db):
    now = timezone.now()
    for key, ends in (("ended", -1), ("running", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(hours=ends))
    tasks.forget_ended_sessions(timestamp=0)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["running"]


def test_it_writes_anchors_every_hour():
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert crons["aanchal.config.tasks.write_anchors"].split()[1:] == ["*"] * 4
