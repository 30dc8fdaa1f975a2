"""The directory of one state, synthetic: organisations from a list, NGOs, posts and who holds them, honoraria, a resource pool."""

import csv
import io
from datetime import date, datetime, timedelta

from aanchal.access.acting import acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.config import stakeholder_import
from aanchal.network import engaging, importing, posting, stakeholders
from aanchal.network.models import Ngo, Stakeholder
from aanchal.network.stakeholders import Details
from aanchal.network.terms import Item
from aanchal.places.models import Place
from aanchal.places.queries import villages_in
from aanchal.places.terms import Level

OFFICES = (  # kind, name, at the state, phone, public
    ("POLICE", "Police station, Sadar", False, "112", "yes"),
    ("AHTU", "Anti Human Trafficking Unit of the district", False, "06512 000001", "yes"),
    ("CWC", "Child Welfare Committee of the district", False, "1098", "yes"),
    ("LEGAL_SERVICES", "District Legal Services Authority", False, "15100", "yes"),
    ("ONE_STOP", "One Stop Centre (Sakhi)", False, "181", "yes"),
    ("HELPLINE", "Women’s helpline", True, "181", "yes"),
    ("LABOUR", "Labour Superintendent", False, "06512 000002", "yes"),
    ("NODAL_OFFICE", "Inspector General of Police (Crime), nodal officer", True, "06512 000006", "yes"),
    ("WOMENS_COMMISSION", "State Commission for Women", True, "06512 000003", "yes"),
    ("AIDS_CONTROL", "State AIDS Control Society", True, "1097", "yes"),
    ("HOME", "Ashray home", False, "", "no"),
    ("YOUTH", "Youth club Navyug", False, "", "no"),
    ("NGO", "Sneh Kendra", False, "06512 000004", "no"),
    ("NGO", "Disha Foundation", False, "06512 000005", "no"),
)
STAFF = (  # kind, name, post, honorarium in rupees; trained
    ("PROJECT_STAFF", "Meera Kumari (synthetic)", "DISTRICT_MANAGER", 0, True),
    ("CRP", "Phulmani Devi (synthetic)", "GENDER_CRP", 1500, True),
    ("CRP", "Basanti Devi (synthetic)", "GENDER_CRP", 1500, False),
    ("COUNSELLOR", "Champa Devi (synthetic)", "COUNSELLOR", 3000, True),
    ("PARALEGAL", "Sushila Devi (synthetic)", "PARALEGAL", 1200, False),
)
VACANT = (("STATE_EXPERT", "State gender expert"), ("BLOCK_STAFF", "Block staff, gender"))


def load(*, district: Place, users: dict[str, User], at: datetime) -> None:
    """By those who do it: who proposes to blacklist does not decide."""
    on = day_in_india(at)
    officer = users["programme_officer"]
    _list(district, officer, at)
    with acting(officer):
        _post(district, officer, on, at)
    _ngos(district, officer, users["state_expert"], on, at)


def _list(district: Place, officer: User, at: datetime) -> None:
    """A federation with its village organisations and groups, and the offices: sent as a file, two rows of it wrong."""
    confirmed = day_in_india(at) - timedelta(days=60)
    file = stakeholder_import.checked(_table(district, confirmed), "demo-directory.csv", place=district.state, by=officer)
    with acting(officer):
        importing.write(file=file, at=at, by=officer)


def _table(district: Place, confirmed: date) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("key", "kind", "name", "place_level", "place_code", "parent_key", "size", "phone", "public", "confirmed_on"))
    block = Place.objects.filter(district=district, level=Level.BLOCK).order_by("pk").first()
    writer.writerow(("CLF-1", "CLF", "Ujala Cluster Federation", "BLOCK", block.lgd_code, "", 6, "", "no", confirmed))
    for n, village in enumerate(villages_in(block)[:6]):
        name = "Ujala Village Organisation" if n == 0 else f"{village.name} Village Organisation"
        writer.writerow((f"VO-{n}", "VO", name, "VILLAGE", village.lgd_code, "CLF-1", 3, "", "no", confirmed))
        for group in range(3):
            told = (f"SHG-{n}-{group}", "SHG", f"{('Asha', 'Jagriti', 'Kiran')[group]} group", "VILLAGE", village.lgd_code)
            writer.writerow((*told, f"VO-{n}", 10 + group, "", "no", confirmed if group else ""))
    for n, (kind, name, in_state, phone, is_public) in enumerate(OFFICES):
        where = district.state if in_state else district
        writer.writerow((f"OFFICE-{n}", kind, name, where.level, where.lgd_code, "", "", phone, is_public, confirmed if n % 3 else ""))
    writer.writerow(("SHG-X", "SHG", "Kiran group", "VILLAGE", "", "VO-1", "", "", "no", ""))
    writer.writerow(("SHG-Y", "GROUP", "Sneha group", "VILLAGE", block.lgd_code, "VO-1", "", "call me", "no", ""))
    return text.getvalue().encode()


def _post(district: Place, officer: User, on: date, at: datetime) -> None:
    began = on.replace(day=1) - timedelta(days=120)
    told = {"at": at, "by": officer}
    tenures = []
    for kind, name, post_kind, honorarium, is_trained in STAFF:
        details = Details(kind=kind, name=name, trained_on=on - timedelta(days=40) if is_trained else None)
        person = stakeholders.record(place=district, details=details, **told)
        post = _sanctioned(district, post_kind, honorarium, began, told)
        tenures.append(posting.fill(post=post, holder=person, since=began, order_no="G.O. 12", **told))
    for kind, _title in VACANT:
        _sanctioned(district.state if kind == "STATE_EXPERT" else district, kind, 0, began, told)
    month = (on.replace(day=1) - timedelta(days=1)).replace(day=1)
    posting.raise_dues(tenures=tenures, month=month, **told)
    trainer = Stakeholder.objects.get(name="Sneh Kendra")
    posting.join_pool(place=district, stakeholder=trainer, topics=["LAW", "TRAINING"], languages=["hi", "en"], on=began, by=officer)


def _sanctioned(place: Place, kind: str, honorarium: int, on: date, told: dict):
    titles = {"DISTRICT_MANAGER": "District programme manager, gender", "GENDER_CRP": "Gender CRP", "COUNSELLOR": "Community counsellor"}
    titles |= {"PARALEGAL": "Paralegal volunteer", **dict(VACANT)}
    order = {"kind": kind, "title": titles[kind], "order_no": "G.O. 11", "sanctioned_on": on, "honorarium_paise": honorarium * 100}
    return posting.sanction(place=place, told=order, **told)


def _ngos(district: Place, officer: User, expert: User, on: date, at: datetime) -> None:
    """One that passed due diligence and is engaged; one that was engaged and is blacklisted."""
    stated = {"act": "SOCIETIES", "registered_on": date(2012, 4, 1), "valid_until": on + timedelta(days=900), "tax_no": "12A/77"}
    stated |= {"areas": ["TRAINING", "IEC"]}
    opened = []
    with acting(officer):
        for name in ("Sneh Kendra", "Disha Foundation"):
            ngo = engaging.open_file(stakeholder=Stakeholder.objects.get(name=name), told=stated, by=officer)
            _engaged(ngo, district, officer, on, at)
            opened.append(ngo)
        bad: Ngo = opened[1]
        reasons = "Attendance lists of two trainings were written by one hand; the money was not returned (synthetic)."
        listing = engaging.propose_blacklisting(ngo=bad, reasons=reasons, from_on=on, until_on=None, at=at, by=officer)
    with acting(expert):
        engaging.decide(blacklisting=listing, is_agreed=True, at=at, by=expert)


def _engaged(ngo: Ngo, district: Place, officer: User, on: date, at: datetime) -> None:
    for item in Item.values:
        engaging.note_item(ngo=ngo, item=item, is_good=True, note="", on=on - timedelta(days=100), at=at, by=officer)
    told = {
        "area": "TRAINING", "title": "Training of Gender CRPs", "conditions": "Three trainings of 30 people each, with lists and tests.",
        "chosen": "PANEL", "amount_paise": 18_000_000, "starts_on": on - timedelta(days=90), "ends_on": on + timedelta(days=90),
    }  # fmt: skip
    engagement = engaging.engage(ngo=ngo, place=district, told=told, at=at, by=officer)
    first = engaging.expect(engagement=engagement, title="First training", due_on=on - timedelta(days=60), by=officer)
    engaging.expect(engagement=engagement, title="Second training", due_on=on - timedelta(days=5), by=officer)
    first = engaging.deliver(deliverable=first, on=on - timedelta(days=58), at=at, by=officer)
    engaging.rate(deliverable=first, rating=4, remark="All came, tests on file", by=officer)
