-- Heads and norms are read by everyone who works here; a state's own are written by who approves there, the shipped ones by the installation.
ALTER TABLE money_costhead ENABLE ROW LEVEL SECURITY;
CREATE POLICY cost_head_read ON money_costhead FOR SELECT TO aanchal_app, aanchal_counter USING (true);
CREATE POLICY cost_head_insert ON money_costhead FOR INSERT TO aanchal_app WITH CHECK (coalesce(place_no, 0) <@ (SELECT acting_scope('money.approve')));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON money_costhead FROM aanchal_app;

-- Every booking adds up to zero in the book of what is allowed and in the book of cash, and leaves nothing below zero: not a head in its district,
-- not a commitment, not an advance, not the bank. Runs as aanchal_counter, who sees every line whoever acts; at the end of the INSERT.
CREATE FUNCTION money_balanced() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    whole bigint;
    allowed bigint;
BEGIN
    SELECT sum(amount_paise), sum(amount_paise) FILTER (WHERE account IN ('APPROPRIATED', 'AVAILABLE', 'COMMITTED', 'SPENT'))
        INTO whole, allowed FROM money_line WHERE voucher_id = NEW.voucher_id;
    IF whole <> 0 OR coalesce(allowed, 0) <> 0 THEN
        RAISE EXCEPTION 'the lines of a voucher add up to zero' USING ERRCODE = 'check_violation', CONSTRAINT = 'money_voucher_adds_up';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM money_voucher v WHERE v.id = NEW.voucher_id AND v.budget_id = NEW.budget_id AND v.place_no = NEW.place_no
            AND (NEW.commitment_id IS NULL OR NEW.commitment_id = v.commitment_id) AND (NEW.advance_id IS NULL OR NEW.advance_id = v.advance_id)
    ) THEN
        RAISE EXCEPTION 'a line belongs to what its voucher belongs to' USING ERRCODE = 'check_violation', CONSTRAINT = 'money_line_of_its_voucher';
    END IF;
    IF NEW.account = 'AVAILABLE' AND NEW.amount_paise < 0 AND (
        SELECT sum(amount_paise) FROM money_line
        WHERE budget_id = NEW.budget_id AND account = 'AVAILABLE' AND head = NEW.head AND district_id IS NOT DISTINCT FROM NEW.district_id) < 0 THEN
        RAISE EXCEPTION 'beyond the head' USING ERRCODE = 'check_violation', CONSTRAINT = 'money_head_not_below_zero';
    END IF;
    IF NEW.account = 'COMMITTED' AND (NEW.commitment_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM money_commitment c WHERE c.id = NEW.commitment_id AND c.head = NEW.head AND c.district_id IS NOT DISTINCT FROM NEW.district_id)
        OR (SELECT sum(amount_paise) FROM money_line WHERE commitment_id = NEW.commitment_id AND account = 'COMMITTED') < 0) THEN
        RAISE EXCEPTION 'beyond the commitment' USING ERRCODE = 'check_violation', CONSTRAINT = 'money_commitment_not_below_zero';
    END IF;
    IF NEW.account = 'ADVANCES' AND (NEW.advance_id IS NULL
        OR (SELECT sum(amount_paise) FROM money_line WHERE advance_id = NEW.advance_id AND account = 'ADVANCES') < 0) THEN
        RAISE EXCEPTION 'beyond the advance' USING ERRCODE = 'check_violation', CONSTRAINT = 'money_advance_not_below_zero';
    END IF;
    IF NEW.account = 'BANK' AND NEW.amount_paise < 0 AND (
        SELECT sum(amount_paise) FROM money_line WHERE budget_id = NEW.budget_id AND account = 'BANK') < 0 THEN
        RAISE EXCEPTION 'more than is in the bank' USING ERRCODE = 'check_violation', CONSTRAINT = 'money_bank_not_below_zero';
    END IF;
    RETURN NULL;
END $$;
ALTER FUNCTION money_balanced() OWNER TO aanchal_counter;
CREATE CONSTRAINT TRIGGER money_line_balanced AFTER INSERT ON money_line FOR EACH ROW EXECUTE FUNCTION money_balanced();

-- Nothing is booked outside a budget in force, in a certified period, or by one who may not: what was decided is booked by who approves, the rest by who records.
CREATE FUNCTION money_voucher_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user = 'aanchal_app' AND NOT NEW.place_no <@ acting_scope(CASE WHEN NEW.kind IN ('APPROVAL', 'MOVE') THEN 'money.approve' ELSE 'money.record' END) THEN
        RAISE EXCEPTION 'not yours to book' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM money_budget b WHERE b.id = NEW.budget_id AND b.standing = 'IN_FORCE' AND b.place_no = NEW.place_no) THEN
        RAISE EXCEPTION 'the budget is not in force' USING ERRCODE = 'check_violation', CONSTRAINT = 'money_voucher_of_budget_in_force';
    END IF;
    IF EXISTS (SELECT 1 FROM money_certificate c WHERE c.budget_id = NEW.budget_id AND c.standing = 'SIGNED' AND NEW."on" BETWEEN c.from_on AND c.until_on) THEN
        RAISE EXCEPTION 'the period is certified' USING ERRCODE = 'check_violation', CONSTRAINT = 'money_period_locked';
    END IF;
    IF NEW.kind = 'MOVE' AND NOT EXISTS (SELECT 1 FROM money_reappropriation m WHERE m.id = NEW.move_id AND m.standing = 'APPROVED') THEN
        RAISE EXCEPTION 'not approved' USING ERRCODE = 'check_violation', CONSTRAINT = 'money_move_approved';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER money_voucher_is_guarded BEFORE INSERT ON money_voucher FOR EACH ROW EXECUTE FUNCTION money_voucher_guard();

-- Made by one, decided by another, each under their own name; what was decided never changes again.
CREATE FUNCTION money_decision_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    payload jsonb := acting_payload();
    told jsonb := to_jsonb(NEW);
    decided text[] := ARRAY['IN_FORCE', 'RETURNED', 'APPROVED', 'REFUSED', 'SIGNED'];
    deciding text[] := ARRAY['standing', 'decided_by_id', 'decided_at', 'decide_note'];
BEGIN
    IF current_user <> 'aanchal_app' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.standing NOT IN ('DRAFT', 'SUBMITTED') OR (NOT (payload ->> 'system')::boolean AND NEW.made_by_id::text IS DISTINCT FROM payload ->> 'actor') THEN
            RAISE EXCEPTION 'it begins undecided, under the name of who makes it' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.standing = ANY (decided) AND OLD.standing <> 'RETURNED' THEN
        RAISE EXCEPTION 'what was decided stays' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.standing = ANY (decided) AND NEW.standing <> OLD.standing THEN
        IF to_jsonb(OLD) - deciding <> told - deciding OR NOT NEW.place_no <@ acting_scope('money.approve') OR OLD.standing <> 'SUBMITTED'
            OR NOT (payload ->> 'system')::boolean AND (NEW.decided_by_id::text IS DISTINCT FROM payload ->> 'actor'
                OR payload ->> 'actor' IN (told ->> 'made_by_id', told ->> 'submitted_by_id')) THEN
            RAISE EXCEPTION 'not yours to decide' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT NEW.place_no <@ acting_scope('money.record') THEN
        RAISE EXCEPTION 'not yours to change' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER money_budget_is_guarded BEFORE INSERT OR UPDATE ON money_budget FOR EACH ROW EXECUTE FUNCTION money_decision_guard();
CREATE TRIGGER money_move_is_guarded BEFORE INSERT OR UPDATE ON money_reappropriation FOR EACH ROW EXECUTE FUNCTION money_decision_guard();
CREATE TRIGGER money_certificate_is_guarded BEFORE INSERT OR UPDATE ON money_certificate FOR EACH ROW EXECUTE FUNCTION money_decision_guard();

-- A plan changes only while its budget is a draft.
CREATE FUNCTION money_plan_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM money_budget b WHERE b.id = NEW.budget_id AND b.standing IN ('DRAFT', 'RETURNED') AND b.place_no = NEW.place_no)
        OR (TG_OP = 'UPDATE' AND OLD.budget_id <> NEW.budget_id) THEN
        RAISE EXCEPTION 'the plan was submitted' USING ERRCODE = 'check_violation', CONSTRAINT = 'money_plan_of_a_draft';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER money_plan_is_guarded BEFORE INSERT OR UPDATE ON money_budgetline FOR EACH ROW EXECUTE FUNCTION money_plan_guard();

-- All certificates of a budget together say no more than was released.
CREATE FUNCTION money_certified() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (SELECT sum(amount_paise) FROM money_certificate WHERE budget_id = NEW.budget_id AND standing <> 'REFUSED')
        > (SELECT coalesce(-sum(amount_paise), 0) FROM money_line WHERE budget_id = NEW.budget_id AND account = 'RELEASES') THEN
        RAISE EXCEPTION 'above the release' USING ERRCODE = 'check_violation', CONSTRAINT = 'money_certificate_above_release';
    END IF;
    RETURN NULL;
END $$;
ALTER FUNCTION money_certified() OWNER TO aanchal_counter;
CREATE CONSTRAINT TRIGGER money_certificate_within_release AFTER INSERT OR UPDATE ON money_certificate FOR EACH ROW EXECUTE FUNCTION money_certified();

-- Nobody changes what was booked, not even the owner by a slip.
CREATE FUNCTION money_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION '% is never changed: it is reversed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER money_line_stays BEFORE UPDATE OR DELETE ON money_line FOR EACH ROW EXECUTE FUNCTION money_stays();
CREATE TRIGGER money_voucher_stays BEFORE UPDATE OR DELETE ON money_voucher FOR EACH ROW EXECUTE FUNCTION money_stays();
CREATE TRIGGER money_commitment_stays BEFORE UPDATE OR DELETE ON money_commitment FOR EACH ROW EXECUTE FUNCTION money_stays();
CREATE TRIGGER money_advance_stays BEFORE UPDATE OR DELETE ON money_advance FOR EACH ROW EXECUTE FUNCTION money_stays();
