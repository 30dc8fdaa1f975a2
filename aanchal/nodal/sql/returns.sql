-- Editions, their heads, calls and what NCRB printed hold nothing of a State that is not public: whoever works here reads them.
ALTER TABLE nodal_call ENABLE ROW LEVEL SECURITY;
CREATE POLICY call_read ON nodal_call FOR SELECT TO aanchal_app, aanchal_counter USING (true);
CREATE POLICY call_insert ON nodal_call FOR INSERT TO aanchal_app WITH CHECK ((SELECT p.place_no FROM places_place p WHERE p.level = 'NATION') <@ (SELECT acting_scope('return.accept')));
ALTER TABLE nodal_published ENABLE ROW LEVEL SECURITY;
CREATE POLICY published_read ON nodal_published FOR SELECT TO aanchal_app, aanchal_counter USING (true);
CREATE POLICY published_insert ON nodal_published FOR INSERT TO aanchal_app WITH CHECK ((SELECT acting_is_system()));
CREATE POLICY published_delete ON nodal_published FOR DELETE TO aanchal_app USING ((SELECT acting_is_system()));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON nodal_call FROM aanchal_app;
REVOKE UPDATE, TRUNCATE, REFERENCES, TRIGGER ON nodal_published FROM aanchal_app;
ALTER TABLE nodal_edition ENABLE ROW LEVEL SECURITY;
CREATE POLICY edition_read ON nodal_edition FOR SELECT TO aanchal_app, aanchal_counter USING (true);
CREATE POLICY edition_insert ON nodal_edition FOR INSERT TO aanchal_app WITH CHECK ((SELECT acting_is_system()));
ALTER TABLE nodal_head ENABLE ROW LEVEL SECURITY;
CREATE POLICY head_read ON nodal_head FOR SELECT TO aanchal_app, aanchal_counter USING (true);
CREATE POLICY head_insert ON nodal_head FOR INSERT TO aanchal_app WITH CHECK ((SELECT acting_is_system()));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON nodal_edition, nodal_head FROM aanchal_app;
GRANT SELECT ON nodal_call, nodal_published, nodal_edition, nodal_head TO aanchal_counter;

-- A return moves as rules.TRANSITIONS says, by who may, under their own name, never by who made it; it keeps its State, period and version.
CREATE FUNCTION nodal_return_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    payload jsonb := acting_payload();
    is_system boolean := (payload ->> 'system')::boolean;
    actor text := payload ->> 'actor';
    before nodal_return%ROWTYPE;
    told jsonb := to_jsonb(NEW);
    asks text;
    who text;
BEGIN
    IF current_user <> 'aanchal_app' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.standing <> 'DRAFT' OR NOT is_system AND NEW.made_by_id::text IS DISTINCT FROM actor
            OR num_nonnulls(NEW.submitted_by_id, NEW.approved_by_id, NEW.accepted_by_id, NEW.locked_by_id) > 0 THEN
            RAISE EXCEPTION 'it begins as a draft, under the name of who makes it' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF NOT EXISTS (SELECT 1 FROM places_place p WHERE p.id = NEW.place_id AND p.place_no = NEW.place_no AND p.level = 'STATE') THEN
            RAISE EXCEPTION 'a return is of a State' USING ERRCODE = 'check_violation', CONSTRAINT = 'return_of_a_state';
        END IF;
        IF NEW.amends_id IS NOT NULL THEN
            SELECT * INTO before FROM nodal_return r WHERE r.id = NEW.amends_id;
            IF before.standing IS DISTINCT FROM 'LOCKED' OR before.call_id <> NEW.call_id OR before.place_id <> NEW.place_id
                OR before.version + 1 <> NEW.version THEN
                RAISE EXCEPTION 'it amends a locked return of its own' USING ERRCODE = 'check_violation', CONSTRAINT = 'return_amends_a_locked_one';
            END IF;
        END IF;
        RETURN NEW;
    END IF;
    IF told - ARRAY['standing', 'submitted_by_id', 'submitted_at', 'approved_by_id', 'approved_at', 'accepted_by_id', 'accepted_at', 'locked_by_id', 'locked_at']
        <> to_jsonb(OLD) - ARRAY['standing', 'submitted_by_id', 'submitted_at', 'approved_by_id', 'approved_at', 'accepted_by_id', 'accepted_at', 'locked_by_id', 'locked_at'] THEN
        RAISE EXCEPTION 'a return keeps its State, period and version' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT t.permission, t.name INTO asks, who FROM (VALUES
        ('DRAFT', 'SUBMITTED', 'return.record', 'submitted_by_id'), ('QUERIED', 'SUBMITTED', 'return.record', 'submitted_by_id'),
        ('SUBMITTED', 'QUERIED', 'return.approve', NULL), ('SUBMITTED', 'APPROVED', 'return.approve', 'approved_by_id'),
        ('APPROVED', 'QUERIED', 'return.accept', NULL), ('APPROVED', 'ACCEPTED', 'return.accept', 'accepted_by_id'),
        ('ACCEPTED', 'LOCKED', 'return.accept', 'locked_by_id'), ('LOCKED', 'AMENDED', 'return.accept', NULL)
    ) t (a, b, permission, name) WHERE t.a = OLD.standing AND t.b = NEW.standing;
    IF asks IS NULL OR NOT NEW.place_no <@ acting_scope(asks) OR NOT is_system AND who IS NOT NULL AND told ->> who IS DISTINCT FROM actor
        OR NOT is_system AND NEW.standing = 'APPROVED' AND actor IN (told ->> 'made_by_id', told ->> 'submitted_by_id')
        OR NOT is_system AND NEW.standing = 'ACCEPTED' AND actor IN (told ->> 'made_by_id', told ->> 'submitted_by_id', told ->> 'approved_by_id') THEN
        RAISE EXCEPTION 'not yours to take further' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.standing = 'AMENDED' AND NOT EXISTS (SELECT 1 FROM nodal_return r WHERE r.amends_id = NEW.id AND r.standing = 'ACCEPTED') THEN
        RAISE EXCEPTION 'nothing takes its place' USING ERRCODE = 'check_violation', CONSTRAINT = 'return_replaced_by_its_amendment';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nodal_return_is_guarded BEFORE INSERT OR UPDATE ON nodal_return FOR EACH ROW EXECUTE FUNCTION nodal_return_guard();

-- Figures, explanations and sheets are written only while their return is in its writer's hands.
CREATE FUNCTION nodal_figure_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        told := OLD;
    ELSE
        told := NEW;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM nodal_return r WHERE r.id = told.of_id AND r.place_no = told.place_no AND r.standing IN ('DRAFT', 'QUERIED'))
        OR TG_OP = 'UPDATE' AND NEW.of_id <> OLD.of_id THEN
        RAISE EXCEPTION 'the return is out of its writer''s hands' USING ERRCODE = 'check_violation', CONSTRAINT = 'figure_of_an_open_return';
    END IF;
    RETURN told;
END $$;
CREATE TRIGGER nodal_figure_is_guarded BEFORE INSERT OR UPDATE OR DELETE ON nodal_figure FOR EACH ROW EXECUTE FUNCTION nodal_figure_guard();
CREATE TRIGGER nodal_explanation_is_guarded BEFORE INSERT OR UPDATE OR DELETE ON nodal_explanation FOR EACH ROW EXECUTE FUNCTION nodal_figure_guard();
CREATE TRIGGER nodal_upload_is_guarded BEFORE INSERT ON nodal_upload FOR EACH ROW EXECUTE FUNCTION nodal_figure_guard();

-- A figure is told by a head of the edition its call asks by, and of a district of its own State.
CREATE FUNCTION nodal_figure_fits() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM nodal_return r JOIN nodal_call c ON c.id = r.call_id JOIN nodal_head h ON h.edition_id = c.edition_id
            WHERE r.id = NEW.of_id AND h.id = NEW.head_id)
        OR NEW.district_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM nodal_return r JOIN places_place p ON p.state_id = r.place_id
            WHERE r.id = NEW.of_id AND p.id = NEW.district_id AND p.level = 'DISTRICT') THEN
        RAISE EXCEPTION 'no head or district of this return' USING ERRCODE = 'check_violation', CONSTRAINT = 'figure_fits_its_return';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER nodal_figure_fits AFTER INSERT OR UPDATE ON nodal_figure FOR EACH ROW EXECUTE FUNCTION nodal_figure_fits();
