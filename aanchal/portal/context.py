"""What the frame around every page needs."""

from django.conf import settings


def shell(request) -> dict:
    return {"is_demo": settings.DEMO}
