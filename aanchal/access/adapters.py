"""Where signing in departs from django-allauth's defaults."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet

from aanchal.core import keys


class Account(DefaultAccountAdapter):
    """Nobody signs up: an administrator creates users."""

    def is_open_for_signup(self, request):
        return False


class SecondFactor(DefaultMFAAdapter):
    """Secrets of the second factor are sealed: allauth keeps them in the clear by default (shared trust.md)."""

    def encrypt(self, text: str) -> str:
        return _sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _sealer().decrypt(encrypted_text.encode()).decode()


def _sealer() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(keys.derived("second factor")))
