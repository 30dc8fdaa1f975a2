"""Log lines without values: an error says where and of what kind, never its message, which may quote a row."""

import logging
import traceback


class WithoutValues(logging.Formatter):
    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatException(self, ei) -> str:  # noqa: N802 (the name is logging's)
        return "\n".join(_told(ei[1]))


def _told(error: BaseException | None) -> list[str]:
    """The chain of an error, the cause first, as logging would tell it."""
    if error is None:
        return []
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_told(before), "Traceback:"]
    lines += [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
    return [*lines, f"{type(error).__module__}.{type(error).__qualname__}"]
