-- Cases of a place opened in a period, counted: no row, no id. For whoever may read counts there; with `consented`, only those who agreed to be
-- counted in statistics. Values of one case stand together, sorted, so that a case is counted once whichever columns they fall into.
CREATE FUNCTION cases_tally(low bigint, high bigint, first date, last date, consented boolean) RETURNS TABLE (what text, key text, n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT int8range(low, high, '[]') <@ acting_scope('count.read') THEN
        RAISE EXCEPTION 'counts of this place are not yours to read' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    WITH one AS MATERIALIZED (
        SELECT c.* FROM cases_case c
        WHERE c.place_no BETWEEN low AND high AND c.opened_on BETWEEN first AND last AND c.status <> 'RULED_OUT'
            AND (NOT consented OR EXISTS (SELECT 1 FROM cases_caseconsent t WHERE t.case_id = c.id AND t.purpose = 'RESEARCH'
                AND t.withdrawn_at IS NULL AND t.until >= aanchal_today()))
    ), told AS (
        SELECT 'control' AS a, array_to_string(array(SELECT v FROM unnest(controls) v ORDER BY v), ',') AS b FROM one WHERE controls <> '{}'
        UNION ALL
        SELECT 'purpose', array_to_string(array(SELECT v FROM unnest(purposes) v ORDER BY v), ',') FROM one WHERE purposes <> '{}'
        UNION ALL
        SELECT 'recruiter', recruiter FROM one WHERE recruiter NOT IN ('', 'UNKNOWN')
        UNION ALL
        SELECT 'gender', gender FROM one WHERE gender <> 'UNKNOWN'
        UNION ALL
        SELECT 'age', CASE WHEN years < 9 THEN 'a0_8' WHEN years < 18 THEN 'a9_17' WHEN years < 21 THEN 'a18_20' WHEN years < 24 THEN 'a21_23'
            WHEN years < 27 THEN 'a24_26' WHEN years < 30 THEN 'a27_29' WHEN years < 39 THEN 'a30_38' WHEN years < 48 THEN 'a39_47'
            ELSE 'a48plus' END FROM one WHERE years IS NOT NULL
        UNION ALL
        SELECT 'person', CASE WHEN gender IN ('MALE', 'TRANS_MALE') THEN 'Male' WHEN gender IN ('FEMALE', 'TRANS_FEMALE') THEN 'Female' ELSE 'Other' END
            || CASE WHEN is_child THEN ' below 18' ELSE ' above 18' END FROM one
    )
    SELECT a, b, count(*) FROM told GROUP BY 1, 2;
END $$;

-- From where to where, in districts. Fewer than `at_least` are not told.
CREATE FUNCTION cases_corridors(low bigint, high bigint, first date, last date, at_least bigint)
RETURNS TABLE (origin bigint, destination bigint, n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT int8range(low, high, '[]') <@ acting_scope('count.read') THEN
        RAISE EXCEPTION 'counts of this place are not yours to read' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    SELECT l.origin_id, l.destination_id, count(DISTINCT l.case_id) FROM cases_leg l JOIN cases_case c ON c.id = l.case_id
    WHERE c.place_no BETWEEN low AND high AND c.opened_on BETWEEN first AND last AND l.origin_id IS NOT NULL AND l.destination_id IS NOT NULL
    GROUP BY 1, 2 HAVING count(DISTINCT l.case_id) >= greatest(at_least, 11) ORDER BY 3 DESC, 1, 2;
END $$;
ALTER FUNCTION cases_tally(bigint, bigint, date, date, boolean) OWNER TO aanchal_counter;
ALTER FUNCTION cases_corridors(bigint, bigint, date, date, bigint) OWNER TO aanchal_counter;
