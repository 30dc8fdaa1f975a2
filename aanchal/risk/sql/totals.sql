-- Running totals of blocks, districts, states and the nation, so that a page of a state need not count a million families.
-- A change of a family's assessment is only ever appended (risk_totalchange: nothing to wait for), and folded into risk_total by a job. A figure is the
-- total and what waits: exact at every moment. Villages and panchayats are counted from their families. docs/adr/0023.

-- What is counted of one family. S: its band by answered weight and points; U: urgent; C: an indicator of a family at risk, by answered weight; H: of another.
CREATE FUNCTION risk_total_lines(points smallint, observed smallint, band text, is_urgent boolean, deprived text[])
RETURNS TABLE (what text, key text, observed smallint, points smallint)
LANGUAGE sql IMMUTABLE AS $$
    SELECT 'S', $3, $2, $1
    UNION ALL SELECT 'U', '', 0::smallint, 0::smallint WHERE $4
    UNION ALL SELECT CASE WHEN $3 IN ('AT_RISK', 'SEVERE') THEN 'C' ELSE 'H' END, held,
        CASE WHEN $3 IN ('AT_RISK', 'SEVERE') THEN $2 ELSE 0::smallint END, 0::smallint FROM unnest($5) AS held
$$;

-- The widths of the places that have totals, as places.rules numbers them: block, district, state, nation.
CREATE FUNCTION risk_total_widths() RETURNS bigint[] LANGUAGE sql IMMUTABLE AS $$ SELECT ARRAY[1::bigint << 31, 1::bigint << 41, 1::bigint << 50, 1::bigint << 58] $$;

CREATE FUNCTION risk_has_totals(low bigint, high bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT high - low + 1 = ANY (risk_total_widths()) AND low % (high - low + 1) = 0
$$;

-- Read past the counter's gates only by who may read the reasons of every family of the place: a small cell would tell of one.
CREATE POLICY total_kept ON risk_total TO aanchal_counter USING (true) WITH CHECK (true);
GRANT INSERT, UPDATE, DELETE ON risk_total TO aanchal_counter;
CREATE POLICY totalchange_kept ON risk_totalchange TO aanchal_counter USING (true) WITH CHECK (true);
GRANT INSERT, DELETE ON risk_totalchange TO aanchal_counter;
GRANT USAGE ON SEQUENCE risk_total_id_seq, risk_totalchange_id_seq TO aanchal_counter;
-- Many rows come and go: readers should not walk past the dead ones for long.
ALTER TABLE risk_totalchange SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- A family's first or new assessment: its grounds are written last.
CREATE FUNCTION risk_total_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO risk_totalchange (place_no, version, category, points, observed, band, is_urgent, deprived, families)
    SELECT a.place_no, a.definition_id, h.social_category, a.points, a.observed, a.band, NEW.is_urgent, NEW.deprived, 1
    FROM risk_assessment a JOIN people_household h ON h.id = a.household_id WHERE a.id = NEW.assessment_id AND a.is_current;
    RETURN NULL;
END $$;

-- An assessment that another follows, or whose family was moved.
CREATE FUNCTION risk_total_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO risk_totalchange (place_no, version, category, points, observed, band, is_urgent, deprived, families)
    SELECT c.place_no, c.version, h.social_category, c.points, c.observed, c.band, g.is_urgent, g.deprived, c.families
    FROM (VALUES (OLD.place_no, OLD.definition_id, OLD.points, OLD.observed, OLD.band, -1, OLD.is_current),
                 (NEW.place_no, NEW.definition_id, NEW.points, NEW.observed, NEW.band, 1, NEW.is_current))
        AS c (place_no, version, points, observed, band, families, counts)
    JOIN risk_grounds g ON g.assessment_id = NEW.id JOIN people_household h ON h.id = NEW.household_id WHERE c.counts;
    RETURN NULL;
END $$;

-- A family that says it belongs to another social category.
CREATE FUNCTION risk_total_recategorised() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO risk_totalchange (place_no, version, category, points, observed, band, is_urgent, deprived, families)
    SELECT a.place_no, a.definition_id, c.category, a.points, a.observed, a.band, g.is_urgent, g.deprived, c.families
    FROM risk_assessment a JOIN risk_grounds g ON g.assessment_id = a.id
    CROSS JOIN (VALUES (OLD.social_category, -1), (NEW.social_category, 1)) AS c (category, families)
    WHERE a.household_id = NEW.id AND a.is_current;
    RETURN NULL;
END $$;

ALTER FUNCTION risk_total_added() OWNER TO aanchal_counter;
ALTER FUNCTION risk_total_changed() OWNER TO aanchal_counter;
ALTER FUNCTION risk_total_recategorised() OWNER TO aanchal_counter;
CREATE TRIGGER total_added AFTER INSERT ON risk_grounds FOR EACH ROW EXECUTE FUNCTION risk_total_added();
CREATE TRIGGER total_changed AFTER UPDATE ON risk_assessment FOR EACH ROW
    WHEN ((OLD.is_current OR NEW.is_current) AND
        (OLD.is_current, OLD.place_no, OLD.definition_id, OLD.points, OLD.observed, OLD.band)
        IS DISTINCT FROM (NEW.is_current, NEW.place_no, NEW.definition_id, NEW.points, NEW.observed, NEW.band))
    EXECUTE FUNCTION risk_total_changed();
CREATE TRIGGER total_recategorised AFTER UPDATE ON people_household FOR EACH ROW
    WHEN (OLD.social_category IS DISTINCT FROM NEW.social_category) EXECUTE FUNCTION risk_total_recategorised();

-- Puts up to `most` of the waiting changes into the totals and says how many there were. One at a time; submissions wait for nothing.
CREATE FUNCTION risk_totals_fold(most integer) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    folded bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('risk_totals_fold'));
    WITH taken AS (
        DELETE FROM risk_totalchange WHERE id IN (SELECT id FROM risk_totalchange ORDER BY id LIMIT most) RETURNING *
    ), counted AS (
        SELECT c.place_no / w.width * w.width AS first, w.width, c.version, c.category, l.what, l.key, l.observed, l.points, sum(c.families) AS families
        FROM taken c CROSS JOIN LATERAL risk_total_lines(c.points, c.observed, c.band, c.is_urgent, c.deprived) l
        CROSS JOIN unnest(risk_total_widths()) AS w (width)
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(c.families) <> 0
    ), kept AS (
        INSERT INTO risk_total AS t (place_no, last_no, version, category, what, key, observed, points, families)
        SELECT first, first + width - 1, version, category, what, key, observed, points, families FROM counted
        ON CONFLICT (place_no, last_no, version, category, what, key, observed, points) DO UPDATE SET families = t.families + excluded.families
    )
    SELECT count(*) INTO folded FROM taken;
    RETURN folded;
END $$;
ALTER FUNCTION risk_totals_fold(integer) OWNER TO aanchal_counter;

-- Every total as the families themselves give it: for the first time, for a check, and after the owner changed rows by hand.
CREATE FUNCTION risk_totals_counted()
RETURNS TABLE (place_no bigint, last_no bigint, version text, category text, what text, key text, observed smallint, points smallint, families bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH alike AS (
        SELECT a.place_no >> 31 AS block, a.definition_id, h.social_category, l.what, l.key, l.observed, l.points, count(*) AS n
        FROM risk_assessment a JOIN risk_grounds g ON g.assessment_id = a.id JOIN people_household h ON h.id = a.household_id
        CROSS JOIN LATERAL risk_total_lines(a.points, a.observed, a.band, g.is_urgent, g.deprived) l
        WHERE a.is_current GROUP BY 1, 2, 3, 4, 5, 6, 7
    )
    SELECT (block << 31) / width * width, (block << 31) / width * width + width - 1, definition_id, social_category, a.what, a.key, a.observed, a.points, sum(n)::bigint
    FROM alike a CROSS JOIN unnest(risk_total_widths()) AS w (width) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
$$;
ALTER FUNCTION risk_totals_counted() OWNER TO aanchal_counter;
REVOKE ALL ON FUNCTION risk_totals_counted() FROM PUBLIC, aanchal_app;

-- Begins the totals anew. Whoever is assessing a family finishes first; who comes meanwhile waits.
CREATE FUNCTION risk_totals_recount() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('risk_totals_fold'));
    LOCK TABLE risk_totalchange IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM risk_total;
    DELETE FROM risk_totalchange;
    INSERT INTO risk_total (place_no, last_no, version, category, what, key, observed, points, families) SELECT * FROM risk_totals_counted();
END $$;
ALTER FUNCTION risk_totals_recount() OWNER TO aanchal_counter;

-- How many figures of how many places differ from a recount, and how many changes wait: no figure, no place.
CREATE FUNCTION risk_totals_faults() RETURNS TABLE (figures bigint, places bigint, waiting bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH kept AS (
        SELECT place_no, last_no, version, category, what, key, observed, points, families FROM risk_total
        UNION ALL
        SELECT c.place_no / w.width * w.width, c.place_no / w.width * w.width + w.width - 1, c.version, c.category, l.what, l.key, l.observed, l.points, c.families
        FROM risk_totalchange c CROSS JOIN LATERAL risk_total_lines(c.points, c.observed, c.band, c.is_urgent, c.deprived) l
        CROSS JOIN unnest(risk_total_widths()) AS w (width)
        UNION ALL
        SELECT place_no, last_no, version, category, what, key, observed, points, -families FROM risk_totals_counted()
    ), differing AS (
        SELECT place_no, last_no FROM kept GROUP BY place_no, last_no, version, category, what, key, observed, points HAVING sum(families) <> 0
    )
    SELECT (SELECT count(*) FROM differing), (SELECT count(*) FROM (SELECT DISTINCT place_no, last_no FROM differing) d), (SELECT count(*) FROM risk_totalchange)
$$;
ALTER FUNCTION risk_totals_faults() OWNER TO aanchal_counter;

-- The lines of a place: from its total and what waits, where it has one; else from its families. Planned once: the plan is always the same.
CREATE FUNCTION risk_lines(low bigint, high bigint, definition text, only_category text)
RETURNS TABLE (what text, key text, observed smallint, points smallint, families bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF risk_has_totals(low, high) THEN
        RETURN QUERY
        SELECT x.what, x.key, x.observed, x.points, sum(x.families)::bigint FROM (
            SELECT t.what::text, t.key::text, t.observed, t.points, t.families FROM risk_total t
            WHERE t.place_no = low AND t.last_no = high AND t.version = definition AND (only_category IS NULL OR t.category = only_category)
            UNION ALL
            SELECT l.what, l.key, l.observed, l.points, c.families FROM risk_totalchange c
            CROSS JOIN LATERAL risk_total_lines(c.points, c.observed, c.band, c.is_urgent, c.deprived) l
            WHERE c.place_no BETWEEN low AND high AND c.version = definition AND (only_category IS NULL OR c.category = only_category)
        ) x GROUP BY 1, 2, 3, 4 HAVING sum(x.families) <> 0;
    ELSE
        RETURN QUERY
        SELECT l.what, l.key, l.observed, l.points, count(*) FROM risk_assessment a JOIN risk_grounds g ON g.assessment_id = a.id
        CROSS JOIN LATERAL risk_total_lines(a.points, a.observed, a.band, g.is_urgent, g.deprived) l
        WHERE a.is_current AND a.place_no BETWEEN low AND high AND a.definition_id = definition
            AND (only_category IS NULL OR EXISTS (SELECT 1 FROM people_household h WHERE h.id = a.household_id AND h.social_category = only_category))
        GROUP BY 1, 2, 3, 4;
    END IF;
END $$;
ALTER FUNCTION risk_lines(bigint, bigint, text, text) OWNER TO aanchal_counter;
REVOKE ALL ON FUNCTION risk_lines(bigint, bigint, text, text) FROM PUBLIC, aanchal_app;

CREATE OR REPLACE FUNCTION risk_tally(low bigint, high bigint, definition text, category text DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told jsonb;
BEGIN
    IF NOT coalesce(int8range(low, high, '[]') <@ acting_scope('count.read'), false) THEN
        RAISE EXCEPTION 'counts of this place are not yours to read' USING ERRCODE = 'insufficient_privilege';
    END IF;
    WITH line AS MATERIALIZED (SELECT * FROM risk_lines(low, high, definition, category))
    SELECT jsonb_build_object(
        'observed', (SELECT coalesce(jsonb_object_agg(observed, n), '{}') FROM (SELECT l.observed, sum(l.families) n FROM line l WHERE l.what = 'S' GROUP BY 1) x),
        'bands', (SELECT coalesce(jsonb_object_agg(key, n), '{}') FROM (SELECT l.key, sum(l.families) n FROM line l WHERE l.what = 'S' GROUP BY 1) x),
        'urgent', (SELECT coalesce(sum(l.families), 0) FROM line l WHERE l.what = 'U'),
        'raw', (SELECT coalesce(jsonb_object_agg(key, n), '{}') FROM (SELECT l.key, sum(l.families) n FROM line l WHERE l.what IN ('C', 'H') GROUP BY 1) x),
        'censored', (SELECT coalesce(jsonb_agg(jsonb_build_array(l.key, l.observed, l.families)), '[]') FROM line l WHERE l.what = 'C')
    ) INTO told;
    RETURN told;
END $$;
ALTER FUNCTION risk_tally(bigint, bigint, text, text) OWNER TO aanchal_counter;

CREATE OR REPLACE FUNCTION risk_scores(low bigint, high bigint, definition text) RETURNS TABLE (points smallint, observed smallint, families bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT coalesce(int8range(low, high, '[]') <@ acting_scope('count.read'), false) THEN
        RAISE EXCEPTION 'counts of this place are not yours to read' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    SELECT l.points, l.observed, sum(l.families)::bigint FROM risk_lines(low, high, definition, NULL) l WHERE l.what = 'S' GROUP BY 1, 2;
END $$;
ALTER FUNCTION risk_scores(bigint, bigint, text) OWNER TO aanchal_counter;

SELECT risk_totals_recount();
