"""The name she is called by here: another's it is not, and one she no longer has stands nowhere, in what was written before neither."""

import re
from collections.abc import Callable
from datetime import datetime

from aanchal.cases import queries
from aanchal.cases.models import Case, Renaming
from aanchal.cases.rules import NotPossible
from aanchal.people.rules import folded


def check(pseudonym: str, *, case: Case | None, at: datetime, by) -> None:
    """Raises NotPossible where another open case of who writes is called the same."""
    others = queries.cases_of(by, at).filter(closed_on=None).exclude(pk=case.pk if case else None)
    if pseudonym and folded(pseudonym) in {folded(one) for one in others.exclude(pseudonym="").values_list("pseudonym", flat=True)}:
        raise NotPossible("pseudonym_taken")


def without_old(case: Case) -> Callable[[str], str]:
    """What puts the name of today, or the code, in the place of each earlier one; of what who acts may see of the case."""
    old = {told for one in Renaming.objects.filter(case=case.pk) if (told := one.told().get("before", "")) and told != case.pseudonym}
    if not old:
        return lambda words: words
    longest_first = "|".join(re.escape(one) for one in sorted(old, key=len, reverse=True))
    found = re.compile(rf"(?<!\w)(?:{longest_first})", re.IGNORECASE)
    return lambda words: found.sub(lambda _: case.pseudonym or case.shown_code, words)
