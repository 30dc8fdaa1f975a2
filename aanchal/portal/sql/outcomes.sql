-- What the money of a state brought in a financial year: families to whom something came, survivors in work. Whole states and whole years
-- only, rounded to ten and nothing under eleven, so that no two answers differ by a family. Runs as aanchal_counter.
CREATE FUNCTION portal_outcomes(state bigint, april date)
RETURNS TABLE (families int, placed int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH asked AS (
        SELECT p.place_no AS low, p.last_no AS high FROM places_place p
        WHERE p.id = state AND p.level = 'STATE' AND p.place_no <@ (SELECT acting_scope('money.read'))
            AND extract(month FROM april) = 4 AND extract(day FROM april) = 1
    ), counted AS (
        SELECT (SELECT count(*) FROM (
                SELECT household_id FROM benefits_entitlement e WHERE e.place_no BETWEEN a.low AND a.high AND e.state = 'DELIVERED'
                    AND e.moved_on >= april AND e.moved_on < april + interval '1 year'
                UNION SELECT household_id FROM benefits_loan l WHERE l.place_no BETWEEN a.low AND a.high
                    AND l.released_on >= april AND l.released_on < april + interval '1 year') helped) AS families,
            (SELECT count(DISTINCT case_id) FROM rehab_learning r WHERE r.place_no BETWEEN a.low AND a.high
                AND r.placed_on >= april AND r.placed_on < april + interval '1 year') AS placed
        FROM asked a
    )
    SELECT CASE WHEN families = 0 OR families > 10 THEN round(families::numeric, -1)::int END,
        CASE WHEN placed = 0 OR placed > 10 THEN round(placed::numeric, -1)::int END
    FROM counted
$$;
ALTER FUNCTION portal_outcomes(bigint, date) OWNER TO aanchal_counter;
