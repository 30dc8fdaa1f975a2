-- A run is a draft until it is submitted, and what was submitted never changes again, whoever asks. Of a draft, only the choice changes.
-- Through the application it is submitted by who prepares there and decided by who approves there, each under their own name.
CREATE FUNCTION selection_run_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    actor text := acting_payload() ->> 'actor';
    preparing text[] := ARRAY['chosen', 'status', 'submitted_at', 'submitted_by_id', 'submit_note'];
    deciding text[] := ARRAY['status', 'decided_at', 'decided_by_id', 'decide_note'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a selection run is kept for ever' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF current_user = 'aanchal_app' AND (NEW.status <> 'DRAFT' OR NEW.created_by_id::text IS DISTINCT FROM actor) THEN
            RAISE EXCEPTION 'a selection run begins as a draft of who makes it' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status = 'DRAFT' AND NEW.status IN ('DRAFT', 'SUBMITTED') AND to_jsonb(OLD) - preparing = to_jsonb(NEW) - preparing THEN
        IF NOT NEW.place_no <@ acting_scope('selection.prepare')
            OR (NEW.status = 'SUBMITTED' AND NEW.submitted_by_id::text IS DISTINCT FROM actor) THEN
            RAISE EXCEPTION 'not yours to submit' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status = 'SUBMITTED' AND NEW.status IN ('APPROVED', 'RETURNED') AND to_jsonb(OLD) - deciding = to_jsonb(NEW) - deciding THEN
        IF NOT NEW.place_no <@ acting_scope('selection.approve') OR NEW.decided_by_id::text IS DISTINCT FROM actor
            OR actor IN (OLD.submitted_by_id::text, OLD.created_by_id::text) THEN
            RAISE EXCEPTION 'not yours to decide' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a selection run that was submitted is kept as it was' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER selection_run_is_guarded BEFORE INSERT OR UPDATE OR DELETE ON selection_selectionrun
    FOR EACH ROW EXECUTE FUNCTION selection_run_guard();

-- Who decides need not be one who prepares.
CREATE POLICY selection_selectionrun_decide ON selection_selectionrun FOR UPDATE TO aanchal_app
    USING (place_no <@ (SELECT acting_scope('selection.approve'))) WITH CHECK (place_no <@ (SELECT acting_scope('selection.approve')));
