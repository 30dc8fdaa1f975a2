-- A certificate is submitted by the State under its own name, never above what was released; accepted or returned by the Nodal Cell, never by who submitted it.
CREATE FUNCTION nodal_use_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    payload jsonb := acting_payload();
    is_system boolean := (payload ->> 'system')::boolean;
    actor text := payload ->> 'actor';
BEGIN
    IF current_user <> 'aanchal_app' THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.release_id::text, 51));
    IF NOT EXISTS (SELECT 1 FROM nodal_release r WHERE r.id = NEW.release_id AND r.place_no = NEW.place_no)
        OR TG_OP = 'UPDATE' AND (NEW.release_id <> OLD.release_id OR NEW.place_no <> OLD.place_no OR OLD.standing = 'ACCEPTED') THEN
        RAISE EXCEPTION 'of its own release, and kept as it was accepted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.standing = 'ASKED' AND (TG_OP = 'UPDATE' AND OLD.standing <> 'ASKED' OR NOT NEW.place_no <@ acting_scope('return.accept'))
        OR NEW.standing = 'SUBMITTED' AND (NOT NEW.place_no <@ acting_scope('return.record') OR NOT is_system AND NEW.submitted_by_id::text IS DISTINCT FROM actor
            OR TG_OP = 'UPDATE' AND OLD.standing NOT IN ('ASKED', 'RETURNED'))
        OR NEW.standing IN ('ACCEPTED', 'RETURNED') AND (TG_OP = 'INSERT' OR OLD.standing <> 'SUBMITTED' OR NOT NEW.place_no <@ acting_scope('return.accept')
            OR NEW.amount_paise <> OLD.amount_paise OR NEW.submitted_by_id IS DISTINCT FROM OLD.submitted_by_id
            OR NOT is_system AND (NEW.decided_by_id::text IS DISTINCT FROM actor OR actor = OLD.submitted_by_id::text)) THEN
        RAISE EXCEPTION 'not yours to take further' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.standing IN ('SUBMITTED', 'ACCEPTED') AND NEW.amount_paise + (SELECT coalesce(sum(u.amount_paise), 0) FROM nodal_use u
            WHERE u.release_id = NEW.release_id AND u.id <> NEW.id AND u.standing IN ('SUBMITTED', 'ACCEPTED'))
        > (SELECT r.amount_paise FROM nodal_release r WHERE r.id = NEW.release_id) THEN
        RAISE EXCEPTION 'more than was released' USING ERRCODE = 'check_violation', CONSTRAINT = 'use_within_its_release';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nodal_use_is_guarded BEFORE INSERT OR UPDATE ON nodal_use FOR EACH ROW EXECUTE FUNCTION nodal_use_guard();

-- A unit stays where it is, and what was sanctioned or released is of a State.
CREATE FUNCTION nodal_unit_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.place_no <> OLD.place_no OR NEW.state_id <> OLD.state_id OR NEW.organisation_id <> OLD.organisation_id)
        OR NOT EXISTS (SELECT 1 FROM places_place p WHERE p.id = NEW.place_id AND p.place_no = NEW.place_no AND coalesce(p.state_id, p.id) = NEW.state_id) THEN
        RAISE EXCEPTION 'a unit stays in its State' USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nodal_unit_is_guarded BEFORE INSERT OR UPDATE ON nodal_unit FOR EACH ROW EXECUTE FUNCTION nodal_unit_guard();

-- Which steps of reminding were taken: the program's own notes.
ALTER TABLE nodal_reminded ENABLE ROW LEVEL SECURITY;
CREATE POLICY reminded_read ON nodal_reminded FOR SELECT TO aanchal_app USING ((SELECT acting_is_system()));
CREATE POLICY reminded_insert ON nodal_reminded FOR INSERT TO aanchal_app WITH CHECK ((SELECT acting_is_system()));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON nodal_reminded FROM aanchal_app;

-- The units of the directory, for who reads the returns there: name and telephone of the office. Runs as aanchal_counter.
CREATE FUNCTION nodal_ahtus(low bigint, high bigint) RETURNS TABLE (id uuid, name text, phone text, place_no bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.id, s.name::text, s.phone::text, s.place_no FROM network_stakeholder s
    WHERE s.kind = 'AHTU' AND s.standing = 'LIVE' AND s.place_no BETWEEN low AND high AND s.place_no <@ (SELECT acting_scope('return.read'))
$$;
ALTER FUNCTION nodal_ahtus(bigint, bigint) OWNER TO aanchal_counter;

-- A unit that the directory does not know enters it with the scheme.
CREATE POLICY network_stakeholder_ahtu_insert ON network_stakeholder FOR INSERT TO aanchal_app
    WITH CHECK (kind = 'AHTU' AND place_no <@ (SELECT acting_scope('return.record')));
