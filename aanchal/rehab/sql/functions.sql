-- Whether these two are counsellor and supervisor of a session: nobody writes herself into another's notes.
CREATE FUNCTION rehab_is_of_session(one uuid, counsellor uuid, supervisor uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM rehab_session s
        WHERE s.id = one AND s.counsellor_id = counsellor AND s.supervisor_id IS NOT DISTINCT FROM supervisor)
$$;
ALTER FUNCTION rehab_is_of_session(uuid, uuid, uuid) OWNER TO aanchal_counter;
