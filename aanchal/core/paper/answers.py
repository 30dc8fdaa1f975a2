"""A paper as the answer to a request."""

from django.http import HttpResponse

from aanchal.core.paper import CONTENT_TYPE, Paper


def answer(paper: Paper, name: str) -> HttpResponse:
    """A download; `name` is of letters, digits and hyphens, and tells nobody's name."""
    answered = HttpResponse(paper.bytes(), content_type=CONTENT_TYPE)
    answered["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answered
