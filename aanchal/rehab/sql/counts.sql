-- Rehabilitation counted by place and period, for whoever may read counts there: no row, no id, no name.
CREATE FUNCTION rehab_tally(low bigint, high bigint, first date, last date) RETURNS TABLE (what text, key text, n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT int8range(low, high, '[]') <@ acting_scope('count.read') THEN
        RAISE EXCEPTION 'counts of this place are not yours to read' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    WITH gate AS (
        SELECT DISTINCT ON (d.case_id, d.gate) d.gate, d.is_open FROM rehab_gatedecision d
        WHERE d.place_no BETWEEN low AND high AND d."on" <= last ORDER BY d.case_id, d.gate, d.at DESC
    ), learning AS MATERIALIZED (
        SELECT l.* FROM rehab_learning l WHERE l.place_no BETWEEN low AND high
    ), placed AS (
        SELECT l.state FROM learning l WHERE l.placed_on BETWEEN first AND last
    ), visit AS (
        SELECT v.* FROM rehab_followup v WHERE v.place_no BETWEEN low AND high
    ), told AS (
        SELECT CASE WHEN is_open THEN 'gate_open' ELSE 'gate_shut' END AS a, gate::text AS b FROM gate
        UNION ALL
        SELECT 'course', r.course FROM rehab_rehabilitation r WHERE r.place_no BETWEEN low AND high
        UNION ALL
        SELECT 'begun', '' FROM rehab_rehabilitation r WHERE r.place_no BETWEEN low AND high AND r.started_on BETWEEN first AND last
        UNION ALL
        SELECT 'enrolled', l.kind FROM learning l WHERE l.enrolled_on BETWEEN first AND last
        UNION ALL
        SELECT 'certified', l.kind FROM learning l WHERE l.certified_on BETWEEN first AND last
        UNION ALL
        SELECT 'completed', l.kind FROM learning l WHERE l.state = 'COMPLETED' AND l.moved_on BETWEEN first AND last
        UNION ALL
        SELECT 'placed', '' FROM placed
        UNION ALL
        SELECT 'retained', m.months FROM placed p JOIN (VALUES ('3', ARRAY['RETAINED_3', 'RETAINED_6', 'RETAINED_12']),
            ('6', ARRAY['RETAINED_6', 'RETAINED_12']), ('12', ARRAY['RETAINED_12'])) AS m (months, states) ON p.state = ANY (m.states)
        UNION ALL
        SELECT 'session', '' FROM rehab_session s WHERE s.place_no BETWEEN low AND high AND s."on" BETWEEN first AND last
        UNION ALL
        SELECT 'counsellor', '' FROM rehab_counsellor c
        WHERE c.place_no BETWEEN low AND high AND c.recruited_on <= last AND (c.left_on IS NULL OR c.left_on > last)
        UNION ALL
        SELECT 'returned', r."to" FROM rehab_return r WHERE r.place_no BETWEEN low AND high AND r.returned_on BETWEEN first AND last
        UNION ALL
        SELECT 'follow_up', CASE WHEN v.done_on IS NULL THEN 'waits' WHEN v.done_on > v.due_on THEN 'late' ELSE 'in_time' END
        FROM visit v WHERE v.due_on BETWEEN first AND last
        UNION ALL
        SELECT 'watch', v.watch FROM visit v WHERE v.done_on BETWEEN first AND last
        UNION ALL
        SELECT 'repatriated', r.country FROM rehab_repatriation r
        WHERE r.place_no BETWEEN low AND high AND r.state = 'HANDED_OVER' AND r.ended_on BETWEEN first AND last
        UNION ALL
        SELECT 'leader', '' FROM rehab_leaderlink l
        WHERE l.place_no BETWEEN low AND high AND l.chose_on <= last AND (l.withdrew_on IS NULL OR l.withdrew_on > last)
    )
    SELECT a, b, count(*) FROM told GROUP BY 1, 2;
END $$;
ALTER FUNCTION rehab_tally(bigint, bigint, date, date) OWNER TO aanchal_counter;
