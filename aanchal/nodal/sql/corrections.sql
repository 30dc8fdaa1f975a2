-- An order of the scheme is never rewritten. A correction is a line that names the first one; it stands once a second person has said so, and
-- the line before it ceases to stand in the same breath. Of a line only its standing and who decided may change.
REVOKE UPDATE ON nodal_sanction, nodal_release FROM aanchal_app;
GRANT UPDATE (line, decided_by_id, decided_at) ON nodal_sanction, nodal_release TO aanchal_app;
CREATE FUNCTION nodal_line_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    payload jsonb := acting_payload();
    first_id uuid := coalesce(NEW.corrects_id, NEW.id);
    claimed bigint;
    is_good boolean;
BEGIN
    IF pg_trigger_depth() > 1 OR current_user <> 'aanchal_app' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.corrects_id IS NULL AND NEW.line = 'STANDS' THEN
            RETURN NEW;
        END IF;
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I f WHERE f.id = $1 AND f.place_no = $2 AND f.corrects_id IS NULL)', TG_TABLE_SCHEMA, TG_TABLE_NAME)
            INTO is_good USING NEW.corrects_id, NEW.place_no;
        IF NOT is_good OR NEW.line <> 'PROPOSED' OR NOT (payload ->> 'system')::boolean AND NEW.by_id::text IS DISTINCT FROM payload ->> 'actor' THEN
            RAISE EXCEPTION 'a correction is proposed under one''s own name' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.line <> 'PROPOSED' OR NEW.line NOT IN ('STANDS', 'REFUSED') OR NEW.decided_by_id IS NOT DISTINCT FROM OLD.by_id
        OR NOT (payload ->> 'system')::boolean AND NEW.decided_by_id::text IS DISTINCT FROM payload ->> 'actor' THEN
        RAISE EXCEPTION 'decided by another, once' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.line = 'STANDS' THEN
        IF TG_TABLE_NAME = 'nodal_release' THEN
            PERFORM pg_advisory_xact_lock(hashtextextended(first_id::text, 51));
            SELECT nodal_claimed(first_id, NULL) INTO claimed;
            IF (to_jsonb(NEW) ->> 'amount_paise')::bigint < claimed THEN
                RAISE EXCEPTION 'less than is certified' USING ERRCODE = 'check_violation', CONSTRAINT = 'release_above_its_use';
            END IF;
        END IF;
        EXECUTE format('UPDATE %I.%I SET line = ''CORRECTED'' WHERE coalesce(corrects_id, id) = $1 AND line = ''STANDS''', TG_TABLE_SCHEMA, TG_TABLE_NAME)
            USING first_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nodal_sanction_is_guarded BEFORE INSERT OR UPDATE ON nodal_sanction FOR EACH ROW EXECUTE FUNCTION nodal_line_guard();
CREATE TRIGGER nodal_release_is_guarded BEFORE INSERT OR UPDATE ON nodal_release FOR EACH ROW EXECUTE FUNCTION nodal_line_guard();

-- Paise of a release that certificates claim, leaving one certificate and its corrections out. While a correction waits, the greater counts.
CREATE FUNCTION nodal_claimed(release uuid, but uuid) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(sum(m), 0)::bigint FROM (
        SELECT max(u.amount_paise) AS m FROM nodal_use u
        WHERE u.release_id = release AND u.standing IN ('SUBMITTED', 'ACCEPTED') AND coalesce(u.corrects_id, u.id) IS DISTINCT FROM but
        GROUP BY coalesce(u.corrects_id, u.id)) claims
$$;

CREATE OR REPLACE FUNCTION nodal_use_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    payload jsonb := acting_payload();
    is_system boolean := (payload ->> 'system')::boolean;
    actor text := payload ->> 'actor';
BEGIN
    IF current_user <> 'aanchal_app' OR pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.release_id::text, 51));
    IF NOT EXISTS (SELECT 1 FROM nodal_release r WHERE r.id = NEW.release_id AND r.place_no = NEW.place_no AND r.corrects_id IS NULL)
        OR TG_OP = 'UPDATE' AND (NEW.release_id <> OLD.release_id OR NEW.place_no <> OLD.place_no OR NEW.corrects_id IS DISTINCT FROM OLD.corrects_id
            OR OLD.standing IN ('ACCEPTED', 'CORRECTED') OR OLD.standing = 'RETURNED' AND OLD.corrects_id IS NOT NULL) THEN
        RAISE EXCEPTION 'of its own release, and kept as it was accepted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.corrects_id IS NOT NULL AND (NEW.standing <> 'SUBMITTED' OR NOT EXISTS (
            SELECT 1 FROM nodal_use f WHERE f.id = NEW.corrects_id AND f.release_id = NEW.release_id AND f.corrects_id IS NULL AND f.standing IN ('ACCEPTED', 'CORRECTED'))) THEN
        RAISE EXCEPTION 'a correction names what was accepted first' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.standing = 'CORRECTED' OR NEW.standing = 'ASKED' AND (TG_OP = 'UPDATE' AND OLD.standing <> 'ASKED' OR NOT NEW.place_no <@ acting_scope('return.accept'))
        OR NEW.standing = 'SUBMITTED' AND (NOT NEW.place_no <@ acting_scope('return.record') OR NOT is_system AND NEW.submitted_by_id::text IS DISTINCT FROM actor
            OR TG_OP = 'UPDATE' AND OLD.standing NOT IN ('ASKED', 'RETURNED'))
        OR NEW.standing IN ('ACCEPTED', 'RETURNED') AND (TG_OP = 'INSERT' OR OLD.standing <> 'SUBMITTED' OR NOT NEW.place_no <@ acting_scope('return.accept')
            OR NEW.amount_paise <> OLD.amount_paise OR NEW.submitted_by_id IS DISTINCT FROM OLD.submitted_by_id
            OR NOT is_system AND (NEW.decided_by_id::text IS DISTINCT FROM actor OR actor = OLD.submitted_by_id::text)) THEN
        RAISE EXCEPTION 'not yours to take further' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.standing IN ('SUBMITTED', 'ACCEPTED') AND NEW.amount_paise + nodal_claimed(NEW.release_id, coalesce(NEW.corrects_id, NEW.id))
        > (SELECT r.amount_paise FROM nodal_release r WHERE coalesce(r.corrects_id, r.id) = NEW.release_id AND r.line = 'STANDS') THEN
        RAISE EXCEPTION 'more than was released' USING ERRCODE = 'check_violation', CONSTRAINT = 'use_within_its_release';
    END IF;
    IF NEW.standing = 'ACCEPTED' AND NEW.corrects_id IS NOT NULL THEN
        UPDATE nodal_use SET standing = 'CORRECTED' WHERE coalesce(corrects_id, id) = NEW.corrects_id AND standing = 'ACCEPTED';
    END IF;
    RETURN NEW;
END $$;
