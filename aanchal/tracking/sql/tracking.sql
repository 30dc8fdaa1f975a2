-- The law's clocks are read by everybody and changed, by a new row, where clock.edit is held; nothing of them is deleted.
ALTER TABLE tracking_statutoryclock ENABLE ROW LEVEL SECURITY;
CREATE POLICY clock_read ON tracking_statutoryclock FOR SELECT TO aanchal_app USING (true);
CREATE POLICY clock_insert ON tracking_statutoryclock FOR INSERT TO aanchal_app WITH CHECK (NOT isempty((SELECT acting_scope('clock.edit'))));
REVOKE UPDATE, DELETE, TRUNCATE ON tracking_statutoryclock FROM aanchal_app;

-- What is due, by its partial index alone. As the counter, past the policies of the tables: their ranges of places would draw the planner to
-- the index of the places, which holds every open journey, due or not. Still only where the caller may record: the range test is exact.
CREATE FUNCTION tracking_due_journeys(today date, most integer) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off AS $$
    SELECT array(SELECT j.id FROM tracking_journey j WHERE j.state = 'IN_TOUCH' AND j.due_on < today
        AND j.place_no <@ (SELECT acting_scope('journey.record')) ORDER BY j.due_on LIMIT most)
$$;
CREATE FUNCTION tracking_due_deadlines(moment timestamptz, most integer) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off AS $$
    SELECT array(SELECT d.id FROM tracking_deadline d WHERE d.stopped_at IS NULL AND d.passed_at IS NULL AND d.due_at <= moment
        AND d.place_no <@ (SELECT acting_scope('journey.record')) ORDER BY d.due_at LIMIT most)
$$;
CREATE FUNCTION tracking_due_to_wake(today date, most integer) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off AS $$
    SELECT array(SELECT a.id FROM tracking_alert a WHERE a.state = 'SNOOZED' AND a.snoozed_until <= today
        AND a.place_no <@ (SELECT acting_scope('journey.record')) ORDER BY a.snoozed_until LIMIT most)
$$;
CREATE FUNCTION tracking_due_to_climb(moment timestamptz, most integer) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off AS $$
    SELECT array(SELECT a.id FROM tracking_alert a WHERE a.state = 'OPEN' AND a.step_due_at IS NOT NULL AND a.step_due_at <= moment
        AND a.place_no <@ (SELECT acting_scope('journey.record')) ORDER BY a.step_due_at LIMIT most)
$$;
ALTER FUNCTION tracking_due_journeys(date, integer) OWNER TO aanchal_counter;
ALTER FUNCTION tracking_due_deadlines(timestamptz, integer) OWNER TO aanchal_counter;
ALTER FUNCTION tracking_due_to_wake(date, integer) OWNER TO aanchal_counter;
ALTER FUNCTION tracking_due_to_climb(timestamptz, integer) OWNER TO aanchal_counter;
