-- Criteria and rounds are the nation's: read by who reads awards anywhere, a draft and everything that is written by who keeps them.
CREATE FUNCTION awards_keeps() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (SELECT p.place_no FROM places_place p WHERE p.level = 'NATION') <@ acting_scope('award.keep')
        OR (SELECT p.place_no FROM places_place p WHERE p.level = 'NATION') <@ acting_scope('award.decide')
$$;

ALTER TABLE awards_criteria ENABLE ROW LEVEL SECURITY;
CREATE POLICY criteria_read ON awards_criteria FOR SELECT TO aanchal_app USING (NOT isempty((SELECT acting_scope('award.read'))));
CREATE POLICY criteria_insert ON awards_criteria FOR INSERT TO aanchal_app WITH CHECK ((SELECT awards_keeps()));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON awards_criteria FROM aanchal_app;

ALTER TABLE awards_round ENABLE ROW LEVEL SECURITY;
CREATE POLICY round_read ON awards_round FOR SELECT TO aanchal_app USING (standing <> 'DRAFT' AND NOT isempty((SELECT acting_scope('award.read'))) OR (SELECT awards_keeps()));
CREATE POLICY round_insert ON awards_round FOR INSERT TO aanchal_app WITH CHECK (standing = 'DRAFT' AND (SELECT awards_keeps()));
CREATE POLICY round_update ON awards_round FOR UPDATE TO aanchal_app USING ((SELECT awards_keeps())) WITH CHECK ((SELECT awards_keeps()));
REVOKE DELETE, TRUNCATE, REFERENCES, TRIGGER ON awards_round FROM aanchal_app;

ALTER TABLE awards_member ENABLE ROW LEVEL SECURITY;
CREATE POLICY member_read ON awards_member FOR SELECT TO aanchal_app USING (NOT isempty((SELECT acting_scope('award.read'))));
CREATE POLICY member_insert ON awards_member FOR INSERT TO aanchal_app WITH CHECK ((SELECT awards_keeps()));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON awards_member FROM aanchal_app;

-- The functions below look past the wall and answer for the acting person only; they run as aanchal_counter, which reads and never writes.
DO $$
DECLARE one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['awards_round', 'awards_member', 'awards_nomination', 'awards_declaration', 'awards_score', 'awards_award'] LOOP
        EXECUTE format('GRANT SELECT ON %I TO aanchal_counter', one);
        EXECUTE format('CREATE POLICY %I ON %I FOR SELECT TO aanchal_counter USING (true)', one || '_count', one);
    END LOOP;
END $$;

-- The States of somebody's postings that had not ended by a day. Of the tables of access, which their owner reads.
CREATE FUNCTION awards_states_of(person uuid, after date) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(p.state_id, CASE WHEN p.level = 'STATE' THEN p.id END) FROM access_posting a JOIN places_place p ON p.id = a.place_id
    WHERE a.user_id = person AND (a.until IS NULL OR a.until >= after)
$$;
REVOKE EXECUTE ON FUNCTION awards_states_of(uuid, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION awards_states_of(uuid, date) TO aanchal_counter;

-- What stands between a person and a nominee (awards.rules.Facts). Asked by the functions below only.
CREATE FUNCTION awards_between(asked uuid, person uuid)
RETURNS TABLE (nominated boolean, is_nominee boolean, works_there boolean, shares_state boolean, declared boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(n.nominated_by_id = person, false), coalesce(s.user_id = person, false),
        EXISTS (SELECT FROM network_stakeholder me WHERE me.user_id = person AND me.parent_id = s.id AND me.standing = 'LIVE'),
        EXISTS (SELECT FROM awards_states_of(person, r.closes_on - 365) p (id) WHERE p.id = n.state_id),
        (SELECT d.has_interest FROM awards_declaration d WHERE d.nomination_id = n.id AND d.user_id = person)
    FROM awards_nomination n JOIN awards_round r ON r.id = n.round_id JOIN network_stakeholder s ON s.id = n.nominee_id
    WHERE n.id = asked AND n.standing = 'STANDS'
$$;
ALTER FUNCTION awards_between(uuid, uuid) OWNER TO aanchal_counter;
REVOKE EXECUTE ON FUNCTION awards_between(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION awards_between(uuid, uuid) TO aanchal_counter;

-- The same of each of these persons and each nominee of a round, or one: told to who keeps awards, and to everyone of themselves.
CREATE FUNCTION awards_facts(asked uuid, persons uuid[], only_one uuid)
RETURNS TABLE (nomination_id uuid, user_id uuid, nominated boolean, is_nominee boolean, works_there boolean, shares_state boolean, declared boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT n.id, u.id, f.nominated, f.is_nominee, f.works_there, f.shares_state, f.declared
    FROM awards_nomination n, unnest(persons) AS u (id), awards_between(n.id, u.id) f
    WHERE n.round_id = asked AND (only_one IS NULL OR n.id = only_one)
        AND (SELECT persons = ARRAY[(acting_payload() ->> 'actor')::uuid] OR awards_keeps())
$$;
ALTER FUNCTION awards_facts(uuid, uuid[], uuid) OWNER TO aanchal_counter;

-- The rounds in whose panel the acting person sits.
CREATE FUNCTION awards_seats() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(m.round_id), '{}') FROM awards_member m WHERE m.user_id = (acting_payload() ->> 'actor')::uuid
$$;
ALTER FUNCTION awards_seats() OWNER TO aanchal_counter;
CREATE FUNCTION awards_sits(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT asked = ANY (awards_seats())
$$;

-- Nominees she sits in the panel of, declared that she has no interest in, and none was found (awards.rules.is_clear). A set, made once a
-- statement: asked row by row it cost five milliseconds each.
CREATE FUNCTION awards_cleared() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(n.id), '{}')
    FROM awards_member m JOIN awards_nomination n ON n.round_id = m.round_id, awards_between(n.id, m.user_id) f
    WHERE m.user_id = (acting_payload() ->> 'actor')::uuid
        AND f.declared = false AND NOT (f.nominated OR f.is_nominee OR f.works_there OR f.shares_state)
$$;
ALTER FUNCTION awards_cleared() OWNER TO aanchal_counter;
CREATE FUNCTION awards_clear(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT asked = ANY (awards_cleared())
$$;

-- Of who keeps awards: nominees whose scores are not hers to see, for she sits in their panel or has an interest in them.
CREATE FUNCTION awards_bound() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(n.id), '{}') FROM awards_nomination n, awards_between(n.id, (SELECT (acting_payload() ->> 'actor')::uuid)) f
    WHERE n.round_id = ANY ((SELECT awards_seats())::uuid[]) OR f.nominated OR f.is_nominee OR f.works_there OR f.shares_state
$$;
ALTER FUNCTION awards_bound() OWNER TO aanchal_counter;

-- Whom a member of the panel has to declare about: the name and the place, nothing of what was said.
CREATE FUNCTION awards_nominees_of(asked uuid) RETURNS TABLE (id uuid, name text, kind text, place_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT n.id, n.name::text, n.kind::text, n.place_id FROM awards_nomination n
    WHERE n.round_id = asked AND n.standing = 'STANDS' AND awards_sits(asked) ORDER BY n.name, n.id
$$;
ALTER FUNCTION awards_nominees_of(uuid) OWNER TO aanchal_counter;

-- The round of a nomination that may still be judged: it stands, nominations were announced, nothing is decided.
CREATE FUNCTION awards_judged_in(asked uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT r.id FROM awards_nomination n JOIN awards_round r ON r.id = n.round_id WHERE n.id = asked AND n.standing = 'STANDS' AND r.standing = 'ANNOUNCED'
$$;
ALTER FUNCTION awards_judged_in(uuid) OWNER TO aanchal_counter;

-- Somebody nominated in a round, or sits in its panel: who decides did neither.
CREATE FUNCTION awards_took_part(asked uuid, person uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM awards_member m WHERE m.round_id = asked AND m.user_id = person)
        OR EXISTS (SELECT FROM awards_nomination n WHERE n.round_id = asked AND n.nominated_by_id = person)
$$;
ALTER FUNCTION awards_took_part(uuid, uuid) OWNER TO aanchal_counter;

-- Lines of the directory that may be nominated, for who nominates there.
CREATE FUNCTION awards_lines(kinds text[], words text) RETURNS TABLE (id uuid, name text, kind text, place_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.id, s.name::text, s.kind::text, s.place_id FROM network_stakeholder s
    WHERE s.kind = ANY (kinds) AND s.standing = 'LIVE' AND s.place_no <@ (SELECT acting_scope('award.nominate'))
        AND (words = '' OR strpos(lower(s.name), lower(words)) > 0 OR s.id::text = words)
    ORDER BY s.name, s.id LIMIT 21
$$;
ALTER FUNCTION awards_lines(text[], text) OWNER TO aanchal_counter;

-- Blacklisted on a day, under any line with the same registration number or joined into it (network_barred asks the same of NGOs).
CREATE FUNCTION awards_barred(asked uuid, "on" date) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM network_stakeholder me JOIN network_stakeholder it ON it.id = me.id OR it.merged_into_id = me.id OR me.registration_no <> ''
            AND upper(regexp_replace(me.registration_no, '[^[:alnum:]]', '', 'g')) = upper(regexp_replace(it.registration_no, '[^[:alnum:]]', '', 'g'))
        JOIN network_ngo n ON n.stakeholder_id = it.id WHERE me.id = asked AND network_barred(n.id, "on", "on"))
$$;
ALTER FUNCTION awards_barred(uuid, date) OWNER TO aanchal_counter;
CREATE FUNCTION awards_line_stands(asked uuid, number bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM network_stakeholder s WHERE s.id = asked AND s.standing = 'LIVE' AND s.place_no = number)
$$;
ALTER FUNCTION awards_line_stands(uuid, bigint) OWNER TO aanchal_counter;

-- Nominations are read where they are, and by members of the panel that are clear of them; a member reads no other by her post.
ALTER TABLE awards_nomination ENABLE ROW LEVEL SECURITY;
CREATE POLICY nomination_read ON awards_nomination FOR SELECT TO aanchal_app USING (
    place_no <@ (SELECT acting_scope('award.read')) AND round_id <> ALL ((SELECT awards_seats())::uuid[])
    OR nominated_by_id::text = (SELECT acting_payload() ->> 'actor')
    OR id = ANY ((SELECT awards_cleared())::uuid[]));
CREATE POLICY nomination_insert ON awards_nomination FOR INSERT TO aanchal_app WITH CHECK (place_no <@ (SELECT acting_scope('award.nominate')));
CREATE POLICY nomination_update ON awards_nomination FOR UPDATE TO aanchal_app
    USING (place_no <@ (SELECT acting_scope('award.nominate'))) WITH CHECK (place_no <@ (SELECT acting_scope('award.nominate')));
REVOKE DELETE, TRUNCATE, REFERENCES, TRIGGER ON awards_nomination FROM aanchal_app;

CREATE FUNCTION awards_nomination_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    payload jsonb := acting_payload();
    moved text[] := ARRAY['standing', 'withdrawn_words', 'consented_on', 'consent_words'];
BEGIN
    IF current_user <> 'aanchal_app' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NOT (payload ->> 'system')::boolean AND NEW.nominated_by_id::text IS DISTINCT FROM payload ->> 'actor'
            OR NOT EXISTS (SELECT FROM awards_round r WHERE r.id = NEW.round_id AND r.standing = 'ANNOUNCED')
            OR NOT awards_line_stands(NEW.nominee_id, NEW.place_no)
            OR NEW.state_id IS DISTINCT FROM (SELECT coalesce(p.state_id, CASE WHEN p.level = 'STATE' THEN p.id END) FROM places_place p WHERE p.id = NEW.place_id)
            OR NEW.place_no <> (SELECT p.place_no FROM places_place p WHERE p.id = NEW.place_id) THEN
            RAISE EXCEPTION 'a line of the directory where it stands, under one''s own name' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF awards_barred(NEW.nominee_id, (NEW.nominated_at AT TIME ZONE 'Asia/Kolkata')::date) THEN
            RAISE EXCEPTION 'blacklisted' USING ERRCODE = 'check_violation', CONSTRAINT = 'nominated_not_blacklisted';
        END IF;
        RETURN NEW;
    END IF;
    IF to_jsonb(NEW) - moved <> to_jsonb(OLD) - moved OR OLD.standing = 'WITHDRAWN'
        OR NEW.standing <> OLD.standing AND awards_judged_in(OLD.id) IS NULL THEN
        RAISE EXCEPTION 'a nomination stays what it was' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nomination_is_guarded BEFORE INSERT OR UPDATE ON awards_nomination FOR EACH ROW EXECUTE FUNCTION awards_nomination_guard();

-- The document that a nomination stands on, with its newest file, for who is clear of it: the library of another State is closed to her.
CREATE FUNCTION awards_document_of(asked uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT n.document_id FROM awards_nomination n WHERE n.id = asked AND awards_clear(asked)
$$;
ALTER FUNCTION awards_document_of(uuid) OWNER TO aanchal_counter;
CREATE FUNCTION awards_evidence(asked uuid)
RETURNS TABLE (title text, number text, version_id uuid, file_kind text, sha256 text, wrapped_key bytea, sealed bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT d.title::text, d.number::text, v.id, v.file_kind::text, v.sha256::text, v.wrapped_key, v.sealed
    FROM library_document d LEFT JOIN library_version v ON v.document_id = d.id WHERE d.id = awards_document_of(asked) ORDER BY v.nth DESC LIMIT 1
$$;

-- A declaration is one's own; an interest once declared stands.
ALTER TABLE awards_declaration ENABLE ROW LEVEL SECURITY;
CREATE POLICY declaration_read ON awards_declaration FOR SELECT TO aanchal_app USING (
    user_id::text = (SELECT acting_payload() ->> 'actor') OR (SELECT awards_keeps()));
CREATE POLICY declaration_insert ON awards_declaration FOR INSERT TO aanchal_app WITH CHECK (
    user_id::text = (SELECT acting_payload() ->> 'actor') AND awards_sits(awards_judged_in(nomination_id)));
CREATE POLICY declaration_update ON awards_declaration FOR UPDATE TO aanchal_app
    USING (user_id::text = (SELECT acting_payload() ->> 'actor') AND NOT has_interest AND awards_judged_in(nomination_id) IS NOT NULL)
    WITH CHECK (user_id::text = (SELECT acting_payload() ->> 'actor') AND has_interest);
REVOKE DELETE, TRUNCATE, REFERENCES, TRIGGER ON awards_declaration FROM aanchal_app;

-- A score is read by who gave it and by who keeps awards without an interest in it; given and corrected by who is clear, until it is decided.
ALTER TABLE awards_score ENABLE ROW LEVEL SECURITY;
CREATE POLICY score_read ON awards_score FOR SELECT TO aanchal_app USING (
    user_id::text = (SELECT acting_payload() ->> 'actor') AND nomination_id = ANY ((SELECT awards_cleared())::uuid[])
    OR (SELECT awards_keeps()) AND nomination_id <> ALL ((SELECT awards_bound())::uuid[]));
CREATE POLICY score_insert ON awards_score FOR INSERT TO aanchal_app WITH CHECK (
    user_id::text = (SELECT acting_payload() ->> 'actor') AND awards_clear(nomination_id) AND awards_judged_in(nomination_id) IS NOT NULL);
CREATE POLICY score_update ON awards_score FOR UPDATE TO aanchal_app
    USING (user_id::text = (SELECT acting_payload() ->> 'actor') AND awards_clear(nomination_id) AND awards_judged_in(nomination_id) IS NOT NULL)
    WITH CHECK (user_id::text = (SELECT acting_payload() ->> 'actor') AND awards_clear(nomination_id));
REVOKE DELETE, TRUNCATE, REFERENCES, TRIGGER ON awards_score FROM aanchal_app;

-- Once announced a round stays as it is; it is decided once, by one who neither nominated nor sits in the panel.
CREATE FUNCTION awards_round_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    payload jsonb := acting_payload();
    moved text[] := ARRAY['standing', 'announced_at', 'decided_by_id', 'decided_at', 'decide_words', 'ranking'];
BEGIN
    IF current_user <> 'aanchal_app' THEN
        RETURN NEW;
    END IF;
    IF (OLD.standing, NEW.standing) NOT IN (('DRAFT', 'DRAFT'), ('DRAFT', 'ANNOUNCED'), ('ANNOUNCED', 'DECIDED'))
        OR OLD.standing <> 'DRAFT' AND to_jsonb(NEW) - moved <> to_jsonb(OLD) - moved
        OR NEW.standing = 'DECIDED' AND (NEW.decided_by_id::text IS DISTINCT FROM payload ->> 'actor' OR awards_took_part(NEW.id, NEW.decided_by_id)) THEN
        RAISE EXCEPTION 'not yours to take further' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER round_is_guarded BEFORE UPDATE ON awards_round FOR EACH ROW EXECUTE FUNCTION awards_round_guard();

-- An award is seen by who keeps them; once published where its nominee is.
ALTER TABLE awards_award ENABLE ROW LEVEL SECURITY;
CREATE POLICY award_read ON awards_award FOR SELECT TO aanchal_app USING (
    (SELECT awards_keeps()) OR published_at IS NOT NULL AND place_no <@ (SELECT acting_scope('award.read')));
CREATE POLICY award_insert ON awards_award FOR INSERT TO aanchal_app WITH CHECK ((SELECT awards_keeps()));
CREATE POLICY award_update ON awards_award FOR UPDATE TO aanchal_app USING ((SELECT awards_keeps())) WITH CHECK ((SELECT awards_keeps()));
REVOKE DELETE, TRUNCATE, REFERENCES, TRIGGER ON awards_award FROM aanchal_app;

CREATE FUNCTION awards_award_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    actor text := acting_payload() ->> 'actor';
BEGIN
    IF current_user <> 'aanchal_app' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM awards_nomination n JOIN awards_round r ON r.id = n.round_id WHERE n.id = NEW.nomination_id AND n.place_no = NEW.place_no
                AND n.standing = 'STANDS' AND r.standing = 'DECIDED' AND r.decided_by_id::text = actor)
            OR (SELECT awards_barred(n.nominee_id, NEW.given_on) FROM awards_nomination n WHERE n.id = NEW.nomination_id) THEN
            RAISE EXCEPTION 'it was not decided so' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.nomination_id <> OLD.nomination_id OR NEW.number <> OLD.number OR NEW.place_no <> OLD.place_no OR NEW.given_on <> OLD.given_on
        OR OLD.published_at IS NOT NULL AND (NEW.citation_en, NEW.citation_hi, NEW.published_at) <> (OLD.citation_en, OLD.citation_hi, OLD.published_at)
        OR (NEW.citation_en, NEW.citation_hi) <> (OLD.citation_en, OLD.citation_hi) AND NEW.cited_by_id::text IS DISTINCT FROM actor
        OR NEW.published_at IS NOT NULL AND OLD.published_at IS NULL AND (NEW.published_by_id::text IS DISTINCT FROM actor
            OR (SELECT awards_barred(n.nominee_id, aanchal_today()) FROM awards_nomination n WHERE n.id = NEW.nomination_id))
        OR OLD.revoked_on IS NOT NULL THEN
        RAISE EXCEPTION 'not yours to change' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER award_is_guarded BEFORE INSERT OR UPDATE ON awards_award FOR EACH ROW EXECUTE FUNCTION awards_award_guard();

-- What everyone reads: awards that were published and not taken back; of an officer the name only with consent.
ALTER TABLE awards_openaward ENABLE ROW LEVEL SECURITY;
CREATE POLICY openaward_read ON awards_openaward FOR SELECT TO aanchal_app, aanchal_public USING (true);
CREATE POLICY openaward_insert ON awards_openaward FOR INSERT TO aanchal_app WITH CHECK ((SELECT awards_keeps()));
CREATE POLICY openaward_update ON awards_openaward FOR UPDATE TO aanchal_app
    USING ((SELECT awards_keeps()) OR place_no <@ (SELECT acting_scope('award.nominate')))
    WITH CHECK ((SELECT awards_keeps()) OR place_no <@ (SELECT acting_scope('award.nominate')));
CREATE POLICY openaward_delete ON awards_openaward FOR DELETE TO aanchal_app USING ((SELECT awards_keeps()));
GRANT SELECT ON awards_openaward TO aanchal_public;
REVOKE TRUNCATE, REFERENCES, TRIGGER ON awards_openaward FROM aanchal_app;

CREATE FUNCTION awards_open_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM awards_award a JOIN awards_nomination n ON n.id = a.nomination_id WHERE a.id = NEW.id AND a.published_at IS NOT NULL
            AND a.revoked_on IS NULL AND a.place_no = NEW.place_no AND (NEW.name = '' OR NEW.name = n.name)
            AND (NEW.name = '' OR n.consented_on IS NOT NULL OR n.kind NOT IN ('OFFICER', 'LEGAL_MEMBER'))) THEN
        RAISE EXCEPTION 'it was not published so' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER open_award_is_guarded BEFORE INSERT OR UPDATE ON awards_openaward FOR EACH ROW EXECUTE FUNCTION awards_open_guard();
