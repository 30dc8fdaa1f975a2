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
    is_program: bool = False
    """Held by a part of this program, not by a person: nobody can be posted to it on a screen."""


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
    P.SCHEME_READ,
    P.ENTITLEMENT_READ,
    P.ENTITLEMENT_RECORD,
    P.FUND_READ,
    P.FUND_REQUEST,
}
_LEADER = {P.ENTRY_READ, P.HOUSEHOLD_READ, P.RISK_READ, P.VILLAGE_READ, P.VILLAGE_RECORD, P.COUNT_READ, P.INDEX_READ}
_LEADER |= {P.SCHEME_READ, P.ENTITLEMENT_READ, P.FUND_READ, P.FUND_REQUEST, P.FUND_KEEP}
_OFFICER = _WORKER | {P.SUBMISSION_REVIEW, P.REGISTER_EXPORT, P.TRAIL_READ, P.RISK_WHAT_IF, P.QUALITY_CHECK, P.FORM_READ}
_FINDER = {P.FOUND_RECORD, P.MATCH_REVIEW}
_POSTER = {P.POSTER_READ, P.POSTER_RELEASE}
_TOUCH = {P.JOURNEY_READ, P.JOURNEY_RECORD}
_CENTRE = {P.DIRECTORY_RECORD, P.CENTRE_WORK}
_RESCUE = {P.LEAD_RECORD, P.RESCUE_READ, P.RESCUE_RECORD, P.EVIDENCE_RECORD}
_CASE = {P.CASE_READ, P.CASE_WORK, P.CASE_IDENTITY}
_CASE |= {P.REHAB_READ, P.REHAB_RECORD}
_RESOURCE = {P.RESOURCE_READ, P.RESOURCE_RECORD}
_STAKEHOLDER = {P.STAKEHOLDER_READ, P.STAKEHOLDER_RECORD}
_NOMINATOR = {P.AWARD_READ, P.AWARD_NOMINATE}
_UNIT = {P.LIBRARY_READ, P.ADVISORY_READ, P.ADVISORY_ANSWER}

ROLES = {
    role.key: role
    for role in (
        Role(
            "gender_crp",
            _("Gender CRP"),
            _("Visits the families of her village, keeps its registers and its safety map."),
            frozenset(_WORKER | _TOUCH | _CENTRE | {P.LIBRARY_READ}),
        ),
        Role(
            "vo_leader",
            _("VO leader"),
            _("Leads the village organisation: sees which families need help, not what they told in private."),
            frozenset(_LEADER | _TOUCH | {P.INDEX_ADJUST} | _UNIT),
        ),
        Role(
            "paralegal",
            _("Paralegal volunteer"),
            _("Works at a safe migration centre: what is asked and advised, employers and agencies; reads no family and no name."),
            frozenset(_CENTRE | {P.VILLAGE_READ, P.SCHEME_READ}),
        ),
        Role(
            "clf_leader",
            _("CLF leader"),
            _("Leads the cluster federation: the same view over its villages."),
            frozenset(_LEADER | {P.JOURNEY_READ, P.LIBRARY_READ}),
        ),
        Role(
            "block_officer",
            _("Block officer"),
            _("Reviews what was flagged, supports the villages of the block, takes registers out."),
            frozenset(
                _OFFICER
                | _FINDER
                | _TOUCH
                | _CENTRE
                | _RESOURCE
                | _STAKEHOLDER
                | _UNIT
                | {P.CBO_RECORD, P.CBO_ASSESS, P.STORY_WRITE, P.ADVISORY_FOLLOW}
            ),
            needs_second_factor=True,
        ),
        Role(
            "district_manager",
            _("District manager"),
            _("Follows the villages of the district by counts; reads registers without names; releases missing-person notices."),
            frozenset(
                {P.ENTRY_READ, P.HOUSEHOLD_READ, P.RISK_READ, P.VILLAGE_READ, P.COUNT_READ, P.TRAIL_READ, P.INDEX_READ}
                | {P.RISK_WHAT_IF, P.SELECTION_READ, P.JOURNEY_READ, P.SCHEME_READ, P.ENTITLEMENT_READ, P.FUND_READ}
                | {P.RESOURCE_READ, P.CBO_ASSESS, P.ACTIVITY_READ}
                | _STAKEHOLDER
                | _UNIT
                | _POSTER
                | _NOMINATOR
                | {P.POST_RECORD, P.STORY_WRITE, P.STORY_DECIDE, P.ADVISORY_FOLLOW}
            ),
            needs_second_factor=True,
        ),
        Role(
            "ahtu_officer",
            _("Officer of the Anti Human Trafficking Unit"),
            _("Takes leads, runs rescues by the checklist, follows cases in court, and says with another who a found person is."),
            frozenset(
                _FINDER | _TOUCH | _RESCUE | _CASE | _UNIT | _POSTER | {P.COUNT_READ}
                | {P.POSTER_PROPOSE, P.PRACTICE_SUBMIT, P.HOUSEHOLD_READ, P.ENTRY_READ, P.ENTRY_RECORD, P.IDENTITY_READ, P.TRAIL_READ}
            ),
            needs_second_factor=True,
        ),
        Role(
            "state_expert",
            _("State gender and social inclusion expert"),
            _("Follows the pilot by counts across the state."),
            frozenset(
                {P.VILLAGE_READ, P.COUNT_READ, P.INDEX_READ, P.INDEX_EDIT, P.RISK_WHAT_IF}
                | {P.SELECTION_READ, P.SELECTION_PREPARE, P.SELECTION_APPROVE, P.MATCH_MODEL}
                | {P.SCHEME_READ, P.SCHEME_EDIT, P.ACTIVITY_READ, P.MONEY_READ, P.TARGET_SET}
                | _UNIT
                | _NOMINATOR
                | {P.AWARD_JUDGE}
                | {P.STAKEHOLDER_READ, P.NGO_DECIDE, P.STORY_WRITE, P.STORY_DECIDE, P.LIBRARY_RECORD, P.PRACTICE_REVIEW}
            ),
            needs_second_factor=True,
        ),
        Role(
            "state_mis",
            _("State MIS officer"),
            _("Makes and publishes the state's own forms, reads and takes out what is sent with them, writes the state's returns."),
            frozenset({P.FORM_MANAGE, P.FORM_READ, P.VILLAGE_READ, P.COUNT_READ, P.RETURN_READ, P.RETURN_RECORD, P.LIBRARY_READ}),
            needs_second_factor=True,
        ),
        Role(
            "programme_officer",
            _("Programme officer"),
            _("Runs the pilot's task forces, meetings, trainings and campaigns in the state or a district; reads its money."),
            frozenset(
                {P.ACTIVITY_READ, P.ACTIVITY_RECORD, P.MONEY_READ, P.COUNT_READ, P.SELECTION_READ}
                | _STAKEHOLDER
                | {P.NGO_RECORD, P.POST_RECORD, P.STORY_WRITE, P.LIBRARY_READ, P.PRACTICE_SUBMIT}
            ),
            needs_second_factor=True,
        ),
        Role(
            "finance_officer",
            _("Finance officer"),
            _("Drafts the pilot's budget, books what comes and goes, prepares utilisation certificates; approves nothing."),
            frozenset({P.MONEY_READ, P.MONEY_RECORD, P.ACTIVITY_READ}),
            needs_second_factor=True,
        ),
        Role(
            "mission_director",
            _("State Mission Director"),
            _("Approves the budget, moves between heads and certificates that others prepared."),
            frozenset(
                {P.MONEY_READ, P.MONEY_APPROVE, P.ACTIVITY_READ, P.COUNT_READ, P.SELECTION_READ, P.AWARD_READ, P.AWARD_JUDGE}
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
            _("Reads counts of the nation, never a name; keeps the clocks of the law, which hold in every state."),
            frozenset(
                {P.COUNT_READ, P.SELECTION_READ, P.SELECTION_PREPARE, P.SELECTION_APPROVE, P.MATCH_MODEL, P.CLOCK_EDIT}
                | {P.RETURN_READ, P.RETURN_ACCEPT, P.TARGET_SET, P.RELEASE_PREPARE, P.RELEASE_APPROVE}
                | {P.COORDINATION_READ, P.COORDINATION_CONVENE}
                | {P.LIBRARY_READ, P.LIBRARY_RECORD, P.PRACTICE_REVIEW, P.ADVISORY_READ, P.ADVISORY_ISSUE, P.ADVISORY_FOLLOW}
                | {P.AWARD_READ, P.AWARD_KEEP, P.AWARD_DECIDE, P.AWARD_JUDGE}
            ),
            needs_second_factor=True,
        ),
        Role(
            "nodal_officer",
            _("State nodal officer"),
            _("The police officer who answers for the state to the Nodal Cell: writes its returns, approves those another wrote."),
            frozenset(
                {P.COUNT_READ, P.RETURN_READ, P.RETURN_RECORD, P.RETURN_APPROVE, P.LIBRARY_RECORD, P.PRACTICE_SUBMIT}
                | _UNIT
                | {P.COORDINATION_READ, P.COORDINATION_ANSWER}
                | _NOMINATOR
                | {P.AWARD_JUDGE}
                | {P.ADVISORY_ISSUE, P.ADVISORY_FOLLOW}
            ),
            needs_second_factor=True,
        ),
        Role(
            "matching_engine",
            _("Matching engine"),
            _("The program that compares the missing with the found: reads names into its memory, proposes pairs, decides nothing."),
            frozenset({P.MATCH_SEARCH, P.ENTRY_READ, P.HOUSEHOLD_READ, P.IDENTITY_READ}),
            needs_second_factor=True,
            is_program=True,
        ),
        Role(
            "case_worker",
            _("Case worker"),
            _("Works with survivors for an NGO or a home: opens cases, keeps plans; sees the cases assigned to her only."),
            frozenset(_CASE | _RESOURCE),
            needs_second_factor=True,
        ),
        Role(
            "case_supervisor",
            _("Supervisor of cases"),
            _("Approves closing and sealing, reviews emergency access, in a district; sees the cases assigned to her only."),
            frozenset(_CASE | {P.CASE_SUPERVISE, P.COUNT_READ}),
            needs_second_factor=True,
        ),
        Role(
            "cwc_member",
            _("Member of the Child Welfare Committee"),
            _("Answers referrals of children; sees the cases assigned to her only."),
            frozenset(_CASE),
            needs_second_factor=True,
        ),
        Role(
            "osc_worker",
            _("Worker of a One Stop Centre"),
            _("Answers referrals, gives help; sees the cases assigned to her only."),
            frozenset(_CASE),
            needs_second_factor=True,
        ),
        Role(
            "counsellor",
            _("Counsellor"),
            _("Counsels survivors assigned to her; her notes are read by herself and her supervisor only."),
            frozenset({P.CASE_READ, P.CASE_WORK, P.REHAB_READ, P.REHAB_RECORD, P.COUNSEL_RECORD}),
            needs_second_factor=True,
        ),
        Role(
            "counselling_supervisor",
            _("Supervisor of counsellors"),
            _("Recruits, trains and places community counsellors of a district, and reads the notes of the sessions she supervises."),
            frozenset({P.COUNSEL_SUPERVISE}),
            needs_second_factor=True,
        ),
    )
}
