"""Where signing in departs from django-allauth's defaults."""

import base64
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.urls import reverse

from aanchal.access import actions, policy
from aanchal.core import keys


class Account(DefaultAccountAdapter):
    """Nobody signs up: an administrator creates users."""

    def is_open_for_signup(self, request):
        return False

    def set_password(self, user, password):
        actions.set_own_password(password=password, by=user)

    def get_password_change_redirect_url(self, request):
        return reverse("home")

    def is_reauthentication_required(self, *, app):
        """Who signed in a moment ago is not asked again: the second step is set up in one go."""
        return time.time() - context.request.session.get("began_at", 0) > app_settings.REAUTHENTICATION_TIMEOUT

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Wrong tries are counted by name and visitor: nobody locks out another by guessing. Allauth counts by name and host, and a host
        may be written with any port.
        """
        return f"{_name(credentials)} {ratelimit.get_ip(request)}"

    def pre_authenticate(self, request, **credentials):
        """And by name alone, so that guessing from many addresses ends too."""
        super().pre_authenticate(request, **credentials)
        rates = {"anywhere": settings.TRIES_OF_A_NAME}
        anywhere = ratelimit.consume(request, app="access", action="anywhere", config=rates, key=_name(credentials))
        if not anywhere:
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage += anywhere.usage

    def post_login(self, request, user, **more):
        """Speaks the language the user chose, unless this browser was told another."""
        response = super().post_login(request, user, **more)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax", secure=settings.PRODUCTION)
        return response


class SecondFactor(DefaultMFAAdapter):
    """Secrets of the second factor are sealed: allauth keeps them in the clear by default (shared trust.md)."""

    def can_delete_authenticator(self, authenticator):
        """Who must have a second step cannot end it; a lost phone is forgotten by an administrator."""
        return not policy.needs_second_factor(authenticator.user)

    def encrypt(self, text: str) -> str:
        return _sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _sealer().decrypt(encrypted_text.encode()).decode()


def _name(credentials: dict[str, str]) -> str:
    return credentials.get("username", "").lower()


def _sealer() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(keys.derived("second factor")))
