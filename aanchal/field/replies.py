"""What phones are answered: the OpenRosa headers, messages Collect shows, documents with their hash."""

import gzip
from hashlib import md5

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.xmlutils import SimplerXMLGenerator

MAX_BODY = 100_000_000
XML = "text/xml; charset=utf-8"
WIPE = "X-Aanchal-Wipe"
"""Our own app erases what it holds when it reads `asked` here, and says so at /d/TOKEN/wiped."""


def with_headers(response: HttpResponse) -> HttpResponse:
    response["X-OpenRosa-Version"] = "1.0"
    response["X-OpenRosa-Accept-Content-Length"] = str(MAX_BODY)
    response["Date"] = http_date()
    return response


def marked(response: HttpResponse, device) -> HttpResponse:
    """Tells a phone of which it was asked that it should erase what it holds."""
    if device is not None and device.wipe_asked_at and not device.wiped_at:
        response[WIPE] = "asked"
    return response


def message(status: int, words: str, *, nature: str) -> HttpResponse:
    response = HttpResponse(status=status, content_type=XML)
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement("OpenRosaResponse", {"xmlns": "http://openrosa.org/http/response"})
    xml.startElement("message", {"nature": nature})
    xml.characters(words)
    xml.endElement("message")
    xml.endElement("OpenRosaResponse")
    xml.endDocument()
    return with_headers(response)


def later(status: int, words: str, *, seconds: int) -> HttpResponse:
    response = message(status, words, nature="error")
    response["Retry-After"] = str(seconds)
    return response


def unauthorised(words: str) -> HttpResponse:
    response = message(401, words, nature="error")
    response["WWW-Authenticate"] = 'Basic realm="Aanchal", charset="UTF-8"'
    return response


def document(request: HttpRequest, content: bytes, content_type: str = XML) -> HttpResponse:
    """With its ETag; 304 to who holds it already. Kept by no cache on the way."""
    etag = f'"{digest(content)}"'
    response = HttpResponse(content, content_type=content_type)
    response["ETag"] = etag
    response = get_conditional_response(request, etag=etag, response=response)
    response["Cache-Control"] = "private, no-store"
    return with_headers(response)


def json_document(request: HttpRequest, told: dict) -> HttpResponse:
    """As `document`, packed: a family's card is mostly names of its fields."""
    response = document(request, orjson.dumps(told), "application/json")
    if response.status_code == 200 and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = gzip.compress(response.content, 6)
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
    response["Vary"] = "Accept-Encoding"
    return response


def digest(content: bytes) -> str:
    """MD5 as OpenRosa asks for it: to notice a change, not to protect anything."""
    return md5(content, usedforsecurity=False).hexdigest()
