"""Awards in the fictional State: last year's, published; this year's before the panel; one that is open for nominations."""

from datetime import datetime, timedelta

from aanchal.access import actions as access
from aanchal.access.acting import SYSTEM, acting
from aanchal.access.models import User
from aanchal.access.policy import day_in_india
from aanchal.awards import actions
from aanchal.awards.actions import Case, Plan
from aanchal.awards.models import Nomination, Round
from aanchal.network import stakeholders
from aanchal.network.models import Stakeholder
from aanchal.network.stakeholders import Details
from aanchal.places.models import Place
from aanchal.places.queries import nation

DAYS = timedelta(days=1)
WATCH = Case(
    "The federation kept watch in six villages: 31 girls who had left school came back, two marriages of children were stopped.",
    "Minutes of twelve meetings; the register of the block.",
)
READ = Case("The Village Organisation reads the migration register aloud each month; nobody is without contact.", "The register.")
LED = Case(
    "Nine rescues with 44 people brought to safety; every witness was kept in touch with until the judgment.",
    "List of cases with their dates, signed by the Superintendent.",
)
UNIT = Case("Nine rescues in a year; a charge sheet in each within ninety days.", "Return of the unit.")
ENGLISH = "For keeping watch in six villages through a season of migration, so that 31 girls are back at school."
HINDI = "प्रवास के मौसम में छह गाँवों में नज़र रखने के लिए, जिससे 31 लड़कियाँ फिर विद्यालय में हैं।"
INSPECTORS = ("Inspector Sunita Tirkey (synthetic)", "Inspector Anil Kujur (synthetic)")
POINTS = {"Ujala Cluster Federation": (9, 8), "Ujala Village Organisation": (7, 7)}


def load(*, district: Place, users: dict[str, User], at: datetime) -> None:
    """After the directory: what is nominated stands there."""
    jurors = _jurors(at)
    _last_year(users, jurors, at)
    _before_the_panel(district, users, jurors, at)
    _open(users, at)


def _jurors(at: datetime) -> list[User]:
    """Two of the nation's who judge; they sign in nowhere."""
    with acting(SYSTEM):
        users = [access.create_user(username=f"juror_{n}", name=f"Demo juror {n}", password=None, at=at, by=SYSTEM) for n in (1, 2)]
        for user in users:
            access.post(user=user, role="national_analyst", place=nation(), since=day_in_india(at) - 400 * DAYS, by=SYSTEM)
    return users


def _last_year(users: dict[str, User], jurors: list[User], at: datetime) -> None:
    cell, second, on = users["analyst"], users["second_analyst"], day_in_india(at)
    one = _announced(cell, Plan(on.year - 1, "COLLECTIVE", on - 120 * DAYS, on - 90 * DAYS), at - 130 * DAYS)
    rows = [
        _nominated(users["district_manager"], one, name, case, at - 100 * DAYS)
        for name, case in (("Ujala Cluster Federation", WATCH), ("Ujala Village Organisation", READ))
    ]
    _appoint(cell, one, [*jurors, users["state_expert"]], at - 100 * DAYS)
    for n, juror in enumerate(jurors):
        for row in rows:
            _judge(juror, one, row, POINTS[row.name][n], at - 80 * DAYS)
    with acting(second):
        [award] = actions.decide(of=one, chosen=[rows[0].pk], words="", at=at - 70 * DAYS, by=second)
    with acting(cell):
        actions.cite(award=award, english=ENGLISH, hindi=HINDI, by=cell)
    with acting(second):
        actions.publish(award=award, at=at - 65 * DAYS, by=second)


def _before_the_panel(district: Place, users: dict[str, User], jurors: list[User], at: datetime) -> None:
    """The analyst may look at the ranking; the second sits in the panel and has scored nobody; the State's expert is bound by her State."""
    cell, state, on = users["analyst"], users["nodal_officer"], day_in_india(at)
    with acting(users["programme_officer"]):
        told = {"place": district, "at": at, "by": users["programme_officer"]}
        for name in INSPECTORS:
            stakeholders.record(details=Details(kind="OFFICER", name=name), **told)
    one = _announced(cell, Plan(on.year, "POLICE_OFFICER", on - 40 * DAYS, on - 10 * DAYS), at - 50 * DAYS)
    first, second = (_nominated(state, one, name, LED, at - 20 * DAYS) for name in INSPECTORS)
    with acting(state):
        actions.record_consent(nomination=first, words="Signed paper 4/CID", at=at - 20 * DAYS, by=state)
    _appoint(cell, one, [*jurors, users["second_analyst"], users["state_expert"]], at - 20 * DAYS)
    for juror in jurors:
        for row, points in ((first, 9), (second, 7)):
            _judge(juror, one, row, points, at - 5 * DAYS)
    with acting(users["second_analyst"]):
        actions.declare(nomination=second.pk, has_interest=False, words="", at=at, by=users["second_analyst"])


def _open(users: dict[str, User], at: datetime) -> None:
    on = day_in_india(at)
    one = _announced(users["analyst"], Plan(on.year, "AHTU", on - 5 * DAYS, on + 25 * DAYS), at - 8 * DAYS)
    with acting(SYSTEM):
        name = Stakeholder.objects.filter(kind="AHTU", standing="LIVE").order_by("name").values_list("name", flat=True)[0]
    _nominated(users["nodal_officer"], one, name, UNIT, at)


def _announced(cell: User, plan: Plan, at: datetime) -> Round:
    with acting(cell):
        return actions.announce(of=actions.draft(plan=plan, at=at, by=cell), at=at, by=cell)


def _nominated(by: User, one: Round, name: str, case: Case, at: datetime) -> Nomination:
    with acting(SYSTEM):
        nominee = Stakeholder.objects.get(name=name)
    with acting(by):
        return actions.nominate(of=one, nominee=nominee.pk, case=case, at=at, by=by)


def _appoint(cell: User, one: Round, users: list[User], at: datetime) -> None:
    with acting(cell):
        for user in users:
            actions.appoint(of=one, user=user, at=at, by=cell)


def _judge(juror: User, one: Round, row: Nomination, points: int, at: datetime) -> None:
    with acting(juror):
        actions.declare(nomination=row.pk, has_interest=False, words="", at=at, by=juror)
        actions.score(nomination=row.pk, points=dict.fromkeys(one.criteria.weights, points), at=at, by=juror)
