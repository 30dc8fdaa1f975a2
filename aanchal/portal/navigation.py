"""Where a person may go, in the order of a day's work; what she may not do is not there."""

from dataclasses import dataclass
from itertools import accumulate

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from aanchal.access import policy
from aanchal.access.permissions import Permission as P
from aanchal.inbox.models import Submission
from aanchal.inbox.terms import Status
from aanchal.insight.queries import KEPT
from aanchal.places.terms import Level
from aanchal.portal import posts
from aanchal.portal.links import address

DIRECTORY = ("/network/stakeholders/", "/network/ngos/", "/network/posts/", "/network/pool/")
"""The directory of the pilot; the rest of `network` belongs to the safe migration centres."""


@dataclass(frozen=True)
class Entry:
    """One page for who holds all of the rights."""

    rights: tuple[P, ...]
    view: str
    label: str
    icon: str

    def __call__(self, user) -> tuple[str, str, str] | None:
        if not all(policy.holds(user, one) for one in self.rights):
            return None
        return address(self.view), self.label, self.icon


def _map(user):
    village = posts.only_village(user) if policy.holds(user, P.VILLAGE_READ) else None
    return village and (address("village-map", village.pk), _("Map"), "map")


def _review(user):
    if not policy.holds(user, P.SUBMISSION_REVIEW):
        return None
    waiting = policy.visible(user, P.SUBMISSION_REVIEW, Submission.objects.filter(status=Status.FLAGGED)).count()
    return address("review"), gettext("Review (%(waiting)s)") % {"waiting": waiting} if waiting else _("Review"), "inbox"


def _counts(user):
    place = posts.counted_place(user)
    return place and (address("place", place.pk), _("Village") if place.level == Level.VILLAGE else _("Counts"), "chart-column")


def _indicators(user):
    place = posts.counted_place(user)
    return (address("insight:place", place.pk), _("Indicators"), "target") if place and place.level in KEPT else None


ENTRIES = (
    lambda user: (address("home"), _("Home"), "house"),
    Entry((P.RISK_READ,), "families", pgettext_lazy("navigation", "Families at risk"), "heart-handshake"),
    Entry((P.ENTRY_READ,), "registers:index", _("Registers"), "notebook-text"),
    Entry((P.JOURNEY_READ,), "tracking:alerts", _("Keeping touch"), "bell"),
    Entry((P.CASE_READ,), "cases:list", _("My cases"), "folder-lock"),
    _map,
    Entry((P.ENTITLEMENT_READ,), "entitlements", _("Entitlements"), "clipboard-check"),
    _review,
    Entry((P.MATCH_REVIEW,), "matching:queue", _("Finding her"), "search"),
    Entry((P.POSTER_READ,), "posters:list", _("Missing-person notices"), "megaphone"),
    Entry((P.RESCUE_READ,), "rescue:home", _("Rescue"), "siren"),
    Entry((P.REHAB_READ,), "rehab:index", _("Rehabilitation"), "sprout"),
    Entry((P.COUNSEL_SUPERVISE,), "rehab:supervision", _("Counsellors"), "messages-square"),
    _counts,
    Entry((P.CENTRE_WORK,), "network:centres", _("Safe migration centre"), "signpost"),
    Entry((P.RESOURCE_READ,), "rehab:people", _("Resource people"), "hand-helping"),
    Entry((P.CBO_ASSESS,), "rehab:organisations", _("Mature organisations"), "badge-check"),
    Entry((P.FORM_MANAGE,), "own-forms", _("Own forms"), "file-pen-line"),
    Entry((P.SCHEME_EDIT,), "schemes", _("Schemes"), "book-open"),
    Entry((P.CLOCK_EDIT,), "tracking:clocks", _("Clocks of the law"), "clock"),
    Entry((P.INDEX_EDIT,), "indices", _("Indices"), "scale"),
    Entry((P.SELECTION_READ,), "selection:index", _("Where to work"), "map-pinned"),
    Entry((P.STAKEHOLDER_READ,), "network:stakeholders", _("Directory"), "contact"),
    Entry((P.ACTIVITY_READ, P.MONEY_READ), "pilots:pilots", _("Pilots"), "flag"),
    Entry((P.ACTIVITY_READ,), "activities:calendar", _("Meetings and trainings"), "calendar-days"),
    Entry((P.MONEY_READ,), "money:budgets", _("Money"), "indian-rupee"),
    Entry((P.RETURN_READ,), "nodal:calls", _("Returns of the States"), "file-spreadsheet"),
    Entry((P.RETURN_READ,), "nodal:units", _("Units and their money"), "shield"),
    Entry((P.COORDINATION_READ,), "nodal:meetings", _("Meetings of nodal officers"), "calendar-days"),
    Entry((P.RETURN_READ,), "nodal:areas", _("Problem areas"), "route"),
    Entry((P.ADVISORY_READ,), "advisories:desk", _("Advisories"), "megaphone"),
    Entry((P.AWARD_READ,), "awards:rounds", _("Awards"), "award"),
    Entry((P.MATCH_MODEL,), "matching:models", _("Models of matching"), "search"),
    Entry((P.LIBRARY_READ,), "library:documents", _("Library"), "library"),
    _indicators,
    Entry((P.RELEASE_PREPARE,), "insight:releases", _("Statistics for the public"), "megaphone"),
    Entry((P.USER_MANAGE,), "workers", _("People who work"), "users"),
    Entry((P.TRAIL_READ,), "trail", _("Trail"), "footprints"),
)


WIDEST, ICON, MORE = 106, 5, 9
"""How many letters fit beside one another on a desk 1280 wide, and how many an icon with its room and the word More take."""


def navigation(user, path: str) -> list[dict]:
    found = [(url, str(label), icon) for entry in ENTRIES if (one := entry(user)) for url, label, icon in [one] if url]
    fits = _fitting([label for _url, label, _icon in found])
    return [
        {"url": url, "label": label, "icon": icon, "is_current": _is_current(path, url), "is_beyond": n >= fits}
        for n, (url, label, icon) in enumerate(found)
    ]


def _fitting(labels: list[str]) -> int:
    """How many of them the bar of a desk holds; the others stand under More, which takes room too."""
    ends = list(accumulate(len(label) + ICON for label in labels))
    if not ends or ends[-1] <= WIDEST:
        return len(labels)
    return sum(end <= WIDEST - MORE for end in ends)


def _is_current(path: str, url: str) -> bool:
    if url.startswith("/network/"):
        return path.startswith("/network/") and path.startswith(DIRECTORY) == url.startswith(DIRECTORY)
    if url.startswith(("/touch/", "/activities/")):
        return path.startswith("/".join(url.split("/")[:2]) + "/")
    return path == url if url == "/" or url.startswith("/places/") else path.startswith(url)
