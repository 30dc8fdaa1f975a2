"""A case in the fields of HTCDS 2.0 (IOM, CC BY 4.0) and back: as JSON, and as a submission of the standard's own XLSForm.

Faults of the standard that were found by reading it and are handled here: its XLSForm writes `prs_First_Name`, `prs_Second_Name`,
`vic_Methods_of_Control` and `DebtBondage ` with a space at its end; RestrictsMovement is defined in its text and missing from its list;
"Unaquainted" is its spelling; consent is one tick, ours is a record (so a tick never becomes a consent here).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lxml import etree

from aanchal.cases.actions import CaseDetails, Happened, Identity

LARGEST = 256_000
FORM = "htcds_xlsform"
DRIFT = {"prs_First_Name": "prs_FirstName", "prs_Second_Name": "prs_SecondName", "vic_Methods_of_Control": "vic_MethodsOfControl"}
"""Names of the XLSForm -> names of the standard."""
GENDER = {
    "FEMALE": "Feminine", "MALE": "Masculine", "TRANS_FEMALE": "TransgenderFeminine", "TRANS_MALE": "TransgenderMasculine",
    "OTHER": "NonConforming", "UNKNOWN": "NonSpecifiedUnknown",
}  # fmt: skip
STATUS = {"SUSPECTED": "PossibleVictimOfTrafficking", "CONFIRMED": "ActualVictimOfTrafficking", "RULED_OUT": "NotAVictimOfTrafficking"}
DECIDED_BY = {
    "POLICE": "Police", "NGO": "NGO", "COURT": "CourtOrProsecution", "GOVERNMENT": "NonPoliceGovernmentalOrganization", "OTHER": "Other",
}  # fmt: skip
CONTROLS = {
    "PHYSICAL_THREATS": "PhysicalThreats", "THREATS_LAW": "ThreatsLawEnforcement", "THREATS_FAMILY": "ThreatensChildrenFamily",
    "DEBT": "DebtBondage", "FALSE_PROMISES": "FalsePromises", "PHYSICAL_ABUSE": "PhysicalAbuse", "SEXUAL_ABUSE": "SexualAbuse",
    "TAKES_EARNINGS": "TakesEarnings", "MONEY": "RestrictsFinancialAccess", "MEDICAL": "RestrictsMedicalCare",
    "NECESSITIES": "WithholdsNecessities", "RESTRICTS_MOVEMENT": "RestrictsMovement", "PSYCHOLOGICAL": "PsychologicalAbuse",
    "SUBSTANCE": "PsychoactiveSubstance", "HOURS": "ExcessiveWorkingHours", "DOCUMENTS": "WithholdsDocuments", "OTHER": "Other",
}  # fmt: skip
PURPOSES = {
    "FORCED_LABOUR": "ForcedLabour", "COMMERCIAL_SEXUAL": "SexualExploitation", "CHILD_LABOUR": "ChildLabour",
    "FORCED_MARRIAGE": "ForcedMarriage", "DOMESTIC_SERVITUDE": "Servitude", "ARMED_GROUP": "ForcedMilitaryByNonStateActors",
    "ORGANS": "OrganRemoval", "BEGGING": "ForcedBegging", "ADOPTION": "ForcedAdoption", "SURROGACY": "Surrogacy", "OTHER": "Other",
    "BONDED_LABOUR": "ForcedLabour", "OTHER_SEXUAL": "SexualExploitation", "PORNOGRAPHY": "SexualExploitation", "PETTY_CRIME": "Other",
    "CYBER": "ForcedLabour",
}  # fmt: skip
"""The first of ours that has a value of the standard is what that value becomes here."""
SEXUAL = {"COMMERCIAL_SEXUAL": "Prostitution", "PORNOGRAPHY": "Pornography", "OTHER_SEXUAL": "PrivateSexualServices"}
RECRUITMENT = {
    "BUSINESS": "AtAPlaceOfBusiness", "SCHOOL": "AtAnEducationalInstitution", "WORK": "AtWork",
    "SOCIAL_MEDIA": "ThroughOnlineSocialNetworks",
    "ONLINE_AD": "ThroughAnOnlineAdvertisement", "TELEVISION": "ThroughATelevisionAdvert", "NEWSPAPER": "ThroughANewspaperAdvert",
    "FAMILY": "ThroughFamilyOrFamilyEvents", "FRIENDS": "ThroughFriendsOrSocialEvents", "OTHER": "Other",
}  # fmt: skip
RECRUITER = {"FAMILY": "Familial", "NEIGHBOUR": "Acquainted", "STRANGER": "Unaquainted", "PARTNER": "Familial", "KNOWN_AGENT": "Acquainted"}
INDUSTRY = {
    "AGRICULTURE": "A_AgricultureForestryAndFishing", "MINING": "B_MiningAndQuarrying", "MANUFACTURING": "C_Manufacturing",
    "ELECTRICITY": "D_ElectricityGasSteamAndAirConditioningSupply", "WATER": "E_WaterSupplySewerageWasteManagement",
    "CONSTRUCTION": "F_Construction", "TRADE": "G_WholesaleAndRetailTradeRepairOfMotorVehicles", "TRANSPORT": "H_TransportationAndStorage",
    "HOTELS": "I_AccommodationAndFoodServiceActivities", "INFORMATION": "J_InformationAndCommunication",
    "FINANCE": "K_FinancialAndInsuranceActivities", "REAL_ESTATE": "L_RealEstateActivities",
    "PROFESSIONAL": "M_ProfessionalScientificAndTechnicalActivities", "ADMINISTRATIVE": "N_AdministrativeAndSupportServiceActivities",
    "GOVERNMENT": "O_PublicAdministrationAndDefence", "EDUCATION": "P_Education", "HEALTH": "Q_HumanHealthAndSocialWorkActivities",
    "ARTS": "R_ArtsEntertainmentAndRecreation", "OTHER_SERVICES": "S_OtherServiceActivities",
    "HOUSEHOLDS": "T_ActivitiesOfHouseholdsAsEmployers", "FOREIGN": "U_ActivitiesOfExtraterritorialOrganizations",
}  # fmt: skip
STATE = {
    "ACTIVE": "Active",
    "FOLLOW_UP": "FollowUp",
    "CLOSED": "Closed",
    "REFERRED_OUT": "ClosedReferred",
    "SEALED": "Closed",
    "ERASED": "Closed",
}
EVENTS = {"RECRUITMENT": "vic_LocationOfRecruitment", "EXPLOITATION": "vic_LocationOfExploitation"}
SINGLE = {
    "gender": ("prs_Gender", GENDER), "status": ("vic_TraffickingStatus", STATUS),
    "decided_by": ("vic_TraffickingStatusDecisionMakingOrg", DECIDED_BY), "recruiter": ("vic_RelationshipToTrafficker", RECRUITER),
    "industry": ("vic_ForcedLabourIndustry", INDUSTRY),
}  # fmt: skip
SEVERAL = {
    "controls": ("vic_MethodsOfControl", CONTROLS), "purposes": ("vic_TypeOfExploitation", PURPOSES),
    "recruitment": ("vic_MethodOfRecruitment", RECRUITMENT),
}  # fmt: skip
LISTS = {name for name, _ in SEVERAL.values()} | {"vic_TypeOfSexExploitation"}
OURS = {name for name, _ in (*SINGLE.values(), *SEVERAL.values())} | {
    "prs_FirstName", "prs_SecondName", "prs_Birthdate", "prs_Citizenship", "prs_MobilePhone", "prs_MailingStreet", "cas_Status",
    "con_Consent", "vic_AgeWhenTrafficked", *EVENTS.values(),
}  # fmt: skip
"""What has a field of ours; everything else a file tells is kept with her identity and given back."""


class CannotRead(ValueError):
    """Not a submission of the standard's form, or a value that the standard does not know: `field`."""

    def __init__(self, field: str = ""):
        super().__init__(field)
        self.field = field


@dataclass(frozen=True)
class Told:
    """What is exported beside the case itself."""

    consented: bool
    identity: Mapping[str, Any] = field(default_factory=dict)
    events: Iterable[tuple[str, date | None, str, str, str]] = ()
    """(kind, day, place, country, words)"""
    plans: Iterable[Mapping[str, Any]] = ()


def fields_of(case, told: Told) -> dict[str, Any]:
    """The case in the standard's names; lists are lists."""
    found: dict[str, Any] = {"con_Consent": "TRUE" if told.consented else "FALSE", "cas_Status": STATE[case.state]}
    found |= {name: values[getattr(case, ours)] for ours, (name, values) in SINGLE.items() if getattr(case, ours) in values}
    found |= {
        name: _distinct(values[one] for one in getattr(case, ours)) for ours, (name, values) in SEVERAL.items() if getattr(case, ours)
    }
    found["prs_Citizenship"] = case.citizenship
    if case.years_when_trafficked is not None:
        found["vic_AgeWhenTrafficked"] = case.years_when_trafficked
    more = told.identity.get("more", {})
    sexual = more.get("vic_TypeOfSexExploitation") or _distinct(SEXUAL[one] for one in case.purposes if one in SEXUAL)
    if sexual:
        found["vic_TypeOfSexExploitation"] = sexual
    for kind, _, place, _, _ in told.events:
        if kind in EVENTS and place:
            found.setdefault(EVENTS[kind], place)
    return found | {name: value for name, value in more.items() if name not in found} | _person(told.identity)


def document(case, told: Told) -> dict[str, Any]:
    """The whole of it, with what the standard keeps in rows: historic trafficking events and support plans."""
    events = [
        {
            "hte_Type": kind.title(),
            "hte_Date": on.isoformat() if on else None,
            "hte_City": place,
            "hte_Country": country,
            "hte_Description": words,
        }
        for kind, on, place, country, words in told.events
    ]
    return {
        "standard": "HTCDS 2.0",
        "case": case.code,
        "fields": fields_of(case, told),
        "events": events,
        "support_plans": list(told.plans),
    }


def submission(fields: Mapping[str, Any]) -> bytes:
    """As the standard's XLSForm would send it, with its own names and its own spelling."""
    root = etree.Element("data", id=FORM)
    drift = {ours: theirs for theirs, ours in DRIFT.items()}
    for name, value in fields.items():
        text = " ".join(value) if isinstance(value, list) else str(value)
        etree.SubElement(root, drift.get(name, name)).text = text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def read(raw: bytes) -> dict[str, Any]:
    """The fields of a file: a submission of the XLSForm, or our own JSON. Raises CannotRead."""
    if not raw.lstrip().startswith(b"{"):
        return read_submission(raw)
    try:
        told = json.loads(raw) if len(raw) <= LARGEST else {}
    except ValueError:
        raise CannotRead from None
    fields = told.get("fields")
    if told.get("standard") != "HTCDS 2.0" or not isinstance(fields, dict):
        raise CannotRead
    for name, value in fields.items():
        is_list = isinstance(value, list) and all(isinstance(one, str) for one in value)
        if not (is_list if name in LISTS else isinstance(value, str | int)):
            raise CannotRead(name)
    return fields


def read_submission(raw: bytes) -> dict[str, Any]:
    """The fields of a filled form, in the standard's names. Raises CannotRead."""
    if len(raw) > LARGEST or b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise CannotRead
    try:
        root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        raise CannotRead from None
    if root.get("id") != FORM:
        raise CannotRead
    found: dict[str, Any] = {}
    for one in root:
        name = DRIFT.get(str(one.tag), str(one.tag))
        if (text := (one.text or "").strip()) and name.split("_")[0] in ("con", "prs", "vic", "cas"):
            found[name] = text.split() if name in LISTS else text
    return found


def details(fields: Mapping[str, Any], *, is_child: bool) -> CaseDetails:
    """A new case from the standard's fields. Raises CannotRead with the field whose value the standard does not know."""
    told: dict[str, Any] = {ours: _one(fields, name, values) for ours, (name, values) in SINGLE.items()}
    told |= {ours: tuple(_known(name, one, values) for one in fields.get(name, ())) for ours, (name, values) in SEVERAL.items()}
    told["gender"], told["status"] = told["gender"] or "UNKNOWN", told["status"] or "SUSPECTED"
    events = tuple(Happened(kind=kind, city=fields[name]) for kind, name in EVENTS.items() if fields.get(name))
    when = fields.get("vic_AgeWhenTrafficked")
    years = int(when) if when is not None and str(when).isdigit() else None
    return CaseDetails(
        **told, is_child=is_child, citizenship=fields.get("prs_Citizenship", "IN"), events=events, identity=_identity(fields),
        years_when_trafficked=years,
    )  # fmt: skip


def _identity(fields: Mapping[str, Any]) -> Identity | None:
    name = " ".join(fields[part] for part in ("prs_FirstName", "prs_SecondName") if fields.get(part))
    more = {key: value for key, value in fields.items() if key not in OURS} | {"prs_FirstName": fields.get("prs_FirstName", "")}
    if not name and len(more) == 1:
        return None
    return Identity(
        name=name, phone=fields.get("prs_MobilePhone", ""), born_on=_day(fields.get("prs_Birthdate")),
        address=fields.get("prs_MailingStreet", ""), more=more,
    )  # fmt: skip


def _person(identity: Mapping[str, Any]) -> dict[str, Any]:
    """Her name in the standard's two parts; nothing where it does not go along."""
    if not identity.get("name"):
        return {}
    first = identity.get("more", {}).get("prs_FirstName") or identity["name"].split(" ")[0]
    parts = {
        "prs_FirstName": first, "prs_SecondName": identity["name"].removeprefix(first).strip(), "prs_Birthdate": identity.get("born_on"),
        "prs_MobilePhone": identity.get("phone"), "prs_MailingStreet": identity.get("address"),
    }  # fmt: skip
    return {name: value for name, value in parts.items() if value}


def _one(fields: Mapping[str, Any], name: str, values: Mapping[str, str]) -> str:
    return _known(name, fields[name], values) if fields.get(name) else ""


def _known(name: str, value: str, values: Mapping[str, str]) -> str:
    for ours, theirs in values.items():
        if theirs == value:
            return ours
    raise CannotRead(name)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CannotRead("prs_Birthdate") from None


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
