"""The web application for any WSGI server."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aanchal.config.settings")
_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response):
    return _django(with_a_length(environ), start_response)


def with_a_length(environ: dict[str, Any]) -> dict[str, Any]:
    """Django reads no further than Content-Length: of a filled form that comes in chunks it would see nothing (shared field.md).

    The server ends such a body by itself. It is read only by the view that takes forms, after that knows who sends, and no further than
    it takes; the length written here lies beyond that, so that nothing is cut off unseen.
    """
    is_chunked = environ.get("wsgi.input_terminated") and environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked"
    if is_chunked and environ.get("PATH_INFO", "").endswith("/submission"):
        from aanchal.field.replies import MAX_BODY

        environ["CONTENT_LENGTH"] = str(2 * MAX_BODY)
    return environ
