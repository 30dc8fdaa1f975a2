"""What each post may do. Where it may do it is the place of the posting."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aanchal.access.permissions import Permission as P


@dataclass(frozen=True)
class Role:
    key: str
    name: Promise
    description: Promise
    permissions: frozenset[P]
    needs_second_factor: bool = False


_WORKER = {
    P.SUBMISSION_SEND,
    P.HOUSEHOLD_READ,
    P.HOUSEHOLD_RECORD,
    P.IDENTITY_READ,
    P.ENTRY_READ,
    P.ENTRY_RECORD,
    P.RISK_READ,
    P.RISK_REASONS,
    P.VILLAGE_READ,
    P.VILLAGE_RECORD,
    P.COUNT_READ,
    P.INDEX_READ,
    P.APPEAL_RECORD,
}
_LEADER = {P.ENTRY_READ, P.HOUSEHOLD_READ, P.RISK_READ, P.VILLAGE_READ, P.VILLAGE_RECORD, P.COUNT_READ, P.INDEX_READ}
_OFFICER = _WORKER | {P.SUBMISSION_REVIEW, P.REGISTER_EXPORT, P.TRAIL_READ, P.RISK_WHAT_IF, P.QUALITY_CHECK}

ROLES = {
    role.key: role
    for role in (
        Role(
            "gender_crp",
            _("Gender CRP"),
            _("Visits the families of her village, keeps its registers and its safety map."),
            frozenset(_WORKER),
        ),
        Role(
            "vo_leader",
            _("VO leader"),
            _("Leads the village organisation: sees which families need help, not what they told in private."),
            frozenset(_LEADER | {P.INDEX_ADJUST}),
        ),
        Role(
            "clf_leader",
            _("CLF leader"),
            _("Leads the cluster federation: the same view over its villages."),
            frozenset(_LEADER),
        ),
        Role(
            "block_officer",
            _("Block officer"),
            _("Reviews what was flagged, supports the villages of the block, takes registers out."),
            frozenset(_OFFICER),
            needs_second_factor=True,
        ),
        Role(
            "district_manager",
            _("District manager"),
            _("Follows the villages of the district by counts; reads registers without names."),
            frozenset(
                {P.ENTRY_READ, P.HOUSEHOLD_READ, P.RISK_READ, P.VILLAGE_READ, P.COUNT_READ, P.TRAIL_READ, P.INDEX_READ}
                | {P.RISK_WHAT_IF, P.SELECTION_READ}
            ),
            needs_second_factor=True,
        ),
        Role(
            "state_expert",
            _("State gender and social inclusion expert"),
            _("Follows the pilot by counts across the state."),
            frozenset(
                {P.VILLAGE_READ, P.COUNT_READ, P.INDEX_READ, P.INDEX_EDIT, P.RISK_WHAT_IF}
                | {P.SELECTION_READ, P.SELECTION_PREPARE, P.SELECTION_APPROVE}
            ),
            needs_second_factor=True,
        ),
        Role(
            "administrator",
            _("Administrator"),
            _("Manages users, postings and places; reads no register and no name."),
            frozenset({P.PLACE_IMPORT, P.USER_MANAGE, P.TRAIL_READ, P.SELECTION_READ}),
            needs_second_factor=True,
        ),
        Role(
            "national_analyst",
            _("National analyst"),
            _("Reads counts of the nation, never a name."),
            frozenset({P.COUNT_READ, P.SELECTION_READ, P.SELECTION_PREPARE, P.SELECTION_APPROVE}),
            needs_second_factor=True,
        ),
    )
}
