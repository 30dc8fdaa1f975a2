-- What everyone reads was released by another than who added it: of each version, not of the document once. Until now a later file of a
-- public document went out by itself. Each version that was the newest on the day of its document's release keeps that release.
UPDATE library_version v SET released_by_id = d.released_by_id, released_at = d.released_at
FROM library_document d
WHERE d.id = v.document_id AND d.released_at IS NOT NULL AND v.reading <> 'FAILED' AND v.by_id IS DISTINCT FROM d.released_by_id
    AND v.nth = (SELECT max(e.nth) FROM library_version e WHERE e.document_id = d.id AND e.at <= d.released_at);

-- A file that went out without it is taken back, with its words: the record stays, and the file waits for its release.
WITH taken AS (
    UPDATE library_openpaper p SET size = NULL, file_kind = '', sha256 = '', text = '', words = p.title_words
    WHERE p.file_kind <> '' AND NOT EXISTS (
        SELECT FROM library_version v WHERE v.document_id = p.id AND v.sha256 = p.sha256 AND v.released_at IS NOT NULL)
    RETURNING p.id)
DELETE FROM library_openfile f USING taken WHERE f.paper_id = taken.id;
SET CONSTRAINTS ALL IMMEDIATE;

GRANT UPDATE (released_by_id, released_at) ON library_version TO aanchal_app;

-- A version begins under the name of who adds it, waiting; it is released once, under the name of who releases it.
CREATE FUNCTION library_version_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    actor text := acting_payload() ->> 'actor';
BEGIN
    IF TG_OP = 'INSERT' AND NEW.released_at IS NULL AND NEW.released_by_id IS NULL AND NEW.by_id::text IS NOT DISTINCT FROM actor THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.released_at IS NULL AND NEW.released_at IS NOT NULL AND NEW.released_by_id::text IS NOT DISTINCT FROM actor THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'not yours to release' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER library_version_is_guarded BEFORE INSERT OR UPDATE ON library_version
    FOR EACH ROW EXECUTE FUNCTION library_version_guard();

-- Of a document goes out: its record, once it is released, and a file of it that was released.
CREATE OR REPLACE FUNCTION library_open_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM library_document d WHERE d.id = NEW.id AND d.released_at IS NOT NULL AND d.place_no = NEW.place_no)
        AND (NEW.sha256 = '' OR EXISTS (
            SELECT FROM library_version v WHERE v.document_id = NEW.id AND v.sha256 = NEW.sha256 AND v.released_at IS NOT NULL))
        OR EXISTS (SELECT FROM library_practice p WHERE p.id = NEW.id AND p.state = 'PUBLISHED' AND p.place_no = NEW.place_no) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'it was not released' USING ERRCODE = 'insufficient_privilege';
END $$;

-- The bytes are those of the paper beside them.
CREATE FUNCTION library_open_file_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM library_openpaper p WHERE p.id = NEW.paper_id AND p.place_no = NEW.place_no AND p.sha256 = encode(sha256(NEW.content), 'hex')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'it was not released' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER library_open_file_is_guarded BEFORE INSERT OR UPDATE ON library_openfile
    FOR EACH ROW EXECUTE FUNCTION library_open_file_guard();
