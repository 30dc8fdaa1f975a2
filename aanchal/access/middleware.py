"""Who is acting, told to the database for each request; and sessions that end."""

import re
import time

from allauth.account.middleware import AccountMiddleware
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.db import DataError
from django.shortcuts import redirect, render
from django.urls import is_valid_path

from aanchal.access import policy
from aanchal.access.acting import acting

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


NO_TEXT = re.compile(r"NUL \(0x00\)|\\u0000")
"""How psycopg and PostgreSQL refuse it, as a text and in JSON."""
said_by_allauth = AccountMiddleware(lambda request: None).process_exception


class Headers:
    """A strict content security policy everywhere; nothing of a signed-in person is kept by a cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)")
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        return response


class OnlyForms:
    """An address that takes only what a form sends, opened as a page (another language was chosen, it was read again): the way back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or "text/html" not in request.headers.get("Accept", ""):
            return response
        above = request.path.rstrip("/").rpartition("/")[0] + "/"
        page = render(request, "405.html", {"above": above if is_valid_path(above) else "/"}, status=405)
        page["Allow"] = response["Allow"]
        return page


class Acting:
    """One transaction a request, as the signed-in user. A view that manages its own transactions says `acts_alone`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if getattr(view, "acts_alone", False):
            return None
        try:
            return self._answer(request, view, args, kwargs)
        except (ImmediateHttpResponse, ReauthenticationRequired) as asked:
            # Django asks the middlewares' process_exception only about what it called itself; this view was called here.
            return said_by_allauth(request, asked)
        except DataError as problem:
            if NO_TEXT.search(str(problem)):
                raise BadRequest("A text with the character NUL, which nobody types.") from problem
            raise

    @staticmethod
    def _answer(request, view, args, kwargs):
        with acting(request.user):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and callable(response.render):
                response.render()
        return response


class SessionLimits:
    """Signed in for at most SESSION_HOURS, idle for at most SESSION_COOKIE_AGE; ends with the account."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            began = request.session.setdefault("began_at", int(time.time()))
            if time.time() - began > settings.SESSION_HOURS * 3600:
                logout(request)
        return self.get_response(request)


class SecondFactor:
    """Until a password that someone gave is changed, nothing else opens; nor, for a role that reaches a block or more, until a second
    factor is set up.
    """

    OPEN = ("/accounts/", "/static/", "/language/", "/theme/", "/field/", "/d/")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and not request.path.startswith(self.OPEN):
            if request.user.must_change_password:
                return redirect("account_change_password")
            if _lacks_second_factor(request):
                return redirect("mfa_activate_totp")
        return self.get_response(request)


def _lacks_second_factor(request) -> bool:
    """Kept in the session only of who has one: a post given meanwhile may need it."""
    if request.session.get("second_factor") or not policy.needs_second_factor(request.user):
        return False
    request.session["second_factor"] = is_mfa_enabled(request.user)
    return not request.session["second_factor"]


def acts_alone(view):
    """The view opens its own transactions (for instance to keep what failed)."""
    view.acts_alone = True
    return view
