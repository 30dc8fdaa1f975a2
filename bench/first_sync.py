"""The first sync of a village of 200 families on 400 kbit/s: every form, its files and lists, as ODK Collect asks for them."""

import gzip
import http.client
import time
import xml.etree.ElementTree as ET
from urllib.parse import urlsplit

from bench import phones

FAMILIES = 200
BITS_A_SECOND = 400_000
ROUND_TRIP_S = 0.15
A_PIECE = 4_096
LIST, MANIFEST = "{http://openrosa.org/xforms/xformsList}", "{http://openrosa.org/xforms/xformsManifest}"


def first_sync_s(port: int, token: str) -> float:
    """Seconds from the first question to the last byte, one after another over one connection, waiting as a slow line makes wait."""
    _fill(token)
    line = _Line(port)
    began = time.perf_counter()
    for form in ET.fromstring(line.get(f"/d/{token}/formList")):
        line.get(form.findtext(f"{LIST}downloadUrl"))
        manifest = form.findtext(f"{LIST}manifestUrl")
        for file in ET.fromstring(line.get(manifest)) if manifest else ():
            line.get(file.findtext(f"{MANIFEST}downloadUrl"))
    line.get(f"/d/{token}/scope")
    return round(time.perf_counter() - began, 1)


class _Line:
    """A connection that is as slow as a village's: what arrives sooner is waited for."""

    def __init__(self, port: int):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, address: str) -> bytes:
        parts = urlsplit(address)
        began, read = time.perf_counter(), 0
        asked = parts.path + (f"?{parts.query}" if parts.query else "")
        answer = self._answer(asked)
        pieces = []
        while piece := answer.read(A_PIECE):
            pieces.append(piece)
            read += len(piece)
            wait = ROUND_TRIP_S + read * 8 / BITS_A_SECOND - (time.perf_counter() - began)
            time.sleep(max(0.0, wait))
        whole = b"".join(pieces)
        return gzip.decompress(whole) if answer.getheader("Content-Encoding") == "gzip" else whole

    def _answer(self, asked: str) -> http.client.HTTPResponse:
        """Asked again where the server had ended a connection that stood still, as every client does."""
        try:
            self.connection.request("GET", asked, headers={"Accept-Encoding": "gzip"})  # as ODK Collect asks
            return self.connection.getresponse()
        except http.client.RemoteDisconnected:
            self.connection.close()
            self.connection.request("GET", asked, headers={"Accept-Encoding": "gzip"})
            return self.connection.getresponse()


def _fill(token: str) -> None:
    """200 families in the village of the phone's worker, by the real action."""
    from random import Random
    from uuid import uuid4

    from django.utils import timezone

    from aanchal.access.acting import SYSTEM, acting
    from aanchal.access.actions import token_hash
    from aanchal.access.queries import device_of
    from aanchal.people.actions import HouseholdDetails, PersonDetails
    from aanchal.people.models import Household
    from aanchal.people.rules import Age
    from aanchal.risk import actions

    rng, now = Random(3), timezone.now()
    with acting(SYSTEM):
        place = device_of(token_hash(token)).user.postings.select_related("place").get().place
        have = Household.objects.filter(place=place).count()
        for nth in range(have, FAMILIES):
            age = Age(basis="STATED", years=34, told_on=now.date())
            relations = ("SELF", "SPOUSE", "DAUGHTER", "SON", "PARENT")
            members = tuple(PersonDetails(uuid4(), f"Sita {nth}", "FEMALE", age, relation=one) for one in relations)
            told = {name: rng.choice(domain) for name, domain in phones.FACTS.items()}
            details = HouseholdDetails(id=uuid4(), hamlet="Upper", members=members)
            actions.record_survey(details=details, told=told, place=place, visited_on=now.date(), at=now, by=SYSTEM)
