"""The page of the offline app, its service worker and its manifest. Nobody's data is in them: what a phone holds, it holds sealed."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanchal.access.middleware import CONTENT_SECURITY_POLICY
from aanchal.access.web import public
from aanchal.core.marks import SHAPES

HERE = Path(__file__).parent
BUILT = HERE / "static" / "field" / "app"
ENTRY = "main.js"
WORKER = HERE / "app" / "worker.js"
POLICY = CONTENT_SECURITY_POLICY.replace("img-src 'self' data:", "img-src 'self' data: blob:") + "; media-src 'self' data: blob:"
"""Photos just taken are shown from the phone's memory."""
PERMISSIONS = "camera=(self), microphone=(), geolocation=(self)"
ICONS = (
    "heart-handshake", "list-checks", "file-plus", "users", "map", "pencil", "send", "lock", "refresh-cw", "camera", "map-pin", "house",
    "phone-call", "circle-alert", "download",
)  # fmt: skip


@require_safe
@public
def shell(request):
    entry = _manifest().get(ENTRY, {})
    context = {
        "script": _address(entry["file"]) if entry else "",
        "styles": [_address(one) for one in entry.get("css", ())],
        "icons": ICONS,
        "bands": SHAPES,
    }
    response = render(request, "field/app.html", context)
    response["Content-Security-Policy"] = POLICY
    response["Permissions-Policy"] = PERMISSIONS
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
@public
def worker(request):
    """With the list of what the app needs to start without a network; another list is another version."""
    files = [reverse("field-app"), static("aanchal/aanchal.css"), static("aanchal/icon.svg"), reverse("field-app-manifest"), *_built()]
    told = json.dumps(files)
    version = sha256((told + WORKER.read_text() + (HERE / "templates/field/app.html").read_text()).encode()).hexdigest()[:12]
    script = WORKER.read_text().replace('"VERSION"', json.dumps(version)).replace('["FILES"]', told)
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
@public
def manifest(request):
    told = {
        "id": reverse("field-app"),
        "name": _("Aanchal"),
        "short_name": _("Aanchal"),
        "description": _("The registers and visits of a village, without a network"),
        "start_url": reverse("field-app"),
        "scope": reverse("field-app"),
        "display": "standalone",
        "background_color": "#f7f3ec",
        "theme_color": "#3a2065",
        "icons": [{"src": static("aanchal/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    response = JsonResponse(told, content_type="application/manifest+json")
    response["Cache-Control"] = "no-cache"
    return response


def _built() -> list[str]:
    """Scripts and styles, those of a form too."""
    told = _manifest()
    return sorted({_address(name) for one in told.values() for name in (one["file"], *one.get("css", ()))})


def _address(name: str) -> str:
    """By the name that Vite gave it, which says its content: a script imports its parts by these names."""
    return f"{settings.STATIC_URL}field/app/{name}"


def _manifest() -> dict:
    path = BUILT / "manifest.json"
    return _read(path, path.stat().st_mtime_ns) if path.exists() else {}


@cache
def _read(path: Path, _changed: int) -> dict:
    return json.loads(path.read_text())
