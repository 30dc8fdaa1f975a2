-- A reach more: only who supervises the case.
CREATE OR REPLACE FUNCTION cases_assigned(permission text, reach text) RETURNS uuid[]
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
            WHEN 'SUPERVISOR' THEN a.capacity = 'SUPERVISOR'
        END
$$;

-- Whether she took back her consent that the record is kept and nothing was decided for good.
CREATE FUNCTION cases_withheld(one uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM cases_withdrawal w WHERE w.case_id = one AND w.ended_at IS NULL)
$$;
ALTER FUNCTION cases_withheld(uuid) OWNER TO aanchal_counter;

-- Then her name, and what finds it, is for the supervisor who decides.
CREATE POLICY cases_identity_withheld ON cases_caseidentity AS RESTRICTIVE FOR ALL TO aanchal_app USING ((SELECT acting_is_system())
    OR case_id = ANY ((SELECT cases_assigned('case.supervise', 'SUPERVISOR'))::uuid[]) OR NOT cases_withheld(case_id));
CREATE POLICY cases_mark_withheld ON cases_mark AS RESTRICTIVE FOR SELECT TO aanchal_app USING (kind = 'FIR' OR (SELECT acting_is_system())
    OR case_id = ANY ((SELECT cases_assigned('case.supervise', 'SUPERVISOR'))::uuid[]) OR NOT cases_withheld(case_id));

CREATE TRIGGER keeps BEFORE UPDATE ON cases_withdrawal
    FOR EACH ROW EXECUTE FUNCTION cases_keeps('case_id', 'place_no', 'consent_id', 'asked_at', 'asked_by_id');
CREATE TRIGGER keeps BEFORE UPDATE ON cases_renaming FOR EACH ROW EXECUTE FUNCTION cases_erases();
