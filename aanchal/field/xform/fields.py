"""The questions of a form as a print view or a correction form needs them."""

from collections.abc import Mapping
from dataclasses import dataclass

from .choices import Choice


@dataclass(frozen=True, slots=True)
class Field:
    """`type` is the control and data in one word: text, integer, decimal, date, time, dateTime, select_one,
    select_multiple, rank, range, geopoint, geotrace, geoshape, image, audio, video, file, barcode, note, acknowledge,
    group, repeat, calculate, hidden.

    `repeat` is the path of the innermost repeat around it. `is_relevant_always` is false where it, or a group around
    it, depends on other answers. `has_filter` says that not every choice is offered every time.
    """

    path: str
    type: str
    labels: Mapping[str, str]
    hints: Mapping[str, str]
    choices: tuple[Choice, ...] = ()
    required_messages: Mapping[str, str] = None  # type: ignore[assignment]
    constraint_messages: Mapping[str, str] = None  # type: ignore[assignment]
    appearance: str = ""
    repeat: str | None = None
    is_relevant_always: bool = True
    is_required: bool = False
    is_readonly: bool = False
    has_filter: bool = False

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]
