"""Notices go out by the worker, some at a time."""

from django.utils import timezone

from aanchal.access.acting import SYSTEM
from aanchal.access.jobs import job, regularly
from aanchal.notices import actions, queries
from aanchal.notices.terms import Channel

A_BATCH = 200


@job
def send_waiting() -> None:
    is_more = False
    for channel in Channel:
        waiting = queries.to_send(channel, A_BATCH)
        for notice in waiting:
            actions.send(notice=notice, channel=channel, at=timezone.now(), by=SYSTEM)
        is_more = is_more or len(waiting) == A_BATCH
    if is_more:
        send_waiting.defer()


@regularly("*/10 * * * *")
def begin_to_send() -> None:
    send_waiting.defer()
