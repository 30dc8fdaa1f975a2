"""The statements of the due-work pass. Each takes what is due out of the state in which it was due, and says who is told of it."""

from aanchal.tracking.terms import AlertKind, Happening, Step

# kind, step, the role that answers there, the step above, hours until it is told, hours of that one
LADDER = """
ladder (kind, step, role, above, hours, hours_above) AS (
    SELECT * FROM unnest(%(kinds)s::text[], %(steps)s::text[], %(roles)s::text[], %(above)s::text[],
        %(hours)s::float[], %(hours_above)s::float[])
)"""

# Who holds the post of a step at a place: looked up once for each place and step, by the places above it.
HEARD = """
heard AS MATERIALIZED (
    SELECT s.place_id, s.step, array_agg(DISTINCT p.user_id) AS users
    FROM (SELECT DISTINCT place_id, step FROM {of}) s
    JOIN (SELECT DISTINCT step, role FROM ladder) l ON l.step = s.step
    JOIN places_place v ON v.id = s.place_id
    LEFT JOIN places_place b ON b.id = v.block_id
    CROSS JOIN LATERAL unnest(
        ARRAY[v.id, v.village_id, v.panchayat_id, v.block_id, b.part_of_id, v.district_id, v.state_id, v.nation_id]) up
    JOIN access_posting p ON p.place_id = up AND p.role = l.role
    JOIN access_user u ON u.id = p.user_id AND u.is_active
    WHERE p.since <= %(today)s AND (p.until IS NULL OR p.until >= %(today)s)
    GROUP BY 1, 2
)"""

# A map, looked into for each row: a join of two sets whose sizes no planner can know was a loop of one in the other (4,000 x 100,000).
NOTED = """
known AS MATERIALIZED (SELECT coalesce(jsonb_object_agg(place_id || step, users::text), '{{}}') AS by_place FROM heard), noted AS (
    INSERT INTO tracking_alertstep (id, alert_id, place_no, happening, step, reason, at, by_id, told, sealed, wrapped_key)
    SELECT {new_id}, o.id, o.place_no, '{happening}', o.step, '', %(at)s, NULL,
        coalesce(((SELECT by_place FROM known) ->> (o.place_id || o.step))::uuid[], '{{}}'), NULL, NULL
    FROM {of} o
)
SELECT (SELECT count(*) FROM {of}), array(SELECT DISTINCT unnest(users) FROM heard)"""

# UUIDv7 (RFC 9562) of the pass's own millisecond: new rows lie side by side in every index. PostgreSQL makes them itself only from 18 on.
NEW_ID = "(%(moment)s || '-7' || substr(gen_random_uuid()::text, 16))::uuid"

RAISED = """
raised AS (
    INSERT INTO tracking_alert (id, kind, subject, person_id, journey_id, search_id, place_id, place_no, is_child, state, step,
        raised_at, step_since, step_due_at, snoozed_until, merged_into_id, outcome, closed_at, closed_by_id)
    SELECT {new_id}, '{kind}', d.subject, d.person_id, d.journey_id, d.search_id, d.place_id, d.place_no, d.is_child, 'OPEN', '{step}',
        %(at)s, %(at)s, %(at)s + make_interval(secs => 3600 * (SELECT hours FROM ladder WHERE kind = '{kind}' AND step = '{step}')
            / CASE WHEN d.is_child THEN %(share)s ELSE 1 END),
        NULL, NULL, '', NULL, NULL
    FROM due d
    ON CONFLICT (subject, kind) WHERE state IN ('OPEN', 'SNOOZED') DO NOTHING
    RETURNING id, place_id, place_no, step
)"""


def _statement(*parts: str, of: str, happening: Happening, **more: str) -> str:
    named = {"of": of, "happening": happening.value, "new_id": NEW_ID, **more}
    return "WITH " + ", ".join(part.strip() for part in (LADDER, *parts, HEARD.format(**named), NOTED.format(**named)))


def _raised(kind: AlertKind, step: Step) -> str:
    return RAISED.format(new_id=NEW_ID, kind=kind.value, step=step.value)


MISSED = _statement(
    """
    due AS (
        UPDATE tracking_journey SET state = 'SILENT'
        WHERE state = 'IN_TOUCH' AND id = ANY((SELECT tracking_due_journeys(%(today)s, %(most)s))::uuid[])
        RETURNING id AS subject, person_id, id AS journey_id, NULL::uuid AS search_id, place_id, place_no, is_child
    )""",
    _raised(AlertKind.MISSED_CHECK_IN, Step.CRP),
    of="raised",
    happening=Happening.RAISED,
)
PASSED = _statement(
    """
    late AS (
        UPDATE tracking_deadline SET passed_at = %(at)s
        WHERE stopped_at IS NULL AND passed_at IS NULL AND id = ANY((SELECT tracking_due_deadlines(%(at)s, %(most)s))::uuid[])
        RETURNING id, search_id
    ), due AS (
        SELECT late.id AS subject, s.person_id, NULL::uuid AS journey_id, s.id AS search_id, s.place_id, s.place_no, s.is_child
        FROM late JOIN tracking_search s ON s.id = late.search_id
    )""",
    _raised(AlertKind.DEADLINE, Step.BLOCK),
    of="raised",
    happening=Happening.RAISED,
)
WOKEN = _statement(
    """
    awake AS (
        UPDATE tracking_alert SET state = 'OPEN', snoozed_until = NULL
        WHERE state = 'SNOOZED' AND id = ANY((SELECT tracking_due_to_wake(%(today)s, %(most)s))::uuid[])
        RETURNING id, place_id, place_no, step
    )""",
    of="awake",
    happening=Happening.WOKEN,
)
CLIMBED = _statement(
    """
    up AS (
        UPDATE tracking_alert a SET step = l.above, step_since = %(at)s,
            step_due_at = %(at)s + make_interval(secs => 3600 * l.hours_above / CASE WHEN a.is_child THEN %(share)s ELSE 1 END)
        FROM ladder l
        WHERE a.state = 'OPEN' AND a.step_due_at <= %(at)s AND l.kind = a.kind AND l.step = a.step AND l.above IS NOT NULL
            AND a.id = ANY((SELECT tracking_due_to_climb(%(at)s, %(most)s))::uuid[])
        RETURNING a.id, a.place_id, a.place_no, a.step
    )""",
    of="up",
    happening=Happening.ESCALATED,
)
HOLDERS = (
    f"WITH {LADDER.strip()}, one AS (SELECT %(place)s::bigint AS place_id, %(step)s::text AS step), "
    f"{HEARD.format(of='one').strip()} SELECT users FROM heard"
)
