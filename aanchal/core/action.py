"""What an action is to the database: all of it happens or none of it."""

from collections.abc import Callable
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
        token = _inside.set(True)
        try:
            with transaction.atomic():
                return change(*args, **kwargs)
        finally:
            _inside.reset(token)

    return whole
