-- Rescue counted by place and period, for whoever may read counts there: no row, no id, no name. Small numbers are told here and hidden above.
CREATE FUNCTION rescue_tally(low bigint, high bigint, first date, last date) RETURNS TABLE (what text, key text, n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT int8range(low, high, '[]') <@ acting_scope('count.read') THEN
        RAISE EXCEPTION 'counts of this place are not yours to read' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    WITH fir AS MATERIALIZED (
        SELECT f.id, f.registered_on FROM rescue_fir f WHERE f.place_no BETWEEN low AND high AND f.registered_on <= last
    ), freed AS MATERIALIZED (
        SELECT r.id, r.is_child, r.rescued_at FROM rescue_rescued r
        WHERE r.place_no BETWEEN low AND high AND r.rescued_on BETWEEN first AND last
    ), brought AS (
        SELECT CASE WHEN c.id IS NOT NULL THEN greatest(extract(epoch FROM c.at - f.rescued_at) - 3600 * c.journey_hours, 0) END AS seconds
        FROM freed f LEFT JOIN rescue_carestep c ON c.rescued_id = f.id AND c.care = 'CWC' WHERE f.is_child
    ), told AS (
        SELECT 'operation' AS a, o.state::text AS b FROM rescue_operation o
        WHERE o.place_no BETWEEN low AND high AND o.planned_for BETWEEN first AND last
        UNION ALL
        SELECT 'fir', '' FROM fir WHERE registered_on >= first
        UNION ALL
        SELECT 'section', s.code FROM fir JOIN rescue_firsection s ON s.fir_id = fir.id
        WHERE s.dropped_on IS NULL AND fir.registered_on >= first
        UNION ALL
        SELECT DISTINCT ON (s.fir_id, s.stage) 'stage', s.stage::text FROM fir JOIN rescue_firstep s ON s.fir_id = fir.id
        WHERE s."on" BETWEEN first AND last
        UNION ALL
        SELECT 'to_cwc', CASE WHEN seconds IS NULL THEN '' ELSE floor(seconds / 86400)::text END FROM brought
    )
    SELECT a, b, count(*) FROM told GROUP BY 1, 2;
END $$;

-- Who was rescued, as a table of four: sex, age, for what, of which country. Ages as NCRB counts victims since 2021.
CREATE FUNCTION rescue_people(low bigint, high bigint, first date, last date)
RETURNS TABLE (sex text, age text, exploitation text, nationality text, n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT int8range(low, high, '[]') <@ acting_scope('count.read') THEN
        RAISE EXCEPTION 'counts of this place are not yours to read' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    SELECT r.sex::text, CASE WHEN r.years < 12 THEN 'lt12' WHEN r.years < 16 THEN 'a12_16' WHEN r.years < 18 THEN 'a16_18'
            WHEN r.years >= 18 THEN 'a18plus' ELSE 'unknown' END,
        r.exploitation::text, r.nationality::text, count(*)
    FROM rescue_rescued r WHERE r.place_no BETWEEN low AND high AND r.rescued_on BETWEEN first AND last GROUP BY 1, 2, 3, 4;
END $$;
ALTER FUNCTION rescue_tally(bigint, bigint, date, date) OWNER TO aanchal_counter;
ALTER FUNCTION rescue_people(bigint, bigint, date, date) OWNER TO aanchal_counter;
