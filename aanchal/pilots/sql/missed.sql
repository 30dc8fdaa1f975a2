-- Which targets of these pilots are past their day and not reached, for who reads the pilot: all of its state is counted, also where the
-- asker sees a district of it, and only that it is so is told. Runs as aanchal_counter; counts as activities.counts.outcomes does.
CREATE OR REPLACE FUNCTION pilots_missed(asked uuid[], today date) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id FROM pilots_aim a JOIN pilots_pilot p ON p.id = a.pilot_id JOIN places_place w ON w.id = p.place_id
    CROSS JOIN LATERAL (SELECT p.starts_on AS low, least(today, p.ends_on) AS high) d
    WHERE p.id = ANY (asked) AND a.by_on < today
        AND (p.place_no <@ (SELECT acting_scope('activity.read')) OR EXISTS (
            SELECT FROM pilots_pilotplace o WHERE o.pilot_id = p.id AND o.place_no <@ (SELECT acting_scope('activity.read'))))
        AND a.number > CASE a.measure
            WHEN 'TRAINED' THEN (
                SELECT count(DISTINCT coalesce(o.same_as_id, o.id)) FROM activities_attendee t JOIN activities_training s ON s.id = t.training_id
                JOIN activities_participant o ON o.id = t.participant_id
                WHERE t.place_no BETWEEN w.place_no AND w.last_no AND t.days_present > 0 AND s.state = 'HELD' AND s.ends_on BETWEEN d.low AND d.high)
            WHEN 'REACHED' THEN (
                SELECT coalesce(sum(e.women + e.girls + e.men + e.boys - e.again_women - e.again_girls - e.again_men - e.again_boys), 0)
                FROM activities_campaignevent e WHERE e.stands AND e.place_no BETWEEN w.place_no AND w.last_no AND e.on BETWEEN d.low AND d.high)
            WHEN 'TOLD' THEN coalesce(a.reached, 0)
            ELSE (
                SELECT count(*) FROM activities_meeting m WHERE m.place_no BETWEEN w.place_no AND w.last_no AND m.state = 'HELD'
                    AND (m.kind = 'WORKSHOP') = (a.measure = 'WORKSHOPS') AND m.on BETWEEN d.low AND d.high)
            END
$$;
ALTER FUNCTION pilots_missed(uuid[], date) OWNER TO aanchal_counter;
