-- A document is read inside its place and above it: the library of the nation by everyone who holds the library anywhere.
DO $$
DECLARE one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['library_document', 'library_version', 'library_indexed'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('CREATE POLICY %I ON %I FOR SELECT TO aanchal_app USING (int8range(place_no, last_no, ''[]'') && (SELECT acting_scope(''library.read'')))', one || '_read', one);
        EXECUTE format('CREATE POLICY %I ON %I FOR INSERT TO aanchal_app WITH CHECK (int8range(place_no, last_no, ''[]'') <@ (SELECT acting_scope(''library.record'')))', one || '_insert', one);
        EXECUTE format('CREATE POLICY %I ON %I FOR UPDATE TO aanchal_app USING (int8range(place_no, last_no, ''[]'') <@ (SELECT acting_scope(''library.record''))) WITH CHECK (int8range(place_no, last_no, ''[]'') <@ (SELECT acting_scope(''library.record'')))', one || '_update', one);
        EXECUTE format('REVOKE DELETE, TRUNCATE, REFERENCES, TRIGGER ON %I FROM aanchal_app', one);
    END LOOP;
END $$;
REVOKE UPDATE ON library_version FROM aanchal_app;

-- Who has read what is written by oneself, and seen by who keeps the library there.
ALTER TABLE library_acknowledgement ENABLE ROW LEVEL SECURITY;
CREATE POLICY library_acknowledgement_read ON library_acknowledgement FOR SELECT TO aanchal_app
    USING (user_id::text = (SELECT acting_payload() ->> 'actor') OR place_no <@ (SELECT acting_scope('library.record')));
CREATE POLICY library_acknowledgement_insert ON library_acknowledgement FOR INSERT TO aanchal_app
    WITH CHECK (user_id::text = (SELECT acting_payload() ->> 'actor') AND place_no <@ (SELECT acting_scope('library.read')));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON library_acknowledgement FROM aanchal_app;

-- A practice begins under its teller's name and is decided once, under the decider's.
CREATE FUNCTION library_practice_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    actor text := acting_payload() ->> 'actor';
    decided text[] := ARRAY['state', 'decided_by_id', 'decided_at', 'decide_words'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'SUBMITTED' OR NEW.submitted_by_id::text IS DISTINCT FROM actor THEN
            RAISE EXCEPTION 'a practice begins with who tells it' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state = 'SUBMITTED' AND NEW.state IN ('RETURNED', 'PUBLISHED') AND NEW.decided_by_id::text IS NOT DISTINCT FROM actor
        AND NEW.place_no <@ acting_scope('practice.review') AND to_jsonb(NEW) - decided = to_jsonb(OLD) - decided THEN
        RETURN NEW;
    END IF;
    IF OLD.state = 'RETURNED' AND NEW.state = 'SUBMITTED' AND NEW.submitted_by_id::text IS NOT DISTINCT FROM actor
        AND OLD.submitted_by_id = NEW.submitted_by_id AND OLD.place_no = NEW.place_no THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'not yours to decide' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER library_practice_is_guarded BEFORE INSERT OR UPDATE ON library_practice
    FOR EACH ROW EXECUTE FUNCTION library_practice_guard();

-- What went out is the public's: read by everyone, written by who keeps the library or reviews practices there.
DO $$
DECLARE one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['library_openpaper', 'library_openfile'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('CREATE POLICY %I ON %I FOR SELECT TO aanchal_app, aanchal_public USING (true)', one || '_read', one);
        EXECUTE format('CREATE POLICY %I ON %I FOR INSERT TO aanchal_app WITH CHECK (place_no <@ (SELECT acting_scope(''library.record'')) OR place_no <@ (SELECT acting_scope(''practice.review'')))', one || '_insert', one);
        EXECUTE format('CREATE POLICY %I ON %I FOR UPDATE TO aanchal_app USING (place_no <@ (SELECT acting_scope(''library.record''))) WITH CHECK (place_no <@ (SELECT acting_scope(''library.record'')))', one || '_update', one);
        EXECUTE format('REVOKE DELETE, TRUNCATE, REFERENCES, TRIGGER ON %I FROM aanchal_app', one);
        EXECUTE format('GRANT SELECT ON %I TO aanchal_public', one);
    END LOOP;
END $$;

-- Only what was released, by another than who recorded it, or what was published of the compendium.
CREATE FUNCTION library_open_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM library_document d WHERE d.id = NEW.id AND d.released_at IS NOT NULL AND d.place_no = NEW.place_no)
        AND NOT EXISTS (SELECT FROM library_practice p WHERE p.id = NEW.id AND p.state = 'PUBLISHED' AND p.place_no = NEW.place_no) THEN
        RAISE EXCEPTION 'it was not released' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER library_open_is_guarded BEFORE INSERT OR UPDATE ON library_openpaper
    FOR EACH ROW EXECUTE FUNCTION library_open_guard();

-- What of the library answers a question, with how well it does and what a search is narrowed and ordered by. With its owner's rights:
-- behind the wall no index of words is used, and joins with what stands there are planned blindly. The reader's scope is tested here.
-- Planned anew for every question (EXECUTE), for a plan that fits any question reads every text. Of many that are found only the titles
-- are weighed: to weigh every text would read them all.
CREATE FUNCTION library_found(asked tsquery)
RETURNS TABLE (id uuid, rank real, dated_on date, kind varchar, language varchar, standing varchar)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    reach int8multirange := public.acting_scope('library.read');
    hits text := 'public.library_indexed i WHERE i.words @@ $1 AND int8range(i.place_no, i.last_no, ''[]'') && $2';
    n bigint;
BEGIN
    EXECUTE 'SELECT count(*) FROM (SELECT FROM ' || hits || ' LIMIT 501) s' INTO n USING asked, reach;
    RETURN QUERY EXECUTE 'SELECT i.document_id, ts_rank(' || CASE WHEN n > 500 THEN 'i.title_words' ELSE 'i.words' END
        || ', $1), i.dated_on, i.kind, i.language, i.standing FROM ' || hits USING asked, reach;
END $$;

-- The same of what is the public's.
CREATE FUNCTION library_found_open(asked tsquery)
RETURNS TABLE (id uuid, rank real, dated_on date, kind varchar, language varchar, standing varchar, problems varchar[], causes varchar[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    hits text := 'public.library_openpaper p WHERE p.words @@ $1';
    n bigint;
BEGIN
    EXECUTE 'SELECT count(*) FROM (SELECT FROM ' || hits || ' LIMIT 501) s' INTO n USING asked;
    RETURN QUERY EXECUTE 'SELECT p.id, ts_rank(' || CASE WHEN n > 500 THEN 'p.title_words' ELSE 'p.words' END
        || ', $1), p.dated_on, p.kind, p.language, p.standing, p.problems, p.causes FROM ' || hits USING asked;
END $$;
GRANT EXECUTE ON FUNCTION library_found_open(tsquery) TO aanchal_public;
