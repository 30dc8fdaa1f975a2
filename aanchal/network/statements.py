"""The statements by which a checked file is written and taken back: few, whatever the number of rows."""

from aanchal.network.terms import FEDERATED, PEOPLE

COLUMNS = ("kind", "name", "name_key", "place_id", "place_no", "parent_id", "size", "registration_no", "address", "phone", "email")
COLUMNS += ("is_public", "confirmed_on")
"""Of the stakeholder, as a file may say them."""
SETTLED = ("key_twice", "no_parent", "parent_refused", "wrong_parent", "closed", "other_kind")
"""Faults that depend on the other rows and on the directory: they are looked for again before the file is written."""
EMPTY = {"registration_no": "''", "address": "''", "phone": "''", "email": "''", "is_public": "false"}


def _in(values) -> str:
    return ", ".join(f"'{value}'" for value in values)


_FITS = " ".join(f"WHEN '{kind}' THEN {f'above IN ({_in(fits)})' if fits else 'false'}" for kind, fits in FEDERATED.items())
_RECORD = "LATERAL jsonb_populate_record(NULL::network_stakeholder, r.told) n"

FORGET = f"""
UPDATE network_importrow SET stakeholder_id = id, faults =
    (SELECT coalesce(jsonb_agg(f), '[]') FROM jsonb_array_elements(faults) f WHERE f ->> 1 NOT IN ({_in(SETTLED)}))
WHERE file_id = %(file)s AND (stakeholder_id <> id OR faults <> '[]')"""

TWICE = """
UPDATE network_importrow r SET faults = r.faults || '[["key", "key_twice"]]' FROM (
    SELECT id, row_number() OVER (PARTITION BY key ORDER BY nth) AS time FROM network_importrow WHERE file_id = %(file)s AND faults = '[]'
) x WHERE x.id = r.id AND x.time > 1"""

KNOWN = """
UPDATE network_importrow r SET stakeholder_id = t.id,
    faults = CASE WHEN t.standing = 'CLOSED' THEN r.faults || '[["key", "closed"]]'
        WHEN t.kind <> r.told ->> 'kind' THEN r.faults || '[["kind", "other_kind"]]' ELSE r.faults END
FROM network_stakeholder t
WHERE r.file_id = %(file)s AND t.source_id = %(source)s AND t.source_key = r.key AND t.source_key <> '' AND t.standing <> 'UNDONE'"""

KNOWN_BY_ID = """
UPDATE network_importrow r SET stakeholder_id = t.id,
    faults = CASE WHEN t.standing = 'CLOSED' THEN r.faults || '[["key", "closed"]]'
        WHEN t.kind <> r.told ->> 'kind' THEN r.faults || '[["kind", "other_kind"]]' ELSE r.faults END
FROM network_stakeholder t
WHERE r.file_id = %(file)s AND r.key ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' AND t.id::text = r.key
    AND r.stakeholder_id = r.id AND t.standing <> 'UNDONE'"""

PARENTS = f"""
WITH found AS (
    SELECT r.id, r.told ->> 'kind' AS kind, coalesce(p.stakeholder_id, t.id) AS parent, coalesce(p.told ->> 'kind', t.kind) AS above,
        p.faults IS NOT NULL AND p.faults <> '[]' AS is_refused, r.key = r.parent_key AS is_itself
    FROM network_importrow r
    LEFT JOIN (
        SELECT DISTINCT ON (q.key) q.* FROM network_importrow q WHERE q.file_id = %(file)s ORDER BY q.key, q.faults <> '[]', q.nth
    ) p ON p.key = r.parent_key
    LEFT JOIN (
        SELECT source_key AS key, id, kind FROM network_stakeholder WHERE source_id = %(source)s AND source_key <> '' AND standing = 'LIVE'
        UNION SELECT id::text, id, kind FROM network_stakeholder WHERE standing = 'LIVE'
    ) t ON p.id IS NULL AND t.key = r.parent_key
    WHERE r.file_id = %(file)s AND r.parent_key <> '' AND r.faults = '[]'
), judged AS (
    SELECT id, parent, CASE WHEN parent IS NULL THEN 'no_parent' WHEN is_refused THEN 'parent_refused'
        WHEN is_itself OR NOT (CASE kind {_FITS} ELSE above NOT IN ({_in(PEOPLE)}) END) THEN 'wrong_parent' END AS fault FROM found
)
UPDATE network_importrow r SET told = r.told || jsonb_build_object('parent_id', j.parent),
    faults = CASE WHEN j.fault IS NULL THEN r.faults ELSE jsonb_build_array(jsonb_build_array('parent_key', j.fault)) END
FROM judged j WHERE j.id = r.id AND (j.fault IS NOT NULL OR r.told -> 'parent_id' IS DISTINCT FROM to_jsonb(j.parent))"""

PARENTS_REFUSED = """
UPDATE network_importrow r SET faults = '[["parent_key", "parent_refused"]]' FROM network_importrow p
WHERE r.file_id = %(file)s AND p.file_id = %(file)s AND p.key = r.parent_key AND r.parent_key <> '' AND r.faults = '[]'
    AND p.faults <> '[]'
    AND NOT EXISTS (SELECT 1 FROM network_importrow g WHERE g.file_id = r.file_id AND g.key = r.parent_key AND g.faults = '[]')"""

FATES = """
UPDATE network_importrow r SET fate = x.fate FROM (
    SELECT q.id, CASE WHEN q.faults <> '[]' THEN 'REFUSED' WHEN q.stakeholder_id = q.id THEN 'MAKE'
        WHEN (SELECT t.standing = 'MERGED' OR to_jsonb(t) @> q.told FROM network_stakeholder t WHERE t.id = q.stakeholder_id) THEN 'SAME'
        ELSE 'CHANGE' END AS fate
    FROM network_importrow q WHERE q.file_id = %(file)s
) x WHERE x.id = r.id AND x.fate <> r.fate"""

PLAN = "SET LOCAL enable_nestloop = off"
"""What was written in this transaction is unknown to the planner: it takes a file of 50,000 rows for one row."""

COUNT = "SELECT fate, count(*) FROM network_importrow WHERE file_id = %(file)s GROUP BY fate ORDER BY fate"

MAKE = f"""
INSERT INTO network_stakeholder
    ({", ".join(COLUMNS)}, id, standing, source_id, source_key, made_in_id, version, recorded_at, recorded_by_id)
SELECT {", ".join(f"coalesce(n.{one}, {EMPTY[one]})" if one in EMPTY else f"n.{one}" for one in COLUMNS)},
    r.id, 'LIVE', %(source)s, r.key, r.file_id, 1, %(at)s, %(by)s
FROM network_importrow r, {_RECORD} WHERE r.file_id = %(file)s AND r.fate = 'MAKE' ORDER BY r.nth"""

REMEMBER = """
INSERT INTO network_change (id, stakeholder_id, place_no, version, how, before, file_id, at, by_id)
SELECT gen_random_uuid(), t.id, (r.told ->> 'place_no')::bigint, t.version + 1, 'IMPORTED', (
        SELECT jsonb_object_agg(k, to_jsonb(t) -> k) FROM jsonb_object_keys(r.told) k WHERE to_jsonb(t) -> k IS DISTINCT FROM r.told -> k
    ), r.file_id, %(at)s, %(by)s
FROM network_importrow r JOIN network_stakeholder t ON t.id = r.stakeholder_id WHERE r.file_id = %(file)s AND r.fate = 'CHANGE'"""

CHANGE = f"""
UPDATE network_stakeholder t SET version = t.version + 1,
    {", ".join(f"{one} = CASE WHEN r.told ? '{one}' THEN n.{one} ELSE t.{one} END" for one in COLUMNS)}
FROM network_importrow r, {_RECORD} WHERE r.file_id = %(file)s AND r.fate = 'CHANGE' AND t.id = r.stakeholder_id"""

STAYS = """
UPDATE network_importrow r SET fate = 'STAYED',
    faults = CASE WHEN t.version <> 1 OR t.standing <> 'LIVE' THEN '[["", "moved_on_since"]]' ELSE '[["", "built_upon"]]' END::jsonb
FROM network_stakeholder t
WHERE r.file_id = %(file)s AND r.fate = 'MAKE' AND t.id = r.stakeholder_id AND (t.version <> 1 OR t.standing <> 'LIVE' OR EXISTS (
    SELECT 1 FROM network_stakeholder c WHERE c.parent_id = t.id AND c.standing <> 'UNDONE' AND NOT EXISTS (
        SELECT 1 FROM network_importrow x WHERE x.file_id = %(file)s AND x.stakeholder_id = c.id AND x.fate IN ('MAKE', 'CHANGE'))))"""

CHANGED_STAYS = """
UPDATE network_importrow r SET fate = 'STAYED', faults = '[["", "moved_on_since"]]' FROM network_stakeholder t, network_change h
WHERE r.file_id = %(file)s AND r.fate = 'CHANGE' AND t.id = r.stakeholder_id AND h.stakeholder_id = t.id AND h.file_id = r.file_id
    AND h.how = 'IMPORTED' AND h.version <> t.version"""

PARENT_STAYS = """
UPDATE network_importrow p SET fate = 'STAYED', faults = '[["", "built_upon"]]' FROM network_importrow c, network_stakeholder t
WHERE p.file_id = %(file)s AND p.fate = 'MAKE' AND c.file_id = p.file_id AND c.fate = 'STAYED' AND t.id = c.stakeholder_id
    AND t.parent_id = p.stakeholder_id"""

TAKE_BACK = """
UPDATE network_stakeholder t SET standing = 'UNDONE', is_public = false, version = t.version + 1 FROM network_importrow r
WHERE r.file_id = %(file)s AND r.fate = 'MAKE' AND t.id = r.stakeholder_id"""

RESTORE = f"""
UPDATE network_stakeholder t SET version = t.version + 1,
    {", ".join(f"{one} = CASE WHEN h.before ? '{one}' THEN n.{one} ELSE t.{one} END" for one in COLUMNS)}
FROM network_importrow r, network_change h, LATERAL jsonb_populate_record(NULL::network_stakeholder, h.before) n
WHERE r.file_id = %(file)s AND r.fate = 'CHANGE' AND t.id = r.stakeholder_id AND h.stakeholder_id = t.id AND h.file_id = r.file_id
    AND h.how = 'IMPORTED'"""

REMEMBER_RESTORED = """
INSERT INTO network_change (id, stakeholder_id, place_no, version, how, before, file_id, at, by_id)
SELECT gen_random_uuid(), t.id, t.place_no, t.version + 1, 'UNDONE',
    (SELECT jsonb_object_agg(k, to_jsonb(t) -> k) FROM jsonb_object_keys(h.before) k), r.file_id, %(at)s, %(by)s
FROM network_importrow r JOIN network_stakeholder t ON t.id = r.stakeholder_id
JOIN network_change h ON h.stakeholder_id = t.id AND h.file_id = r.file_id AND h.how = 'IMPORTED'
WHERE r.file_id = %(file)s AND r.fate = 'CHANGE'"""

TAKEN_BACK = "UPDATE network_importrow SET fate = 'TAKEN_BACK' WHERE file_id = %(file)s AND fate IN ('MAKE', 'CHANGE')"
