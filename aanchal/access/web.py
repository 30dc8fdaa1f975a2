"""What every view says of itself: the permission it needs, or that it is public."""

from functools import wraps
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from aanchal.access import policy
from aanchal.access.permissions import Permission
from aanchal.places.models import Place


def requires(permission: Permission):
    """The view needs a permission somewhere. Whether it reaches this record, the view asks of `policy`."""

    def decorate(view):
        @wraps(view)
        @login_required
        def guarded(request, *args, **kwargs):
            if not policy.holds(request.user, permission):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.requires = permission
        return guarded

    return decorate


def signed_in(view):
    """Open to whoever has signed in, whatever they hold."""
    guarded = login_required(view)
    guarded.requires = "signed in"
    return guarded


def public(view):
    """Open to everyone: on the public list of tests/test_architecture.py."""
    view.requires = "public"
    return view


def confirmed_first(request, back: str, *, said: str = "") -> HttpResponse | None:
    """A name goes out only to who signed in, or said the password, a moment ago: an open page is not enough (shared trust.md).

    The page that asks and says why, which leads back to `back`; nothing where there is no need.
    """
    if not is_reauthentication_required(request, app="aanchal"):
        return None
    messages.info(request, said or _("Names go out as a file. Say your password, then press the button once more."))
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")


def place_or_404(user, permission: Permission, pk: int) -> Place:
    """A place the user may see under this permission; out of scope and absent look the same."""
    place = Place.objects.filter(pk=pk).first()
    if place is None or not policy.can(user, permission, place):
        raise Http404
    return place
