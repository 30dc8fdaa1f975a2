-- A supervisor sees which sessions she supervises, without being assigned to the case.
CREATE POLICY rehab_session_supervised ON rehab_session FOR SELECT TO aanchal_app
    USING (supervisor_id = (SELECT acting_user()) AND NOT isempty((SELECT acting_scope('counsel.supervise'))));

-- Notes of a session are for its counsellor and its supervisor: not for others assigned to the case, not for who supervises the place.
ALTER TABLE rehab_sessionnote ENABLE ROW LEVEL SECURITY;
ALTER TABLE rehab_sessionnote FORCE ROW LEVEL SECURITY;
CREATE POLICY rehab_sessionnote_read ON rehab_sessionnote FOR SELECT TO aanchal_app USING ((SELECT acting_is_system())
    OR counsellor_id = (SELECT acting_user()) AND NOT isempty((SELECT acting_scope('counsel.record')))
    OR supervisor_id = (SELECT acting_user()) AND NOT isempty((SELECT acting_scope('counsel.supervise'))));
CREATE POLICY rehab_sessionnote_count ON rehab_sessionnote FOR SELECT TO aanchal_counter USING (true);
GRANT SELECT ON rehab_sessionnote TO aanchal_counter;
CREATE POLICY rehab_sessionnote_insert ON rehab_sessionnote FOR INSERT TO aanchal_app WITH CHECK ((SELECT acting_is_system())
    OR by_id = (SELECT acting_user()) AND rehab_is_of_session(session_id, counsellor_id, supervisor_id) AND by_id IN (counsellor_id, supervisor_id));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON rehab_sessionnote FROM aanchal_app;

-- A counsellor reads her own record and hours.
CREATE POLICY rehab_counsellor_own ON rehab_counsellor FOR SELECT TO aanchal_app USING (user_id = (SELECT acting_user()));
CREATE POLICY rehab_traininghours_own ON rehab_traininghours FOR SELECT TO aanchal_app
    USING (counsellor_id IN (SELECT c.id FROM rehab_counsellor c WHERE c.user_id = (SELECT acting_user())));

-- Which organisation is mature is read by everybody who has signed in, and told where cbo.assess is held; nothing of it is changed.
ALTER TABLE rehab_cbomaturity ENABLE ROW LEVEL SECURITY;
CREATE POLICY rehab_cbomaturity_read ON rehab_cbomaturity FOR SELECT TO aanchal_app USING (true);
CREATE POLICY rehab_cbomaturity_insert ON rehab_cbomaturity FOR INSERT TO aanchal_app WITH CHECK (place_no <@ (SELECT acting_scope('cbo.assess')));
REVOKE UPDATE, DELETE, TRUNCATE ON rehab_cbomaturity FROM aanchal_app;

-- What a row is about never changes: no row moves to another case.
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['rehabilitation', 'leaning', 'learning', 'attendance', 'return', 'followup', 'repatriation', 'leaderlink',
        'ownaccess', 'correction'] LOOP
        EXECUTE format('CREATE TRIGGER keeps BEFORE UPDATE ON rehab_%s FOR EACH ROW EXECUTE FUNCTION cases_keeps(''case_id'', ''place_no'')', one);
    END LOOP;
END $$;
CREATE TRIGGER keeps_person BEFORE UPDATE ON rehab_leaderlink FOR EACH ROW EXECUTE FUNCTION cases_keeps('person_id', 'chose_on');
CREATE TRIGGER keeps BEFORE UPDATE ON rehab_engagement FOR EACH ROW EXECUTE FUNCTION cases_keeps('person_id', 'on', 'honorarium_paise');

-- Erasing destroys the keys of words that otherwise never change; only the installation does it.
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['gatedecision', 'sessionnote', 'repatriationstep'] LOOP
        EXECUTE format('GRANT UPDATE (sealed, wrapped_key) ON rehab_%s TO aanchal_app', one);
        EXECUTE format('CREATE POLICY rehab_%s_erase ON rehab_%s FOR UPDATE TO aanchal_app USING ((SELECT acting_is_system()))', one, one);
    END LOOP;
END $$;
