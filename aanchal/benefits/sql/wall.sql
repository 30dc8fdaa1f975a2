-- Schemes are read by everyone who works here: nothing there is of a person. A state's staff writes its own versions, the installation the nation's.
ALTER TABLE benefits_schemeversion ENABLE ROW LEVEL SECURITY;
CREATE POLICY scheme_read ON benefits_schemeversion FOR SELECT TO aanchal_app, aanchal_counter USING (true);
CREATE POLICY scheme_insert ON benefits_schemeversion FOR INSERT TO aanchal_app WITH CHECK (coalesce(place_no, 0) <@ (SELECT acting_scope('scheme.edit')));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON benefits_schemeversion FROM aanchal_app;

-- What rests on private answers (legal aid, compensation, a shelter) is seen only by who may know the reasons: not by a village leader.
CREATE POLICY entitlement_private ON benefits_entitlement AS RESTRICTIVE FOR SELECT TO aanchal_app
    USING (NOT is_private OR place_no <@ (SELECT acting_scope('risk.reasons')));
CREATE POLICY step_private ON benefits_step AS RESTRICTIVE FOR SELECT TO aanchal_app
    USING (NOT is_private OR place_no <@ (SELECT acting_scope('risk.reasons')));
CREATE POLICY service_private ON benefits_service AS RESTRICTIVE FOR SELECT TO aanchal_app
    USING (NOT is_private OR place_no <@ (SELECT acting_scope('risk.reasons')));

-- A booking adds up to zero, belongs to one fund and loan, and takes no more from the bank than is in it, nor more off a loan than is owed.
-- Runs as aanchal_counter, who sees every line whoever acts.
CREATE FUNCTION benefits_balanced() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM benefits_line l WHERE l.voucher_id IN (SELECT voucher_id FROM added)
        GROUP BY l.voucher_id HAVING sum(l.amount_paise) <> 0 OR count(*) < 2
    ) THEN
        RAISE EXCEPTION 'the lines of a voucher must add up to zero' USING ERRCODE = 'check_violation', CONSTRAINT = 'voucher_adds_up_to_zero';
    END IF;
    IF EXISTS (
        SELECT 1 FROM added a JOIN benefits_voucher v ON v.id = a.voucher_id
        WHERE a.fund_id <> v.fund_id OR a.loan_id IS DISTINCT FROM v.loan_id OR a.place_no <> v.place_no
    ) THEN
        RAISE EXCEPTION 'a line belongs to the fund and the loan of its voucher' USING ERRCODE = 'check_violation', CONSTRAINT = 'line_of_its_voucher';
    END IF;
    IF EXISTS (
        SELECT 1 FROM added a JOIN benefits_voucher v ON v.id = a.voucher_id AND v.reverses_id IS NOT NULL
        WHERE NOT EXISTS (SELECT 1 FROM benefits_line b WHERE b.voucher_id = v.reverses_id AND b.account = a.account AND b.amount_paise = -a.amount_paise)
    ) THEN
        RAISE EXCEPTION 'a reversal turns every line of what it reverses' USING ERRCODE = 'check_violation', CONSTRAINT = 'reversal_turns_every_line';
    END IF;
    IF EXISTS (
        SELECT 1 FROM benefits_line l WHERE l.fund_id IN (SELECT fund_id FROM added) AND l.account = 'BANK' GROUP BY l.fund_id HAVING sum(l.amount_paise) < 0
    ) THEN
        RAISE EXCEPTION 'more than is in the bank' USING ERRCODE = 'check_violation', CONSTRAINT = 'bank_not_below_zero';
    END IF;
    IF EXISTS (
        SELECT 1 FROM benefits_line l WHERE l.loan_id IN (SELECT loan_id FROM added) AND l.account = 'LOANS' GROUP BY l.loan_id HAVING sum(l.amount_paise) < 0
    ) THEN
        RAISE EXCEPTION 'more than is owed' USING ERRCODE = 'check_violation', CONSTRAINT = 'loan_not_below_zero';
    END IF;
    RETURN NULL;
END $$;
ALTER FUNCTION benefits_balanced() OWNER TO aanchal_counter;
CREATE TRIGGER line_balanced AFTER INSERT ON benefits_line REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION benefits_balanced();

-- Nobody changes what was booked or noted, not even the owner by a slip.
CREATE FUNCTION benefits_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION '% is never changed: it is reversed or followed by another', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER line_stays BEFORE UPDATE OR DELETE ON benefits_line FOR EACH ROW EXECUTE FUNCTION benefits_stays();
CREATE TRIGGER voucher_stays BEFORE UPDATE OR DELETE ON benefits_voucher FOR EACH ROW EXECUTE FUNCTION benefits_stays();
CREATE TRIGGER service_stays BEFORE UPDATE OR DELETE ON benefits_service FOR EACH ROW EXECUTE FUNCTION benefits_stays();
CREATE TRIGGER step_stays BEFORE UPDATE OR DELETE ON benefits_step FOR EACH ROW EXECUTE FUNCTION benefits_stays();
