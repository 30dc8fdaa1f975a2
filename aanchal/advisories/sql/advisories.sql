-- An advisory that was issued is read inside its place and above it; a draft only by who may issue there.
ALTER TABLE advisories_advisory ENABLE ROW LEVEL SECURITY;
CREATE POLICY advisory_read ON advisories_advisory FOR SELECT TO aanchal_app USING (
    (standing <> 'DRAFT' AND int8range(place_no, last_no, '[]') && (SELECT acting_scope('advisory.read')))
    OR int8range(place_no, last_no, '[]') <@ (SELECT acting_scope('advisory.issue')));
CREATE POLICY advisory_insert ON advisories_advisory FOR INSERT TO aanchal_app
    WITH CHECK (standing = 'DRAFT' AND int8range(place_no, last_no, '[]') <@ (SELECT acting_scope('advisory.issue')));
CREATE POLICY advisory_update ON advisories_advisory FOR UPDATE TO aanchal_app
    USING (int8range(place_no, last_no, '[]') <@ (SELECT acting_scope('advisory.issue')))
    WITH CHECK (int8range(place_no, last_no, '[]') <@ (SELECT acting_scope('advisory.issue')));
REVOKE DELETE, TRUNCATE, REFERENCES, TRIGGER ON advisories_advisory FROM aanchal_app;

-- Its directions are read with it, and change only while it is a draft.
ALTER TABLE advisories_direction ENABLE ROW LEVEL SECURITY;
CREATE POLICY direction_read ON advisories_direction FOR SELECT TO aanchal_app
    USING (EXISTS (SELECT FROM advisories_advisory a WHERE a.id = advisory_id));
CREATE POLICY direction_insert ON advisories_direction FOR INSERT TO aanchal_app
    WITH CHECK (EXISTS (SELECT FROM advisories_advisory a WHERE a.id = advisory_id AND a.standing = 'DRAFT' AND a.place_no = advisories_direction.place_no
        AND int8range(a.place_no, a.last_no, '[]') <@ (SELECT acting_scope('advisory.issue'))));
CREATE POLICY direction_delete ON advisories_direction FOR DELETE TO aanchal_app
    USING (EXISTS (SELECT FROM advisories_advisory a WHERE a.id = advisory_id AND a.standing = 'DRAFT'
        AND int8range(a.place_no, a.last_no, '[]') <@ (SELECT acting_scope('advisory.issue'))));
REVOKE UPDATE, TRUNCATE, REFERENCES, TRIGGER ON advisories_direction FROM aanchal_app;

-- A draft is issued by another than who made it, under their own name; what was issued is not rewritten.
CREATE FUNCTION advisories_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    payload jsonb := acting_payload();
    moved text[] := ARRAY['standing', 'withdrawn_words', 'issued_by_id', 'issued_at'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.made_by_id::text IS DISTINCT FROM payload ->> 'actor' THEN
            RAISE EXCEPTION 'a draft is made under one''s own name' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.standing = 'DRAFT' AND NEW.standing = 'ISSUED' AND NEW.issued_by_id::text IS DISTINCT FROM payload ->> 'actor'
        OR OLD.standing <> NEW.standing AND (OLD.standing, NEW.standing) NOT IN (('DRAFT', 'ISSUED'), ('ISSUED', 'SUPERSEDED'), ('ISSUED', 'WITHDRAWN'))
        OR to_jsonb(NEW) - moved <> to_jsonb(OLD) - moved THEN
        RAISE EXCEPTION 'not yours to change' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER advisory_is_guarded BEFORE INSERT OR UPDATE ON advisories_advisory FOR EACH ROW EXECUTE FUNCTION advisories_guard();

-- A task stays what it was made; its steps are taken by who may: answered by the post at the very place, decided by who follows.
CREATE FUNCTION advisories_task_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moved text[] := ARRAY['state', 'rung', 'changed_at'];
    asks text;
BEGIN
    IF to_jsonb(NEW) - moved <> to_jsonb(OLD) - moved THEN
        RAISE EXCEPTION 'a task stays what it was' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (acting_payload() ->> 'system')::boolean OR NEW.state = OLD.state AND NEW.rung = OLD.rung THEN
        RETURN NEW;
    END IF;
    SELECT t.permission INTO asks FROM (VALUES
        ('OPEN', 'ANSWERED', 'advisory.answer'), ('RETURNED', 'ANSWERED', 'advisory.answer'), ('ANSWERED', 'ACCEPTED', 'advisory.follow'),
        ('ANSWERED', 'RETURNED', 'advisory.follow'), ('OPEN', 'CANCELLED', 'advisory.issue'), ('RETURNED', 'CANCELLED', 'advisory.issue'),
        ('ANSWERED', 'CANCELLED', 'advisory.issue')
    ) t (a, b, permission) WHERE t.a = OLD.state AND t.b = NEW.state;
    IF asks IS NULL OR NOT NEW.place_no <@ acting_scope(asks) OR NEW.rung <> OLD.rung THEN
        RAISE EXCEPTION 'not yours to take further' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER advisories_task_is_guarded BEFORE UPDATE ON advisories_task FOR EACH ROW EXECUTE FUNCTION advisories_task_guard();

-- An answer is given under one's own name by who holds the unit's post there, and decided once by another.
CREATE FUNCTION advisories_answer_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    payload jsonb := acting_payload();
    decided text[] := ARRAY['decision', 'decided_by_id', 'decided_at', 'decide_words'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT (payload ->> 'system')::boolean AND (NEW.by_id::text IS DISTINCT FROM payload ->> 'actor' OR NOT EXISTS (
            SELECT FROM advisories_task t JOIN access_posting p ON p.place_id = t.place_id WHERE t.id = NEW.task_id AND t.place_no = NEW.place_no
                AND p.user_id = NEW.by_id AND p.since <= aanchal_today() AND (p.until IS NULL OR p.until >= aanchal_today())
                AND p.role = CASE t.unit WHEN 'STATE_POLICE' THEN 'nodal_officer' WHEN 'STATE_MISSION' THEN 'state_expert'
                    WHEN 'AHTU' THEN 'ahtu_officer' WHEN 'DISTRICT_MISSION' THEN 'district_manager'
                    WHEN 'BLOCK_MISSION' THEN 'block_officer' WHEN 'VILLAGE_ORGANISATION' THEN 'vo_leader' END)) THEN
            RAISE EXCEPTION 'not yours to answer' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.decision <> '' OR to_jsonb(NEW) - decided <> to_jsonb(OLD) - decided OR NEW.decided_by_id::text IS DISTINCT FROM payload ->> 'actor' THEN
        RAISE EXCEPTION 'an answer is decided once' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER advisories_answer_is_guarded BEFORE INSERT OR UPDATE ON advisories_answer FOR EACH ROW EXECUTE FUNCTION advisories_answer_guard();
