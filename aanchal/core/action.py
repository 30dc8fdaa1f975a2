"""What an action is to the database: all of it happens or none of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
_inside: ContextVar[bool] = ContextVar("inside an action", default=False)


def action(change: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Atomic. An action that another action calls takes part in its transaction without a savepoint of its own: an outer action

    never goes on after an inner one has failed, and two round trips an action are saved.
    """

    @wraps(change)
    def whole(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        if _inside.get():
            return change(*args, **kwargs)
        with transaction.atomic(), as_one():
            return change(*args, **kwargs)

    return whole


@contextmanager
def as_one() -> Iterator[None]:
    """Actions called here take part in the transaction that is already open, as if one action called them."""
    token = _inside.set(True)
    try:
        yield
    finally:
        _inside.reset(token)
