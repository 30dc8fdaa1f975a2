"""What the frame around every page needs: who is signed in, where they may go, in which colours."""

from django.conf import settings
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.portal import posts
from aanchal.portal.links import address
from aanchal.portal.navigation import navigation

THEMES = ("auto", "light", "dark")


def shell(request) -> dict:
    theme = request.COOKIES.get("theme")
    frame = {"is_demo": settings.DEMO, "theme": theme if theme in THEMES else "auto"}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frame
    return frame | {
        "may_search_names": policy.holds(user, Permission.IDENTITY_READ),
        "navigation": navigation(user, request.path),
        "account_label": user.name,
        "account_role": ", ".join(dict.fromkeys(str(posting.held.name) for posting in posts.of(user))),
        "account_links": _account(user),
    }


def _account(user) -> list[dict]:
    links = [
        ("notices:list", _("What you were told"), "bell"),
        ("account_change_password", _("Change password"), "key-round"),
        ("mfa_index", _("Second step of signing in"), "shield-check"),
    ]
    if policy.holds(user, Permission.SUBMISSION_SEND):
        links.insert(0, ("phones", _("Phones"), "smartphone"))
    return [{"url": address(name), "label": label, "icon": icon} for name, label, icon in links]
