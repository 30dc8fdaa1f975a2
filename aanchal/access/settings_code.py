"""The square ODK Collect scans: its settings as JSON, compressed and in base64 (docs.getodk.org, "Configuring Collect with QR codes")."""

import json
from base64 import b64encode
from zlib import compress

import segno
from django.utils.safestring import SafeString, mark_safe


def settings(*, address: str, language: str) -> dict:
    """What Collect is to do: send and get by itself, offer exactly the forms listed here, speak her language."""
    general = {
        "protocol": "odk_default",
        "server_url": address,
        "form_update_mode": "match_exactly",
        "periodic_form_updates_check": "every_one_hour",
        "autosend": "wifi_and_cellular",
        "app_language": language,
    }
    return {"general": general, "admin": {}, "project": {"name": "Aanchal", "icon": "A", "color": "#5b3a8c"}}


def packed(told: dict) -> str:
    return b64encode(compress(json.dumps(told, separators=(",", ":")).encode())).decode()


def square(text: str, *, title: str) -> SafeString:
    """An SVG without any style of its own."""
    code = segno.make(text, error="l", micro=False)
    drawn = code.svg_inline(scale=4, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True, title=title)
    return mark_safe(drawn)  # noqa: S308 - drawn by segno, which escapes the title; the text is only modules
