-- Counts of families by place, for whoever may read counts there: no row, no id. Runs as aanchal_counter, who may read every row and owns nothing else.
-- With a social category, only its families: for the audit that no group is found at risk for what it is (domain.md 3.3), never for a list.
CREATE FUNCTION risk_tally(low bigint, high bigint, definition text, category text DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told jsonb;
BEGIN
    IF NOT int8range(low, high, '[]') <@ acting_scope('count.read') THEN
        RAISE EXCEPTION 'counts of this place are not yours to read' USING ERRCODE = 'insufficient_privilege';
    END IF;
    WITH family AS MATERIALIZED (
        SELECT a.observed, a.band, g.deprived, g.is_urgent FROM risk_assessment a JOIN risk_grounds g ON g.assessment_id = a.id
        WHERE a.is_current AND a.place_no BETWEEN low AND high AND a.definition_id = definition
            AND (category IS NULL OR EXISTS (SELECT 1 FROM people_household h WHERE h.id = a.household_id AND h.social_category = category))
    ), held AS (
        SELECT f.observed, f.band IN ('AT_RISK', 'SEVERE') AS poor, key FROM family f, unnest(f.deprived) key
    )
    SELECT jsonb_build_object(
        'observed', (SELECT coalesce(jsonb_object_agg(observed, n), '{}') FROM (SELECT observed, count(*) n FROM family GROUP BY 1) x),
        'bands', (SELECT coalesce(jsonb_object_agg(band, n), '{}') FROM (SELECT band, count(*) n FROM family GROUP BY 1) x),
        'urgent', (SELECT count(*) FROM family WHERE is_urgent),
        'raw', (SELECT coalesce(jsonb_object_agg(key, n), '{}') FROM (SELECT key, count(*) n FROM held GROUP BY 1) x),
        'censored', (SELECT coalesce(jsonb_agg(jsonb_build_array(key, observed, n)), '[]') FROM (SELECT key, observed, count(*) n FROM held WHERE poor GROUP BY 1, 2) x)
    ) INTO told;
    RETURN told;
END $$;
ALTER FUNCTION risk_tally(bigint, bigint, text, text) OWNER TO aanchal_counter;
