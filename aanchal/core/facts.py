"""Facts an app announces. Who reacts to which fact is written once, in config/flow.py."""

from collections.abc import Callable, Iterable, Mapping

Reaction = Callable[..., None]
_flow: dict[type, tuple[Reaction, ...]] = {}


def connect(flow: Mapping[type, Iterable[Reaction]]) -> None:
    _flow.clear()
    _flow.update({fact: tuple(reactions) for fact, reactions in flow.items()})


def announce(fact: object) -> None:
    """Run every reaction now, inside the caller's transaction: all of it happens or none of it."""
    for react in _flow.get(type(fact), ()):
        react(fact)
