-- Where her name goes along with a referral, her consent to that must live too; the access ends with whichever of the two ends first.
CREATE OR REPLACE FUNCTION cases_may_accept(one uuid, of_case uuid, as_what text, names boolean) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM cases_referral r JOIN cases_caseconsent c ON c.id = r.consent_id
        WHERE r.id = one AND r.case_id = of_case AND r.receiver_id = acting_user() AND r.state IN ('SENT', 'ACCEPTED')
            AND c.withdrawn_at IS NULL AND c.until >= aanchal_today()
            AND as_what = CASE WHEN r.is_transfer THEN 'WORKER' ELSE 'REFERRED' END AND names = r.with_identity
            AND (NOT r.with_identity OR EXISTS (
                SELECT 1 FROM cases_caseconsent n WHERE n.case_id = r.case_id AND n.purpose = 'IDENTITY' AND n.party IN ('', r.party)
                    AND n.withdrawn_at IS NULL AND aanchal_today() BETWEEN n.given_on AND n.until)))
$$;
CREATE OR REPLACE FUNCTION cases_consent_ends(one uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN r.with_identity THEN least(c.until, (
            SELECT max(n.until) FROM cases_caseconsent n WHERE n.case_id = r.case_id AND n.purpose = 'IDENTITY' AND n.party IN ('', r.party)
                AND n.withdrawn_at IS NULL)) ELSE c.until END
    FROM cases_referral r JOIN cases_caseconsent c ON c.id = r.consent_id WHERE r.id = one AND r.receiver_id = acting_user()
$$;
