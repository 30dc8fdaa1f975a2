-- Who acts, for the policies of cases. As acting_payload: proved by its own mark.
CREATE FUNCTION acting_is_system() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((acting_payload() ->> 'system')::boolean, false)
$$;
CREATE FUNCTION acting_user() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (acting_payload() ->> 'actor')::uuid
$$;

-- The cases assigned to who acts, now: one array a statement. She must hold the permission somewhere today: an assignment outlives no posting.
-- Runs as aanchal_counter, who reads every assignment. A transfer, a withdrawn consent and the end of an emergency shut at once.
CREATE FUNCTION cases_assigned(permission text, reach text) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT a.case_id), '{}') FROM cases_assignment a
    WHERE a.user_id = (SELECT acting_user()) AND a.since <= clock_timestamp() AND (a.until IS NULL OR a.until > clock_timestamp())
        AND NOT isempty((SELECT acting_scope(permission)))
        AND CASE reach
            WHEN 'ANY' THEN true
            WHEN 'WHOLE' THEN a.capacity <> 'REFERRED'
            WHEN 'NAMES' THEN a.capacity <> 'REFERRED' OR a.sees_identity
            WHEN 'WORK' THEN a.capacity <> 'GLASS'
            WHEN 'LEAD' THEN a.capacity IN ('WORKER', 'SUPERVISOR')
        END
$$;

-- The first assignment of a case is of who opened it; afterwards only who is assigned assigns.
CREATE FUNCTION cases_is_first(one uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = one AND c.opened_by_id = acting_user())
        AND NOT EXISTS (SELECT 1 FROM cases_assignment a WHERE a.case_id = one)
$$;

-- Whether the place of a case lies where who acts holds a permission: for the emergency access of a supervisor, who sees nothing of it yet.
CREATE FUNCTION cases_within(one uuid, permission text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = one AND c.place_no <@ acting_scope(permission))
$$;

-- The case of a code, for an emergency, where who acts supervises; elsewhere there is none of this code. Erased ones have nothing to see.
CREATE FUNCTION cases_of_code(told text) RETURNS TABLE (id uuid, place_no bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.id, c.place_no FROM cases_case c WHERE c.code = told AND c.state <> 'ERASED' AND c.place_no <@ acting_scope('case.supervise')
$$;

-- Whether a case of the same person is open somewhere; only who may open one asks. Says yes or no, not which.
CREATE FUNCTION cases_is_known(told bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (acting_is_system() OR NOT isempty(acting_scope('case.work'))) AND EXISTS (
        SELECT 1 FROM cases_caseidentity i JOIN cases_case c ON c.id = i.case_id
        WHERE i.likeness = told AND c.state IN ('ACTIVE', 'FOLLOW_UP'))
$$;

-- Whether who acts may take up a referral: addressed to her, not answered otherwise, its consent alive; as what, and with the name or without.
CREATE FUNCTION cases_may_accept(one uuid, of_case uuid, as_what text, names boolean) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM cases_referral r JOIN cases_caseconsent c ON c.id = r.consent_id
        WHERE r.id = one AND r.case_id = of_case AND r.receiver_id = acting_user() AND r.state IN ('SENT', 'ACCEPTED')
            AND c.withdrawn_at IS NULL AND c.until >= aanchal_today()
            AND as_what = CASE WHEN r.is_transfer THEN 'WORKER' ELSE 'REFERRED' END AND names = r.with_identity)
$$;
-- The day until which a referral's consent holds, for its receiver.
CREATE FUNCTION cases_consent_ends(one uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.until FROM cases_referral r JOIN cases_caseconsent c ON c.id = r.consent_id WHERE r.id = one AND r.receiver_id = acting_user()
$$;
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['cases_assigned(text, text)', 'cases_is_first(uuid)', 'cases_within(uuid, text)', 'cases_of_code(text)',
        'cases_is_known(bytea)', 'cases_may_accept(uuid, uuid, text, boolean)', 'cases_consent_ends(uuid)'] LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO aanchal_counter', one);
    END LOOP;
END $$;
