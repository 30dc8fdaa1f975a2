"""Work done in the background: a job kept in PostgreSQL, run by the worker as the system."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from aanchal.access.acting import SYSTEM, acting


def job(work: Callable[..., None]) -> Any:
    """A background job: `work.defer(...)` keeps it in the caller's transaction, the worker runs it inside `acting(SYSTEM)`."""

    @wraps(work)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            with acting(SYSTEM):
                work(*args, **kwargs)
        finally:
            if not connection.in_atomic_block:
                connection.close()  # the worker's threads come and go

    return app.task(run)


def regularly(cron: str) -> Callable[[Callable[[], None]], Any]:
    """A job the clock starts, by a cron expression in UTC."""

    def decorate(work: Callable[[], None]) -> Any:
        @wraps(work)
        def at_the_hour(timestamp: int) -> None:
            work()

        return app.periodic(cron=cron)(job(at_the_hour))

    return decorate
