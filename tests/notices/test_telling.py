import json

import pytest

from aanchal.access.acting import SYSTEM, acting
from aanchal.notices import actions, queries, tasks
from aanchal.notices.models import Notice, Sending
from aanchal.notices.terms import Channel, Topic
from tests.factories import NOON, make_user


@pytest.fixture
def worker(db, settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with acting(SYSTEM):
        user = make_user(language="hi")
        user.email, user.phone = "worker@example.org", "9812300000"
        user.save()
    return user


def tell(*users, topic=Topic.ALERTS, **more):
    with acting(SYSTEM):
        return actions.tell(users=[user.pk for user in users], topic=topic, at=NOON, by=SYSTEM, **more)


def test_it_tells_once_a_day_however_much_waits(worker):
    assert (tell(worker), tell(worker)) == (1, 0)


def test_it_sends_by_each_channel_once_and_says_nothing_of_what_waits(worker, mailoutbox, tmp_path):
    tell(worker)
    with acting(SYSTEM):
        for _time in range(2):
            for channel in Channel:
                for notice in Notice.objects.select_related("user"):
                    actions.send(notice=notice, channel=channel, at=NOON, by=SYSTEM)
        assert Sending.objects.count() == 2
        assert queries.to_send(Channel.SMS, 10) == []
    [letter], [line] = mailoutbox, (tmp_path / "sms.jsonl").read_text().splitlines()
    assert letter.body == letter.subject
    assert json.loads(line) == {"to": "9812300000", "text": letter.body}


def test_it_does_not_send_what_was_seen_in_aanchal(worker):
    tell(worker)
    with acting(worker):
        actions.note_seen(at=NOON, by=worker)
    with acting(SYSTEM):
        assert queries.to_send(Channel.EMAIL, 10) == []


def test_it_notes_a_failure_and_does_not_try_again(worker, monkeypatch):
    from aanchal.notices import channels

    class Broken:
        def send(self, address, text):
            raise channels.NotSent("no line")

    monkeypatch.setattr(channels, "gateway", lambda channel: Broken())
    tell(worker)
    with acting(SYSTEM):
        sending = actions.send(notice=Notice.objects.get(), channel=Channel.SMS, at=NOON, by=SYSTEM)
        assert sending.failure == "no line"
        assert queries.to_send(Channel.SMS, 10) == []


def test_the_worker_sends_what_waits(worker, mailoutbox):
    tell(worker)
    tasks.send_waiting.func()
    assert len(mailoutbox) == 1
