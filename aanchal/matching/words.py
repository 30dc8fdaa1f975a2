"""The evidence of a pair in plain words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from aanchal.matching.rules import shares
from aanchal.matching.terms import COMPARISONS

_NAMES = {
    1: _("the same"),
    2: _("written otherwise, sounds the same"),
    3: _("nearly the same"),
    4: _("somewhat alike"),
    5: _("different"),
}
SAID: dict[str, dict[int, Promise]] = {
    "given": {
        1: _("the same"), 2: _("written otherwise, sounds the same"), 3: _("the same words in another order"),
        4: _("the name used at home, or a second name"), 5: _("nearly the same"), 6: _("somewhat alike"), 7: _("a little alike"),
        8: _("different"), 9: _("a calling name of many children: says little"),
    },
    "family": _NAMES | {4: _("only the first letter is known, and it fits")},
    "father": _NAMES,
    "mother": _NAMES,
    "sex": {1: _("the same"), 2: _("different")},
    "birth": {
        1: _("less than a year apart"), 2: _("up to one and a half years apart"), 3: _("up to two and a half years apart"),
        4: _("up to four years apart"), 5: _("up to six years apart"), 6: _("up to nine years apart"), 7: _("more than nine years apart"),
    },
    "place": {
        1: _("the same block"), 2: _("the same district"), 3: _("the same district, another block"),
        4: _("the same state, the district is not known"), 5: _("the same state, another district"), 6: _("another state"),
    },
    "village": _NAMES | {5: _("a little alike"), 6: _("different")},
    "languages": {1: _("the same"), 2: _("some in common"), 3: _("none in common")},
    "height": {
        1: _("up to 2 cm apart"), 2: _("up to 5 cm apart"), 3: _("up to 9 cm apart"), 4: _("more than 9 cm apart"),
        5: _("as a growing child would be"), 6: _("nearly as a growing child would be"), 7: _("hardly as a growing child would be"),
        8: _("not as a growing child would be"),
    },
    "marks": {
        1: _("three or more in common"), 2: _("two in common"), 3: _("the only one known is the same"), 4: _("one in common"),
        5: _("none in common"),
    },
    "gap": {
        1: _("found within three months"), 2: _("found within eight months"), 3: _("found within sixteen months"),
        4: _("found within two years or a little more"), 5: _("found within three and a half years"), 6: _("found many years later"),
        7: _("found before she was missed: a day may be wrong"),
    },
    "found_at": {1: _("in her home district"), 2: _("in her home state"), 3: _("in another state")},
    "title": {1: _("the same"), 2: _("different")},
}  # fmt: skip
WEIGHTS = (
    (4.0, _("strongly for"), "good"),
    (1.0, _("for"), "good"),
    (-1.0, _("hardly matters"), ""),
    (-4.0, _("against"), "bad"),
)
LAST = (_("strongly against"), "bad")
REFUSALS = {
    "second_person": gettext_noop("You said so first. A second person has to look."),
    "decided": gettext_noop("That was decided meanwhile."),
    "closed": gettext_noop("One of the two is no longer looked for."),
    "undone": gettext_noop("That was undone before."),
    "done": gettext_noop("That was done before."),
    "twice": gettext_noop("The same is recorded already: look under People found. Of another person, write what tells the two apart."),
    "future": gettext_noop("The day lies after today."),
    "same": gettext_noop("Nothing is changed yet."),
    "linked": gettext_noop("Two people agree who this is, and what was written is why. Undo that first."),
    "struck": gettext_noop("This was struck as entered by mistake. Let it stand again first."),
    "not_struck": gettext_noop("This is not struck."),
    "elsewhere": gettext_noop(
        "This place lies outside what you look after. Strike what was written here, and ask the office there to record her."
    ),
}


@dataclass(frozen=True)
class Step:
    """One line of the waterfall."""

    label: Promise
    said: Promise | str
    weight: Promise
    kind: str
    share: float
    bits: float


def waterfall(levels: dict[str, int], bits: dict[str, float]) -> list[Step]:
    """What each comparison says, the weightiest first."""
    names = sorted(bits, key=lambda name: -abs(bits[name]))
    steps = []
    for name, share in zip(names, shares(bits[name] for name in names), strict=True):
        weight, kind = weigh(bits[name])
        steps.append(Step(COMPARISONS[name], SAID[name].get(levels.get(name, 0), ""), weight, kind, share, bits[name]))
    return steps


def weigh(bits: float) -> tuple[Promise, str]:
    for least, word, kind in WEIGHTS:
        if bits >= least:
            return word, kind
    return LAST


def in_ten(probability: float) -> int:
    """`9 in 10`, as people say it; never 0 nor 10, for nothing here is certain."""
    return min(9, max(1, round(probability * 10)))
