-- The federation is kept at the panchayat or the block, the families that ask it live in villages below. Who reads the funds of an organisation
-- knows those it belongs to and their funds; of their ledger she reads the bookings of loans that she may read, and nothing of others.
CREATE FUNCTION benefits_cbos_above() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT above), '{}') FROM (
        SELECT unnest(ARRAY[c.parent_id, p.parent_id]) AS above FROM benefits_cbo c JOIN benefits_cbo p ON p.id = c.parent_id
        WHERE c.place_no >= (SELECT acting_low('fund.read')) AND c.place_no <= (SELECT acting_high('fund.read'))
            AND c.place_no <@ (SELECT acting_scope('fund.read'))
    ) found WHERE above IS NOT NULL
$$;
ALTER FUNCTION benefits_cbos_above() OWNER TO aanchal_counter;
CREATE POLICY benefits_cbo_above ON benefits_cbo FOR SELECT TO aanchal_app USING (id = ANY ((SELECT benefits_cbos_above())::uuid[]));
CREATE POLICY benefits_fund_above ON benefits_fund FOR SELECT TO aanchal_app USING (cbo_id = ANY ((SELECT benefits_cbos_above())::uuid[]));
CREATE POLICY benefits_voucher_of_loan ON benefits_voucher FOR SELECT TO aanchal_app
    USING (EXISTS (SELECT 1 FROM benefits_loan l WHERE l.id = loan_id AND l.place_no <@ (SELECT acting_scope('fund.read'))));
CREATE POLICY benefits_line_of_loan ON benefits_line FOR SELECT TO aanchal_app
    USING (EXISTS (SELECT 1 FROM benefits_loan l WHERE l.id = loan_id AND l.place_no <@ (SELECT acting_scope('fund.read'))));

-- A state's norms are read by everyone who works here, and written by who edits its schemes.
ALTER TABLE benefits_fundnorm ENABLE ROW LEVEL SECURITY;
CREATE POLICY norm_read ON benefits_fundnorm FOR SELECT TO aanchal_app, aanchal_counter USING (true);
CREATE POLICY norm_insert ON benefits_fundnorm FOR INSERT TO aanchal_app WITH CHECK (EXISTS (
    SELECT 1 FROM places_place p WHERE p.id = place_id AND p.place_no = benefits_fundnorm.place_no
        AND int8range(p.place_no, p.last_no, '[]') <@ (SELECT acting_scope('scheme.edit'))));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON benefits_fundnorm FROM aanchal_app;
CREATE TRIGGER premium_stays BEFORE UPDATE OR DELETE ON benefits_premium FOR EACH ROW EXECUTE FUNCTION benefits_stays();
