"""By what a worker is told, each behind one method. The words are the same for all and say nothing: no name, no risk, no place."""

import json
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from aanchal.access.models import User
from aanchal.notices.terms import Channel


class NotSent(Exception):
    """The gateway did not take it; the message says why, in few words and without an address."""


class Gateway(Protocol):
    def send(self, address: str, text: str) -> None: ...


class Email:
    def send(self, address: str, text: str) -> None:
        message = EmailMessage(subject=text, body=text, from_email=settings.NOTICES_FROM, to=[address])
        try:
            message.send()
        except OSError as problem:
            raise NotSent(type(problem).__name__) from None


class SmsFile:
    """For demonstrations and trials: what a gateway would have sent, one line of JSON each, in the data folder."""

    def send(self, address: str, text: str) -> None:
        told = {"to": address, "text": text}
        with (settings.DATA_FOLDER / "sms.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(told, ensure_ascii=False) + "\n")


def tell(user: User, channel: str) -> None:
    """That something waits, in her language. Raises NotSent."""
    with translation.override(user.language):
        text = _("Something waits for you in Aanchal.")
    gateway(channel).send(user.email if channel == Channel.EMAIL else user.phone, text)


def tell_code(phone: str, code: str, language: str) -> None:
    """What proves that a telephone is hers. Raises NotSent."""
    with translation.override(language):
        text = _("Aanchal: your code is %(code)s. It is good for 15 minutes. Tell it to nobody.") % {"code": code}
    gateway(Channel.SMS).send(phone, text)


def gateway(channel: str) -> Gateway:
    return Email() if channel == Channel.EMAIL else import_string(settings.SMS_GATEWAY)()
