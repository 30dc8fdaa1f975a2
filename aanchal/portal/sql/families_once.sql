-- As in counts.sql, but that a family told by two records, and merged, counts once.
-- Families, bands and standing register lines of many places in one reading, for whoever may read counts there: no row, no id. An interval
-- outside that scope is left out. A place may be several intervals (a block in two districts): they share an ordinal. Small counts are
-- hidden by portal.rules, which needs the neighbours to know what to hide.
CREATE OR REPLACE FUNCTION portal_counts(ordinals int[], firsts bigint[], lasts bigint[])
RETURNS TABLE (ordinal int, households bigint, surveyed bigint, at_risk bigint, severe bigint, urgent bigint,
    migration bigint, marriage bigint, missing bigint, gone bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH asked AS MATERIALIZED (
        SELECT a.ordinal, a.low, a.high FROM unnest(ordinals, firsts, lasts) AS a (ordinal, low, high)
        WHERE int8range(a.low, a.high, '[]') <@ (SELECT acting_scope('count.read'))
    )
    SELECT a.ordinal, sum(h.households)::bigint, sum(r.surveyed)::bigint, sum(r.at_risk)::bigint, sum(r.severe)::bigint,
        sum(r.urgent)::bigint, sum(e.migration)::bigint, sum(e.marriage)::bigint, sum(e.missing)::bigint, sum(e.gone)::bigint
    FROM asked a
    CROSS JOIN LATERAL (
        SELECT (SELECT count(*) FROM people_household WHERE place_no BETWEEN a.low AND a.high)
            - (SELECT count(*) FROM people_household WHERE merged_into_id IS NOT NULL AND place_no BETWEEN a.low AND a.high) AS households
    ) h
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE band <> 'UNKNOWN') AS surveyed,
            count(*) FILTER (WHERE band IN ('AT_RISK', 'SEVERE') OR is_urgent) AS at_risk,
            count(*) FILTER (WHERE band = 'SEVERE') AS severe, count(*) FILTER (WHERE is_urgent) AS urgent
        FROM risk_assessment WHERE is_current AND place_no BETWEEN a.low AND a.high
    ) r
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE register = 'MIGRATION') AS migration, count(*) FILTER (WHERE register = 'MARRIAGE') AS marriage,
            count(*) FILTER (WHERE register = 'MISSING') AS missing, count(*) FILTER (WHERE register = 'LEFT') AS gone
        FROM registers_entry WHERE stands AND place_no BETWEEN a.low AND a.high
    ) e
    GROUP BY a.ordinal
$$;
ALTER FUNCTION portal_counts(int[], bigint[], bigint[]) OWNER TO aanchal_counter;
