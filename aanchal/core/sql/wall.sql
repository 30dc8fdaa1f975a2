-- Who is acting, told once a transaction and checked by the database (shared trust.md, "The wall is in the database").
-- Every function: SECURITY DEFINER with a fixed search_path; the keys stay with the owner. pg_temp stands last by name: left out, it is
-- searched first, and a temporary table called core_secret would be read in place of ours.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO aanchal_app, aanchal_counter;

CREATE FUNCTION keyed_hash(key_name text, message bytea) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT sha256(s.outer_block || sha256(s.inner_block || message)) FROM public.core_secret s WHERE s.name = key_name
$$;

-- Opens the transaction for `actor` (NULL: a visitor) and answers what that person may do where. The application signs (actor, system,
-- expires, backend pid). What it keeps is tied to this backend and this transaction: stolen text is worth nothing elsewhere.
-- Written out without calls of our own, as the two below are: it runs for every request.
CREATE FUNCTION acting_open(actor uuid, is_system boolean, expires bigint, mac bytea) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told bytea := convert_to(concat_ws('|', coalesce(actor::text, ''), is_system, expires, pg_backend_pid()), 'UTF8');
    payload text;
    scopes jsonb := '{}';
    key core_secret%ROWTYPE;
BEGIN
    SELECT * INTO STRICT key FROM core_secret WHERE name = 'acting';
    IF expires < extract(epoch FROM clock_timestamp())
        OR sha256(mac) IS DISTINCT FROM sha256(sha256(key.outer_block || sha256(key.inner_block || told))) THEN
        RAISE EXCEPTION 'acting token refused' USING ERRCODE = 'invalid_authorization_specification';
    END IF;
    IF actor IS NOT NULL AND NOT is_system THEN
        scopes := access_scopes(actor);
    END IF;
    payload := jsonb_build_object('actor', actor, 'system', is_system, 'scopes', scopes)::text;
    SELECT * INTO STRICT key FROM core_secret WHERE name = 'mark';
    PERFORM set_config('aanchal.acting', encode(sha256(key.outer_block || sha256(key.inner_block || convert_to(
        pg_backend_pid()::text || '|' || transaction_timestamp()::text || '|' || payload, 'UTF8'))), 'hex') || payload, true);
    RETURN scopes;
END $$;

-- What `acting_open` kept, when it is what it kept.
CREATE FUNCTION acting_payload() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told text := current_setting('aanchal.acting', true);
    key core_secret%ROWTYPE;
BEGIN
    IF told IS NULL OR told = '' THEN
        RETURN NULL;
    END IF;
    SELECT * INTO STRICT key FROM core_secret WHERE name = 'mark';
    IF decode(left(told, 64), 'hex') IS DISTINCT FROM sha256(key.outer_block || sha256(key.inner_block || convert_to(
        pg_backend_pid()::text || '|' || transaction_timestamp()::text || '|' || substr(told, 65), 'UTF8'))) THEN
        RAISE EXCEPTION 'acting token refused' USING ERRCODE = 'invalid_authorization_specification';
    END IF;
    RETURN substr(told, 65)::jsonb;
END $$;

-- Runs for every statement on every table of persons: it proves the mark itself, which is a third cheaper than asking `acting_payload`.
CREATE FUNCTION acting_scope(permission text) RETURNS int8multirange
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told text := current_setting('aanchal.acting', true);
    key core_secret%ROWTYPE;
    payload jsonb;
BEGIN
    IF told IS NULL OR told = '' THEN
        RETURN '{}';
    END IF;
    SELECT * INTO STRICT key FROM core_secret WHERE name = 'mark';
    IF decode(left(told, 64), 'hex') IS DISTINCT FROM sha256(key.outer_block || sha256(key.inner_block || convert_to(
        pg_backend_pid()::text || '|' || transaction_timestamp()::text || '|' || substr(told, 65), 'UTF8'))) THEN
        RAISE EXCEPTION 'acting token refused' USING ERRCODE = 'invalid_authorization_specification';
    END IF;
    payload := substr(told, 65)::jsonb;
    IF (payload ->> 'system')::boolean THEN
        RETURN '{[0,9223372036854775806]}';
    END IF;
    RETURN coalesce((payload -> 'scopes' ->> permission)::int8multirange, '{}');
END $$;

CREATE FUNCTION acting_low(permission text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$ SELECT lower(acting_scope(permission)) $$;

CREATE FUNCTION acting_high(permission text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$ SELECT upper(acting_scope(permission)) - 1 $$;

-- Appends to the trail: one shard a transaction (choosing per row deadlocks), chained by HMAC, actor taken from the token. A line that names
-- nobody is the installation's own: nobody else may write one.
CREATE FUNCTION trail_append(entries jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    here smallint := pg_backend_pid() % 16;
    payload jsonb := acting_payload();
    doer uuid := (payload ->> 'actor')::uuid;
    head core_trailhead%ROWTYPE;
    key core_secret%ROWTYPE;
    entry record;
    moment timestamptz := clock_timestamp();
BEGIN
    IF payload IS NULL OR (doer IS NULL AND NOT (payload ->> 'system')::boolean) THEN
        RAISE EXCEPTION 'nobody is acting' USING ERRCODE = 'invalid_authorization_specification';
    END IF;
    SELECT * INTO STRICT key FROM core_secret WHERE name = 'trail';
    SELECT * INTO STRICT head FROM core_trailhead WHERE shard = here FOR UPDATE;
    FOR entry IN SELECT * FROM jsonb_to_recordset(entries) AS e(verb text, about text, about_id text, place_no bigint, detail jsonb) LOOP
        head.seq := head.seq + 1;
        head.mac := sha256(key.outer_block || sha256(key.inner_block || head.mac || trail_line(
            here, head.seq, moment, doer, entry.verb, entry.about, entry.about_id, entry.place_no, entry.detail)));
        INSERT INTO core_trail (shard, seq, at, actor, verb, about, about_id, place_no, detail, mac)
        VALUES (here, head.seq, moment, doer, entry.verb, entry.about, entry.about_id, entry.place_no, entry.detail, head.mac);
    END LOOP;
    UPDATE core_trailhead SET seq = head.seq, mac = head.mac WHERE shard = here;
END $$;

-- STABLE as jsonb_build_array is: said to be more, it could not be written into its callers and would be called for every line.
CREATE FUNCTION trail_line(shard smallint, seq bigint, at timestamptz, actor uuid, verb text, about text, about_id text, place_no bigint, detail jsonb)
RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT convert_to(jsonb_build_array(shard, seq, extract(epoch FROM at), actor, verb, about, about_id, place_no, detail)::text, 'UTF8')
$$;

-- Walks every shard: the first broken link of each, or nothing. `heads` are the anchors kept outside the database.
CREATE FUNCTION trail_faults(heads jsonb) RETURNS TABLE (shard smallint, seq bigint, fault text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH link AS (
        SELECT t.*, lag(t.mac, 1, ''::bytea) OVER w AS before, row_number() OVER w AS expected FROM core_trail t WINDOW w AS (PARTITION BY t.shard ORDER BY t.seq)
    )
    SELECT l.shard, min(l.seq), CASE WHEN bool_or(l.seq <> l.expected) THEN 'renumbered or deleted' ELSE 'altered' END FROM link l
    WHERE l.seq <> l.expected OR l.mac <> keyed_hash('trail', l.before || trail_line(l.shard, l.seq, l.at, l.actor, l.verb, l.about, l.about_id, l.place_no, l.detail))
    GROUP BY l.shard
    UNION ALL
    SELECT h.shard, h.seq, 'cut off at its end' FROM core_trailhead h
    WHERE h.seq <> (SELECT coalesce(max(t.seq), 0) FROM core_trail t WHERE t.shard = h.shard)
    UNION ALL
    SELECT (a ->> 'shard')::smallint, (a ->> 'seq')::bigint, 'differs from the anchor outside'
    FROM jsonb_array_elements(heads) a
    WHERE (a ->> 'seq')::bigint > 0 AND NOT EXISTS (
        SELECT 1 FROM core_trail t WHERE t.shard = (a ->> 'shard')::smallint AND t.seq = (a ->> 'seq')::bigint AND encode(t.mac, 'hex') = a ->> 'mac')
$$;

CREATE FUNCTION trail_refuses_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the trail can be appended to and not changed';
END $$;

CREATE TRIGGER trail_stays BEFORE UPDATE OR DELETE ON core_trail FOR EACH ROW EXECUTE FUNCTION trail_refuses_change();
CREATE TRIGGER trail_is_not_emptied BEFORE TRUNCATE ON core_trail FOR EACH STATEMENT EXECUTE FUNCTION trail_refuses_change();
INSERT INTO core_trailhead (shard, seq, mac) SELECT n, 0, '' FROM generate_series(0, 15) n;

REVOKE ALL ON core_secret, core_trail, core_trailhead FROM aanchal_app;
GRANT SELECT ON core_trail, core_trailhead TO aanchal_app;
REVOKE ALL ON FUNCTION keyed_hash(text, bytea) FROM PUBLIC, aanchal_app, aanchal_counter;
