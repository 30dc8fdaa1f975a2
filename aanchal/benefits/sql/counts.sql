-- What has come to the families of a place and what has not, by scheme, for whoever may read counts there: no row, no id, no private scheme.
-- The cohort: RISK, the database of vulnerable women and children (at risk or openly urgent now); SHG, families with a member in the SHG
-- database; ALL. Runs as aanchal_counter, who may read every row and owns nothing else.
CREATE FUNCTION benefits_cohort(low bigint, high bigint, cohort text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told jsonb;
BEGIN
    IF NOT int8range(low, high, '[]') <@ acting_scope('count.read') THEN
        RAISE EXCEPTION 'counts of this place are not yours to read' USING ERRCODE = 'insufficient_privilege';
    END IF;
    WITH family AS MATERIALIZED (
        SELECT a.household_id AS id FROM risk_assessment a
        WHERE a.is_current AND a.place_no BETWEEN low AND high
            AND (cohort <> 'RISK' OR a.band IN ('AT_RISK', 'SEVERE') OR a.is_urgent)
            AND (cohort <> 'SHG' OR EXISTS (SELECT 1 FROM benefits_groupmember m WHERE m.household_id = a.household_id AND m.left_on IS NULL))
    ), counted AS (
        SELECT 'lacking' AS what, code, count(*) AS n FROM family JOIN benefits_proposed p ON p.household_id = family.id, unnest(p.lacking) code GROUP BY 2
        UNION ALL
        SELECT 'to_ask', code, count(*) FROM family JOIN benefits_proposed p ON p.household_id = family.id, unnest(p.to_ask) code GROUP BY 2
        UNION ALL
        SELECT CASE WHEN e.state IN ('REFUSED', 'UPHELD') THEN 'refused' ELSE 'waiting' END, e.code, count(DISTINCT e.household_id)
        FROM family JOIN benefits_entitlement e ON e.household_id = family.id
        WHERE NOT e.is_private AND e.state IN ('APPLIED', 'COMPLAINED', 'SANCTIONED', 'APPEALED', 'REFUSED', 'UPHELD') GROUP BY 1, 2
        UNION ALL
        SELECT 'received', s.code, count(DISTINCT s.household_id) FROM family JOIN benefits_service s ON s.household_id = family.id
        WHERE NOT s.is_private GROUP BY 2
    )
    SELECT jsonb_build_object(
        'families', (SELECT count(*) FROM family),
        'looked', (SELECT count(*) FROM family JOIN benefits_proposed p ON p.household_id = family.id),
        'schemes', (SELECT coalesce(jsonb_agg(jsonb_build_array(code, what, n)), '[]') FROM counted)
    ) INTO told;
    RETURN told;
END $$;
ALTER FUNCTION benefits_cohort(bigint, bigint, text) OWNER TO aanchal_counter;
