"""The frame around every page: its colours."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from aanchal.access.web import public

THEMES = {"auto", "light", "dark"}
YEAR = 365 * 24 * 3600


@require_POST
@public
def set_theme(request):
    """Light, dark, or as the device has it; kept in a cookie that holds nothing else."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    theme = request.POST.get("theme")
    response.set_cookie("theme", theme if theme in THEMES else "auto", max_age=YEAR, samesite="Lax", secure=settings.PRODUCTION)
    return response
