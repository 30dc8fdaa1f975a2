-- The day in India, whatever the server's clock zone.
CREATE FUNCTION aanchal_today() RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$ SELECT (now() AT TIME ZONE 'Asia/Kolkata')::date $$;

-- What a user may do where, today: permission -> the union of the intervals of the postings that grant it. The database's own reading of
-- the postings; `access.policy` reads them in Python, and tests/access/test_policy.py holds the two equal.
CREATE FUNCTION access_scopes(person uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(permission, scope), '{}'::jsonb) FROM (
        SELECT rp.permission, range_agg(int8range(part.place_no, part.last_no, '[]'))::text AS scope
        FROM access_posting p
        JOIN access_user u ON u.id = p.user_id AND u.is_active
        JOIN access_rolepermission rp ON rp.role = p.role
        JOIN places_place part ON part.id = p.place_id OR part.part_of_id = p.place_id
        WHERE p.user_id = person AND p.since <= (SELECT aanchal_today()) AND (p.until IS NULL OR p.until >= (SELECT aanchal_today()))
        GROUP BY rp.permission
    ) granted
$$;

-- The posting's number is its place's own, and the place, with its parts in other districts, lies wholly where the acting person manages users.
CREATE FUNCTION acting_manages(place bigint, number bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(bool_and(int8range(p.place_no, p.last_no, '[]') <@ acting_scope('user.manage')), false) AND bool_or(p.id = place AND p.place_no = number)
    FROM places_place p WHERE p.id = place OR p.part_of_id = place
$$;

-- A stolen application role must not widen its own scope: a posting may be written only by who manages users there.
ALTER TABLE access_posting ENABLE ROW LEVEL SECURITY;
CREATE POLICY posting_read ON access_posting FOR SELECT TO aanchal_app USING (true);
CREATE POLICY posting_insert ON access_posting FOR INSERT TO aanchal_app WITH CHECK (acting_manages(place_id, place_no));
CREATE POLICY posting_update ON access_posting FOR UPDATE TO aanchal_app USING (place_no <@ (SELECT acting_scope('user.manage')))
    WITH CHECK (acting_manages(place_id, place_no));
REVOKE DELETE, TRUNCATE ON access_posting FROM aanchal_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON access_rolepermission FROM aanchal_app;

-- The trail is read by whoever may read it there; lines of no place (users, postings) by whoever may read the nation's.
ALTER TABLE core_trail ENABLE ROW LEVEL SECURITY;
CREATE POLICY trail_read ON core_trail FOR SELECT TO aanchal_app USING (coalesce(place_no, 0) <@ (SELECT acting_scope('trail.read')));

-- Nor may it move the bounds of its own place: the directory is written by whoever may import it there.
ALTER TABLE places_place ENABLE ROW LEVEL SECURITY;
CREATE POLICY place_read ON places_place FOR SELECT TO aanchal_app USING (true);
CREATE POLICY place_insert ON places_place FOR INSERT TO aanchal_app
    WITH CHECK (int8range(place_no, last_no, '[]') <@ (SELECT acting_scope('place.import')));
CREATE POLICY place_update ON places_place FOR UPDATE TO aanchal_app USING (int8range(place_no, last_no, '[]') <@ (SELECT acting_scope('place.import')))
    WITH CHECK (int8range(place_no, last_no, '[]') <@ (SELECT acting_scope('place.import')));
CREATE POLICY place_delete ON places_place FOR DELETE TO aanchal_app USING (int8range(place_no, last_no, '[]') <@ (SELECT acting_scope('place.import')));
REVOKE TRUNCATE ON places_place FROM aanchal_app;
