"""What the frame around every page needs: who is signed in, where they may go, in which colours."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.inbox.models import Submission
from aanchal.inbox.terms import Status
from aanchal.places.terms import Level
from aanchal.portal import posts
from aanchal.portal.links import address

THEMES = ("auto", "light", "dark")


def shell(request) -> dict:
    theme = request.COOKIES.get("theme")
    frame = {"is_demo": settings.DEMO, "theme": theme if theme in THEMES else "auto"}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frame
    return frame | {
        "navigation": _navigation(request),
        "account_label": user.name,
        "account_role": ", ".join(dict.fromkeys(str(posting.held.name) for posting in posts.of(user))),
        "account_links": _account(user),
    }


def _navigation(request) -> list[dict]:
    """In the order of a day's work; what a person may not do is not there."""
    user = request.user
    items = [(address("home"), _("Home"), "house")]
    if policy.holds(user, Permission.RISK_READ):
        items.append((address("families"), pgettext("navigation", "Families at risk"), "heart-handshake"))
    if policy.holds(user, Permission.ENTRY_READ):
        items.append((address("registers:index"), _("Registers"), "notebook-text"))
    if policy.holds(user, Permission.VILLAGE_READ) and (village := posts.only_village(user)):
        items.append((address("village-map", village.pk), _("Map"), "map"))
    if policy.holds(user, Permission.SUBMISSION_REVIEW):
        items.append((address("review"), _review(user), "inbox"))
    if place := posts.counted_place(user):
        items.append((address("place", place.pk), _("Village") if place.level == Level.VILLAGE else _("Counts"), "chart-column"))
    if policy.holds(user, Permission.INDEX_EDIT):
        items.append((address("indices"), _("Indices"), "scale"))
    if policy.holds(user, Permission.SELECTION_READ):
        items.append((address("selection:index"), _("Where to work"), "map-pinned"))
    if policy.holds(user, Permission.USER_MANAGE):
        items.append((address("workers"), _("People who work"), "users"))
    if policy.holds(user, Permission.TRAIL_READ):
        items.append((address("trail"), _("Trail"), "footprints"))
    return [
        {"url": url, "label": label, "icon": icon, "is_current": _is_current(request.path, url)} for url, label, icon in items if url
    ]


def _review(user) -> str:
    waiting = policy.visible(user, Permission.SUBMISSION_REVIEW, Submission.objects.filter(status=Status.FLAGGED)).count()
    return _("Review (%(waiting)s)") % {"waiting": waiting} if waiting else _("Review")


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" or url.startswith("/places/") else path.startswith(url)


def _account(user) -> list[dict]:
    links = [
        ("account_change_password", _("Change password"), "key-round"),
        ("mfa_index", _("Second step of signing in"), "shield-check"),
    ]
    return [{"url": address(name), "label": label, "icon": icon} for name, label, icon in links]
