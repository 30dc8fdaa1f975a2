"""Work done in the background: a job kept in PostgreSQL, run by the worker as the system."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection
from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from aanchal.access import queries
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.policy import day_in_india

MOST_TRIES = 14
LONGEST_WAIT = 7_200
NOBODY = "{role} may not work: its account was closed or its posting has ended. What it is asked waits until it holds the post again"


class NotPosted(Exception):
    """A part of the program was asked to work, and its posting has ended."""


class Again(BaseRetryStrategy):
    """After 2, 4, 8 seconds, at last every two hours; for who is not posted without end: a search must not be lost."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts >= MOST_TRIES and not isinstance(exception, NotPosted):
            return None
        return RetryDecision(retry_in={"seconds": min(LONGEST_WAIT, 2 ** min(job.attempts + 1, MOST_TRIES))})


def job(work: Callable[..., None]) -> Any:
    """A background job: `work.defer(...)` keeps it in the caller's transaction, the worker runs it inside `acting(SYSTEM)`."""
    return _kept(work, lambda: SYSTEM, "default")


def job_beside(role: str) -> Callable[[Callable[..., None]], Any]:
    """A job of the system that needs what the process of that part of the program holds in memory: it waits in its queue."""
    return lambda work: _kept(work, lambda: SYSTEM, role, retry=Again())


def job_of(role: str) -> Callable[[Callable[..., None]], Any]:
    """A background job of a part of the program that has a process and a posting of its own: it reads what that posting opens, no more.

    Its queue has the role's name.
    """
    return lambda work: _kept(work, lambda: program(role), role, retry=Again())


def program(role: str) -> Any:
    """The account of that part of the program. Raises NotPosted."""
    user = queries.program(role, on=day_in_india(timezone.now()))
    if user is None:
        raise NotPosted(NOBODY.format(role=role))
    return user


def _kept(work: Callable[..., None], who: Callable[[], Any], queue: str, **options: Any) -> Any:
    @wraps(work)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            with acting(who()):
                work(*args, **kwargs)
        finally:
            if not connection.in_atomic_block:
                connection.close()  # the worker's threads come and go

    return app.task(run, queue=queue, **options)


def regularly(cron: str) -> Callable[[Callable[[], None]], Any]:
    """A job the clock starts, by a cron expression in UTC."""

    def decorate(work: Callable[[], None]) -> Any:
        @wraps(work)
        def at_the_hour(timestamp: int) -> None:
            work()

        return app.periodic(cron=cron)(job(at_the_hour))

    return decorate
