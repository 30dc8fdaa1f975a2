-- The ways survivors were taken, first district to last, counted by month: for whoever may read counts of the place. `side` says which place lies
-- there: where the case is KEPT, her ORIGIN, the DESTINATION. Purposes of one case stand together, sorted. Small numbers are hidden above.
CREATE FUNCTION cases_ways(low bigint, high bigint, first date, last date, side text)
RETURNS TABLE (month date, origin bigint, origin_country text, destination bigint, destination_country text, gender text, age text, purposes text, n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT int8range(low, high, '[]') <@ acting_scope('count.read') THEN
        RAISE EXCEPTION 'counts of this place are not yours to read' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    WITH one AS (
        SELECT c.opened_on, c.gender, c.years, c.is_child, c.place_no,
            array_to_string(array(SELECT v FROM unnest(c.purposes) v ORDER BY v), ',') AS purposes,
            b.origin_id, b.origin_country, e.destination_id, e.destination_country
        FROM cases_case c
        JOIN LATERAL (SELECT l.origin_id, l.origin_country FROM cases_leg l WHERE l.case_id = c.id ORDER BY l.number LIMIT 1) b ON true
        JOIN LATERAL (SELECT l.destination_id, l.destination_country FROM cases_leg l WHERE l.case_id = c.id ORDER BY l.number DESC LIMIT 1) e ON true
        WHERE c.opened_on BETWEEN first AND last AND c.status <> 'RULED_OUT'
    )
    SELECT date_trunc('month', o.opened_on)::date, o.origin_id, o.origin_country::text, o.destination_id, o.destination_country::text, o.gender::text,
        CASE WHEN o.years < 12 THEN 'lt12' WHEN o.years < 16 THEN 'a12_16' WHEN o.years < 18 THEN 'a16_18' WHEN o.years >= 18 THEN 'a18plus'
            WHEN o.is_child THEN 'child' ELSE 'adult' END,
        o.purposes, count(*)
    FROM one o
    WHERE CASE side WHEN 'KEPT' THEN o.place_no
        WHEN 'ORIGIN' THEN (SELECT p.place_no FROM places_place p WHERE p.id = o.origin_id)
        WHEN 'DESTINATION' THEN (SELECT p.place_no FROM places_place p WHERE p.id = o.destination_id) END BETWEEN low AND high
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
END $$;
GRANT SELECT ON places_place TO aanchal_counter;
CREATE POLICY place_count ON places_place FOR SELECT TO aanchal_counter USING (true);
ALTER FUNCTION cases_ways(bigint, bigint, date, date, text) OWNER TO aanchal_counter;

-- How her name sounds is a mark of her name as much as its spelling: for those who may know it.
DROP POLICY cases_mark_of_name ON cases_mark;
CREATE POLICY cases_mark_of_name ON cases_mark AS RESTRICTIVE FOR SELECT TO aanchal_app
    USING (kind = 'FIR' OR (SELECT acting_is_system()) OR case_id = ANY ((SELECT cases_assigned('case.identity', 'NAMES'))::uuid[]));
