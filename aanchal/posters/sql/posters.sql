-- A notice begins under the name of who asks for it, is decided once under another's, and what it says is never changed.
CREATE FUNCTION posters_poster_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    actor text := acting_payload() ->> 'actor';
    decided text[] := ARRAY['state', 'decided_by_id', 'decided_at', 'decide_words'];
    ended text[] := ARRAY['state', 'ended_at', 'ended_by_id', 'end'];
    moved text[] := ARRAY['until', 'entry_id'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'PROPOSED' OR NEW.proposed_by_id::text IS DISTINCT FROM actor THEN
            RAISE EXCEPTION 'a notice begins with who asks for it' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'PROPOSED' AND NEW.state IN ('RELEASED', 'RETURNED') AND NEW.decided_by_id::text IS NOT DISTINCT FROM actor
        AND actor IS DISTINCT FROM OLD.proposed_by_id::text AND NEW.place_no <@ acting_scope('poster.release')
        AND to_jsonb(NEW) - decided = to_jsonb(OLD) - decided THEN
        RETURN NEW;
    END IF;
    IF OLD.state IN ('PROPOSED', 'RELEASED') AND NEW.state = 'ENDED' AND NEW.ended_by_id::text IS NOT DISTINCT FROM actor
        AND to_jsonb(NEW) - ended = to_jsonb(OLD) - ended THEN
        RETURN NEW;
    END IF;
    IF OLD.state IN ('PROPOSED', 'RELEASED') AND NEW.state = OLD.state AND to_jsonb(NEW) - moved = to_jsonb(OLD) - moved THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a notice is not rewritten' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER posters_poster_is_guarded BEFORE INSERT OR UPDATE ON posters_poster
    FOR EACH ROW EXECUTE FUNCTION posters_poster_guard();

-- What everyone reads: only while its day lasts, whoever forgets to take it down. Written by the release, deleted by whatever ends it.
ALTER TABLE posters_openposter ENABLE ROW LEVEL SECURITY;
CREATE POLICY posters_openposter_public ON posters_openposter FOR SELECT TO aanchal_public
    USING (until >= (now() AT TIME ZONE 'Asia/Kolkata')::date);
CREATE POLICY posters_openposter_read ON posters_openposter FOR SELECT TO aanchal_app USING (true);
CREATE POLICY posters_openposter_insert ON posters_openposter FOR INSERT TO aanchal_app
    WITH CHECK (EXISTS (SELECT FROM posters_poster p WHERE p.id = posters_openposter.id AND p.state = 'RELEASED'
        AND p.place_no <@ (SELECT acting_scope('poster.release'))));
CREATE POLICY posters_openposter_update ON posters_openposter FOR UPDATE TO aanchal_app
    USING (EXISTS (SELECT FROM posters_poster p WHERE p.id = posters_openposter.id AND p.place_no <@ (SELECT acting_scope('poster.propose'))))
    WITH CHECK (EXISTS (SELECT FROM posters_poster p WHERE p.id = posters_openposter.id AND p.state = 'RELEASED' AND p.until = posters_openposter.until));
CREATE POLICY posters_openposter_delete ON posters_openposter FOR DELETE TO aanchal_app
    USING (EXISTS (SELECT FROM posters_poster p WHERE p.id = posters_openposter.id AND p.state = 'ENDED'));
REVOKE UPDATE, TRUNCATE, REFERENCES, TRIGGER ON posters_openposter FROM aanchal_app;
GRANT UPDATE (until) ON posters_openposter TO aanchal_app;
GRANT SELECT ON posters_openposter TO aanchal_public;
