-- What the public reads of the directory: its public offices, and of them no person. Runs as aanchal_counter.
CREATE FUNCTION network_public_offices(low bigint, high bigint)
RETURNS TABLE (kind text, name text, address text, phone text, email text, place_id bigint, confirmed_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.kind::text, s.name::text, s.address::text, s.phone::text, s.email::text, s.place_id, s.confirmed_on
    FROM network_stakeholder s WHERE s.is_public AND s.standing = 'LIVE' AND s.place_no BETWEEN low AND high
$$;
ALTER FUNCTION network_public_offices(bigint, bigint) OWNER TO aanchal_counter;

-- Two tenures of one post, and two of one person, never share a day. The ids go in as ranges of one number (their hash of 64 bits), because
-- GiST knows ranges without an extension.
ALTER TABLE network_tenure ADD CONSTRAINT one_holder_of_a_post EXCLUDE USING gist (
    int8range(uuid_hash_extended(post_id, 0), uuid_hash_extended(post_id, 0), '[]') WITH &&, daterange(since, until, '[]') WITH &&
), ADD CONSTRAINT one_post_of_a_person EXCLUDE USING gist (
    int8range(uuid_hash_extended(holder_id, 0), uuid_hash_extended(holder_id, 0), '[]') WITH &&, daterange(since, until, '[]') WITH &&
);

-- A tenure lies within the life of its post; an abolished post has no holder.
CREATE FUNCTION network_tenure_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM network_post p WHERE p.id = NEW.post_id AND p.sanctioned_on <= NEW.since
        AND (p.abolished_on IS NULL OR coalesce(NEW.until, 'infinity') <= p.abolished_on)) THEN
        RAISE EXCEPTION 'outside the life of the post' USING ERRCODE = 'check_violation', CONSTRAINT = 'tenure_within_its_post';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tenure_is_guarded BEFORE INSERT OR UPDATE ON network_tenure FOR EACH ROW EXECUTE FUNCTION network_tenure_guard();
CREATE FUNCTION network_post_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.abolished_on IS NOT NULL AND EXISTS (
        SELECT 1 FROM network_tenure t WHERE t.post_id = NEW.id AND coalesce(t.until, 'infinity') > NEW.abolished_on) THEN
        RAISE EXCEPTION 'someone holds it' USING ERRCODE = 'check_violation', CONSTRAINT = 'abolished_post_is_vacant';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER post_is_guarded BEFORE UPDATE ON network_post FOR EACH ROW EXECUTE FUNCTION network_post_guard();

-- Whether an NGO is blacklisted on a day, under any of its lines: the same registration number is the same NGO, wherever it was entered.
CREATE FUNCTION network_barred(asked uuid, since date, until date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM network_ngo mine JOIN network_stakeholder me ON me.id = mine.stakeholder_id, network_blacklisting b
        JOIN network_ngo other ON other.id = b.ngo_id JOIN network_stakeholder it ON it.id = other.stakeholder_id
        WHERE mine.id = asked AND b.state IN ('IN_FORCE', 'LIFT_PROPOSED') AND b.from_on <= until AND (b.until_on IS NULL OR b.until_on >= since)
            AND (other.id = mine.id OR (me.registration_no <> '' AND upper(regexp_replace(me.registration_no, '[^[:alnum:]]', '', 'g'))
                = upper(regexp_replace(it.registration_no, '[^[:alnum:]]', '', 'g'))))
    )
$$;
ALTER FUNCTION network_barred(uuid, date, date) OWNER TO aanchal_counter;

-- Nobody engages an NGO that is blacklisted, or one of which not every item of the checklist was found good last.
CREATE FUNCTION network_engagement_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user <> 'aanchal_app' THEN
        RETURN NEW;
    END IF;
    IF network_barred(NEW.ngo_id, NEW.starts_on, NEW.ends_on) THEN
        RAISE EXCEPTION 'blacklisted' USING ERRCODE = 'check_violation', CONSTRAINT = 'engaged_not_blacklisted';
    END IF;
    IF (SELECT count(*) FROM (
        SELECT DISTINCT ON (d.item) d.is_good FROM network_diligence d WHERE d.ngo_id = NEW.ngo_id ORDER BY d.item, d."on" DESC, d.at DESC
    ) newest WHERE newest.is_good) < 6 THEN
        RAISE EXCEPTION 'without due diligence' USING ERRCODE = 'check_violation', CONSTRAINT = 'engaged_with_due_diligence';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER engagement_is_guarded BEFORE INSERT ON network_engagement FOR EACH ROW EXECUTE FUNCTION network_engagement_guard();

-- A blacklisting is proposed by one under her own name and decided by another who may decide there; what was decided stays.
CREATE FUNCTION network_blacklisting_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    actor text := acting_payload() ->> 'actor';
    is_system boolean := coalesce((acting_payload() ->> 'system')::boolean, false);
    step text;
    named text;
BEGIN
    IF current_user <> 'aanchal_app' OR is_system THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'PROPOSED' OR NEW.proposed_by_id::text IS DISTINCT FROM actor OR NEW.decided_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'it begins undecided, under the name of who proposes it' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    step := OLD.state || ' ' || NEW.state;
    IF step IN ('PROPOSED IN_FORCE', 'PROPOSED REFUSED') THEN
        named := NEW.decided_by_id::text;
    ELSIF step IN ('LIFT_PROPOSED LIFTED', 'LIFT_PROPOSED IN_FORCE') THEN
        named := NEW.lift_decided_by_id::text;
    ELSIF step = 'IN_FORCE LIFT_PROPOSED' THEN
        IF NEW.lift_proposed_by_id::text IS DISTINCT FROM actor OR NEW.lift_decided_by_id IS NOT NULL
            OR to_jsonb(OLD) - ARRAY['state', 'lift_reasons', 'lift_proposed_by_id', 'lift_decided_by_id', 'lift_decided_at']
                <> to_jsonb(NEW) - ARRAY['state', 'lift_reasons', 'lift_proposed_by_id', 'lift_decided_by_id', 'lift_decided_at'] THEN
            RAISE EXCEPTION 'proposed under the name of who proposes it' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    ELSE
        RAISE EXCEPTION 'what was decided stays' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF named IS DISTINCT FROM actor OR NOT NEW.place_no <@ acting_scope('ngo.decide')
        OR to_jsonb(OLD) - ARRAY['state', 'decided_by_id', 'decided_at', 'lift_decided_by_id', 'lift_decided_at']
            <> to_jsonb(NEW) - ARRAY['state', 'decided_by_id', 'decided_at', 'lift_decided_by_id', 'lift_decided_at'] THEN
        RAISE EXCEPTION 'not yours to decide' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER blacklisting_is_guarded BEFORE INSERT OR UPDATE ON network_blacklisting
    FOR EACH ROW EXECUTE FUNCTION network_blacklisting_guard();
