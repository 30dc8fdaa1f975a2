"""The columns of each register, as data. Keys are the names of the form's questions; what is text about a person is sealed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aanchal.registers import terms
from aanchal.registers.terms import Register


class Kind(StrEnum):
    CODE = "CODE"
    CODES = "CODES"
    DATE = "DATE"
    INTEGER = "INTEGER"
    STATE = "STATE"
    """The LGD code of a State, found from what was written."""
    TEXT = "TEXT"


@dataclass(frozen=True)
class Column:
    key: str
    label: Promise | str
    kind: Kind
    codes: type[TextChoices] | None = None
    is_listed: bool = False
    """Stands in the list, and so in the print and the export, which show the same."""
    is_required: bool = False
    may_be_future: bool = False
    least: int | None = field(default=None)
    most: int | None = field(default=None)

    @property
    def is_sealed(self) -> bool:
        return self.kind is Kind.TEXT


def _code(key: str, label: Promise, codes: type[TextChoices], **more) -> Column:
    return Column(key, label, Kind.CODE, codes, **more)


def _text(key: str, label: Promise) -> Column:
    return Column(key, label, Kind.TEXT)


def _date(key: str, label: Promise, **more) -> Column:
    return Column(key, label, Kind.DATE, **more)


REMARKS = _text("remarks", _("Anything else"))
RETURNED = _date("returned_on", _("Came home on"), is_listed=True)

COLUMNS: dict[str, tuple[Column, ...]] = {
    Register.MIGRATION: (
        _code("migration_type", _("How they went"), terms.MigrationType, is_listed=True, is_required=True),
        _code("migration_reason", _("Reason"), terms.MigrationReason, is_listed=True, is_required=True),
        _code("migration_mode", _("Through whom"), terms.MigrationMode, is_listed=True, is_required=True),
        Column("destination_state_code", _("State gone to"), Kind.STATE, is_listed=True),
        _code("employer_verified", _("Employer or address checked"), terms.YesNoDontKnow, is_listed=True, is_required=True),
        _code("companion", _("Who went along"), terms.Companion, is_listed=True),
        _date("expected_return_on", _("Should be back on"), is_listed=True, may_be_future=True),
        Column("check_in_interval_days", _("Days between calls"), Kind.INTEGER, is_listed=True, is_required=True, least=1, most=90),
        RETURNED,
        _text("agent_name", _("Agent, contractor or agency")),
        _text("agent_licence", _("Licence number of the agent or agency")),
        _text("employer_name", _("Employer or workplace")),
        _text("employer_licence", _("Registration or licence number of the employer")),
        _text("destination_country", _("Country")),
        _text("destination_state", _("State, as it was said")),
        _text("destination_district", _("District or city")),
        _text("destination_address", _("Address there")),
        _text("companion_name", _("Name of the one who went along")),
        _text("phone_2", _("Second phone number")),
        REMARKS,
    ),
    Register.MARRIAGE: (
        Column("groom_age_at_marriage", _("Age of the groom that day"), Kind.INTEGER, is_listed=True, least=0, most=115),
        _code("groom_age_basis", _("How the groom's age is known"), terms.GroomAgeBasis),
        Column("groom_state_code", _("State of the groom"), Kind.STATE, is_listed=True),
        _code("groom_address_verified", _("Groom's address checked"), terms.YesNoDontKnow, is_listed=True, is_required=True),
        Column("marriage_risk_flag", _("What was noticed"), Kind.CODES, terms.MarriageRiskFlag, is_listed=True, is_required=True),
        _code("last_contact", _("Last spoke to the family"), terms.ContactWhen, is_listed=True),
        _text("groom_name", _("Name of the groom")),
        _text("groom_guardian_name", _("Name of the groom's father or mother")),
        _text("groom_born_on", _("Groom's date of birth")),
        _text("groom_village", _("Groom's village or town")),
        _text("groom_district", _("Groom's district")),
        _text("groom_state", _("Groom's state or country, as it was said")),
        _text("groom_phone", _("Groom's mobile number")),
        _text("broker_name", _("Name of the broker")),
        _text("registration_no", _("Marriage registration number")),
        REMARKS,
    ),
    Register.MISSING: (
        _code("missing_circumstance", _("What the family thinks"), terms.MissingCircumstance, is_listed=True, is_required=True),
        _code("police_informed", _("Police told"), terms.YesNo, is_listed=True, is_required=True),
        _date("gd_on", _("Date of the GD entry"), is_listed=True),
        _date("fir_on", _("Date of the FIR"), is_listed=True),
        _code("missing_status", _("How far the search is"), terms.MissingStatus, is_listed=True, is_required=True),
        _date("traced_on", _("Found on"), is_listed=True),
        _code("photo_consent", _("Photo may be shown"), terms.YesNo, is_listed=True, is_required=True),
        Column("height_cm", _("Height in centimetres"), Kind.INTEGER, least=30, most=230),
        _code("informant_relation", _("Who told: relation"), terms.InformantRelation),
        _text("last_seen_place", _("Where last seen")),
        _text("physical_marks", _("Marks on the body")),
        _text("clothes", _("Clothes when last seen")),
        _text("languages_spoken", _("Languages spoken")),
        _text("police_station", _("Police station")),
        _text("gd_number", _("GD number")),
        _text("fir_number", _("FIR number")),
        _text("informant_name", _("Who told: name")),
        _text("informant_phone", _("Who told: mobile number")),
        REMARKS,
    ),
    Register.LEFT: (
        _code("departure_kind", _("Why or how she left"), terms.DepartureKind, is_listed=True, is_required=True),
        _code("with_whom", _("With whom"), terms.WithWhom, is_listed=True, is_required=True),
        _code("contact_known", _("Family knows how to reach her"), terms.YesNo, is_listed=True, is_required=True),
        _code("last_contact", _("Last spoke to the family"), terms.ContactWhen, is_listed=True, is_required=True),
        RETURNED,
        _text("destination", _("Where she went")),
        REMARKS,
    ),
}
STATE_WRITTEN_IN = {"destination_state_code": "destination_state", "groom_state_code": "groom_state"}


def of(register: str) -> tuple[Column, ...]:
    return COLUMNS[register]


def listed(register: str) -> tuple[Column, ...]:
    return tuple(column for column in COLUMNS[register] if column.is_listed)


def keyed(register: str) -> dict[str, Column]:
    return {column.key: column for column in COLUMNS[register]}


def coded(register: str) -> Iterable[Column]:
    """Columns a list may be filtered by."""
    return (column for column in listed(register) if column.codes or column.kind is Kind.STATE)
