-- Counts and figures are read by who may read counts of the place; a small one only by who may open the lists there. The program writes.
DO $$
DECLARE one text; told text;
BEGIN
    FOR one, told IN VALUES
        ('insight_counted', 'place_no <@ (SELECT acting_scope(''count.read'')) AND (n >= 11 OR place_no <@ (SELECT acting_scope(''entry.read'')))'),
        ('insight_figure', 'place_no <@ (SELECT acting_scope(''count.read'')) AND (place_no <@ (SELECT acting_scope(''entry.read'')) OR ((numerator = 0 OR numerator >= 11) AND (denominator IS NULL OR denominator = numerator OR denominator - numerator >= 11)))'),
        ('insight_attention', 'place_no <@ (SELECT acting_scope(''count.read''))'),
        ('insight_heldtable', '(SELECT acting_is_system())')
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('CREATE POLICY %I ON %I FOR SELECT TO aanchal_app USING ((SELECT acting_is_system()) OR (%s))', one || '_read', one, told);
        EXECUTE format('CREATE POLICY %I ON %I FOR INSERT TO aanchal_app WITH CHECK ((SELECT acting_is_system()))', one || '_insert', one);
        EXECUTE format('CREATE POLICY %I ON %I FOR DELETE TO aanchal_app USING ((SELECT acting_is_system()))', one || '_delete', one);
        EXECUTE format('REVOKE UPDATE, TRUNCATE, REFERENCES, TRIGGER ON %I FROM aanchal_app', one);
    END LOOP;
END $$;

ALTER TABLE insight_heldtable FORCE ROW LEVEL SECURITY;

-- What went out is the public's: read by everyone, written once by who approves, changed by nobody.
ALTER TABLE insight_released ENABLE ROW LEVEL SECURITY;
ALTER TABLE insight_releasedrow ENABLE ROW LEVEL SECURITY;
CREATE POLICY released_read ON insight_released FOR SELECT TO aanchal_app, aanchal_public USING (true);
CREATE POLICY releasedrow_read ON insight_releasedrow FOR SELECT TO aanchal_app, aanchal_public USING (true);
CREATE POLICY released_insert ON insight_released FOR INSERT TO aanchal_app
    WITH CHECK (EXISTS (SELECT FROM insight_release r WHERE r.id = insight_released.id AND r.standing = 'PUBLISHED'
        AND r.place_no <@ (SELECT acting_scope('release.approve'))));
CREATE POLICY releasedrow_insert ON insight_releasedrow FOR INSERT TO aanchal_app
    WITH CHECK (EXISTS (SELECT FROM insight_release r WHERE r.id = release_id AND r.standing = 'PUBLISHED'
        AND r.place_no <@ (SELECT acting_scope('release.approve'))));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON insight_released, insight_releasedrow FROM aanchal_app;
GRANT SELECT ON insight_released, insight_releasedrow TO aanchal_public;

-- A release is decided once, by another than who made it, under their own name.
CREATE FUNCTION insight_release_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE actor text := acting_payload() ->> 'actor';
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.standing <> 'DRAFT' OR NEW.made_by_id::text IS DISTINCT FROM actor THEN
            RAISE EXCEPTION 'a release begins as a draft of who makes it' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.standing IN ('PUBLISHED', 'RETURNED') THEN
        RAISE EXCEPTION 'a release that was decided is kept as it was' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.standing IN ('PUBLISHED', 'RETURNED') AND (OLD.standing <> 'SUBMITTED' OR NEW.decided_by_id::text IS DISTINCT FROM actor
        OR actor = OLD.made_by_id::text OR NOT NEW.place_no <@ acting_scope('release.approve')) THEN
        RAISE EXCEPTION 'not yours to decide' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (NEW.reports IS DISTINCT FROM OLD.reports OR NEW.refused <> OLD.refused) AND NOT (SELECT acting_is_system()) THEN
        RAISE EXCEPTION 'only the attacker writes its report' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF to_jsonb(NEW) - ARRAY['standing', 'reports', 'refused', 'decided_by_id', 'decided_at', 'decide_note']
        <> to_jsonb(OLD) - ARRAY['standing', 'reports', 'refused', 'decided_by_id', 'decided_at', 'decide_note'] THEN
        RAISE EXCEPTION 'a release is not rewritten' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER insight_release_is_guarded BEFORE INSERT OR UPDATE ON insight_release
    FOR EACH ROW EXECUTE FUNCTION insight_release_guard();
