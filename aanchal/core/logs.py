"""Log lines without values: an error says where and of what kind, never its message, which may quote a row."""

import logging
import re
import traceback

TOKEN_IN_PATH = re.compile(r"(/d/)[^/\s'\"]+")


class WithoutTokens(logging.Filter):
    """A phone's address holds its token: no line of a log repeats it."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if "/d/" in said:
            record.msg, record.args = TOKEN_IN_PATH.sub(r"\1-", said), ()
        return True


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
