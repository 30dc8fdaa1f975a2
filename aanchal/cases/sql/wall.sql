-- A case is opened where who opens it works, in her own name, and her assignment is the first.
GRANT INSERT ON cases_case TO aanchal_app;
CREATE POLICY cases_case_open ON cases_case FOR INSERT TO aanchal_app
    WITH CHECK ((SELECT acting_is_system()) OR (place_no <@ (SELECT acting_scope('case.work')) AND opened_by_id = (SELECT acting_user())));
CREATE POLICY cases_assignment_first ON cases_assignment FOR INSERT TO aanchal_app
    WITH CHECK (capacity = 'WORKER' AND user_id = (SELECT acting_user()) AND by_id = user_id AND cases_is_first(case_id));

-- Nobody assigns herself otherwise; nor is an emergency anything that another opens.
CREATE POLICY cases_assignment_by_another ON cases_assignment AS RESTRICTIVE FOR INSERT TO aanchal_app WITH CHECK (
    (SELECT acting_is_system()) OR (by_id = (SELECT acting_user()) AND CASE
        WHEN user_id <> by_id THEN capacity IN ('WORKER', 'SUPERVISOR')
        WHEN capacity = 'GLASS' THEN until <= clock_timestamp() + interval '24 hours 1 minute' AND cases_within(case_id, 'case.supervise')
        WHEN referral_id IS NOT NULL THEN cases_may_accept(referral_id, case_id, capacity, sees_identity)
        ELSE cases_is_first(case_id) END));
CREATE POLICY cases_assignment_emergency ON cases_assignment FOR INSERT TO aanchal_app
    WITH CHECK (capacity = 'GLASS' AND user_id = (SELECT acting_user()) AND cases_within(case_id, 'case.supervise'));
CREATE POLICY cases_assignment_accepted ON cases_assignment FOR INSERT TO aanchal_app
    WITH CHECK (user_id = (SELECT acting_user()) AND cases_may_accept(referral_id, case_id, capacity, sees_identity));
-- One sees one's own assignments, ended ones too: so that an emergency of yesterday can be told from a case that never was.
CREATE POLICY cases_assignment_own ON cases_assignment FOR SELECT TO aanchal_app USING (user_id = (SELECT acting_user()));

-- An emergency is seen by who opened it and by the supervisors of the place, of whom another reviews it.
GRANT INSERT, UPDATE ON cases_emergency TO aanchal_app;
CREATE POLICY cases_emergency_review_read ON cases_emergency FOR SELECT TO aanchal_app
    USING (user_id = (SELECT acting_user()) OR place_no <@ (SELECT acting_scope('case.supervise')));
CREATE POLICY cases_emergency_open ON cases_emergency FOR INSERT TO aanchal_app WITH CHECK ((SELECT acting_is_system())
    OR (user_id = (SELECT acting_user()) AND verdict = '' AND place_no <@ (SELECT acting_scope('case.supervise'))
        AND cases_within(case_id, 'case.supervise') AND expires_at <= clock_timestamp() + interval '24 hours 1 minute'));
CREATE POLICY cases_emergency_review ON cases_emergency FOR UPDATE TO aanchal_app
    USING ((SELECT acting_is_system()) OR (place_no <@ (SELECT acting_scope('case.supervise')) AND user_id <> (SELECT acting_user())))
    WITH CHECK ((SELECT acting_is_system()) OR (reviewed_by_id = (SELECT acting_user()) AND user_id <> (SELECT acting_user())));

-- A mark of a name is for those who may know the name.
CREATE POLICY cases_mark_of_name ON cases_mark AS RESTRICTIVE FOR SELECT TO aanchal_app
    USING (kind <> 'NAME' OR (SELECT acting_is_system()) OR case_id = ANY ((SELECT cases_assigned('case.identity', 'NAMES'))::uuid[]));

-- To whom a referral is addressed sees and answers it before she may see the case.
CREATE POLICY cases_referral_to_me ON cases_referral FOR SELECT TO aanchal_app
    USING (receiver_id = (SELECT acting_user()) AND NOT isempty((SELECT acting_scope('case.read'))));
CREATE POLICY cases_referral_answer ON cases_referral FOR UPDATE TO aanchal_app
    USING (receiver_id = (SELECT acting_user()) AND NOT isempty((SELECT acting_scope('case.work'))))
    WITH CHECK (receiver_id = (SELECT acting_user()));

-- What a row is about never changes: no row moves to another case, no referral to another receiver.
CREATE FUNCTION cases_keeps() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
    one text;
BEGIN
    FOREACH one IN ARRAY TG_ARGV LOOP
        IF before -> one IS DISTINCT FROM after -> one THEN
            RAISE EXCEPTION '% of % never changes', one, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['caseidentity', 'mark', 'goal', 'casetask', 'sealedlink'] LOOP
        EXECUTE format('CREATE TRIGGER keeps BEFORE UPDATE ON cases_%s FOR EACH ROW EXECUTE FUNCTION cases_keeps(''case_id'', ''place_no'')', one);
    END LOOP;
END $$;
CREATE TRIGGER keeps BEFORE UPDATE ON cases_case FOR EACH ROW EXECUTE FUNCTION cases_keeps('id', 'code', 'place_no', 'opened_by_id', 'opened_at');
CREATE TRIGGER keeps BEFORE UPDATE ON cases_assignment
    FOR EACH ROW EXECUTE FUNCTION cases_keeps('case_id', 'place_no', 'user_id', 'capacity', 'sees_identity', 'since', 'by_id', 'referral_id');
CREATE TRIGGER keeps BEFORE UPDATE ON cases_emergency FOR EACH ROW EXECUTE FUNCTION cases_keeps('case_id', 'place_no', 'user_id', 'reason', 'expires_at');
CREATE TRIGGER keeps BEFORE UPDATE ON cases_caseconsent
    FOR EACH ROW EXECUTE FUNCTION cases_keeps('case_id', 'place_no', 'purpose', 'party', 'giver', 'given_on', 'until', 'recorded_by_id');
CREATE TRIGGER keeps BEFORE UPDATE ON cases_referral
    FOR EACH ROW EXECUTE FUNCTION cases_keeps('case_id', 'place_no', 'consent_id', 'receiver_id', 'is_transfer', 'with_identity', 'sent_by_id');
CREATE TRIGGER keeps BEFORE UPDATE ON cases_proposal FOR EACH ROW EXECUTE FUNCTION cases_keeps('case_id', 'place_no', 'kind', 'outcome', 'asked_by_id');

-- What was written of her is never changed; erasing takes the words, and with them their key.
CREATE FUNCTION cases_erases() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF to_jsonb(OLD) - '{sealed,wrapped_key}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{sealed,wrapped_key}'::text[] OR NEW.sealed IS NOT NULL THEN
        RAISE EXCEPTION '% is never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['event', 'assessment', 'caseservice', 'visit'] LOOP
        EXECUTE format('CREATE TRIGGER keeps BEFORE UPDATE ON cases_%s FOR EACH ROW EXECUTE FUNCTION cases_erases()', one);
    END LOOP;
END $$;

-- Whoever gives a referral back ends her own assignment; she lengthens none.
CREATE POLICY cases_assignment_leave ON cases_assignment FOR UPDATE TO aanchal_app
    USING (user_id = (SELECT acting_user())) WITH CHECK (user_id = (SELECT acting_user()) AND until <= clock_timestamp() + interval '1 minute');

-- Rules of retention are read by everybody; a new one is a new row, written by the installation.
ALTER TABLE cases_retentionrule ENABLE ROW LEVEL SECURITY;
CREATE POLICY retention_read ON cases_retentionrule FOR SELECT TO aanchal_app USING (true);
CREATE POLICY retention_insert ON cases_retentionrule FOR INSERT TO aanchal_app WITH CHECK ((SELECT acting_is_system()));
REVOKE UPDATE, DELETE, TRUNCATE ON cases_retentionrule FROM aanchal_app;
