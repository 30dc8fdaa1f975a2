-- Meetings of nodal officers are kept at the nation. A State reads those it is called to and their minutes; of who was there and of what was
-- decided, its own. Which State a row is of stands in state_no.
ALTER TABLE activities_invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE activities_invitation FORCE ROW LEVEL SECURITY;
CREATE POLICY invitation_read ON activities_invitation FOR SELECT TO aanchal_app USING (state_no <@ (SELECT acting_scope('coordination.read')));
CREATE POLICY invitation_insert ON activities_invitation FOR INSERT TO aanchal_app WITH CHECK (place_no <@ (SELECT acting_scope('coordination.convene')));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON activities_invitation FROM aanchal_app;

CREATE POLICY meeting_of_states_read ON activities_meeting FOR SELECT TO aanchal_app USING (kind = 'NODAL' AND (
    place_no <@ (SELECT acting_scope('coordination.convene')) OR EXISTS (SELECT FROM activities_invitation i WHERE i.meeting_id = activities_meeting.id)));
CREATE POLICY meeting_of_states_insert ON activities_meeting FOR INSERT TO aanchal_app
    WITH CHECK (kind = 'NODAL' AND place_no <@ (SELECT acting_scope('coordination.convene')));
CREATE POLICY meeting_of_states_update ON activities_meeting FOR UPDATE TO aanchal_app
    USING (kind = 'NODAL' AND place_no <@ (SELECT acting_scope('coordination.convene')))
    WITH CHECK (kind = 'NODAL' AND place_no <@ (SELECT acting_scope('coordination.convene')));

CREATE POLICY minutes_of_states_read ON activities_minutes FOR SELECT TO aanchal_app
    USING (EXISTS (SELECT FROM activities_meeting m WHERE m.id = meeting_id AND m.kind = 'NODAL'));
CREATE POLICY minutes_of_states_insert ON activities_minutes FOR INSERT TO aanchal_app
    WITH CHECK (place_no <@ (SELECT acting_scope('coordination.convene')) AND EXISTS (SELECT FROM activities_meeting m WHERE m.id = meeting_id AND m.kind = 'NODAL'));

CREATE POLICY attendance_of_states_read ON activities_attendance FOR SELECT TO aanchal_app USING (
    state_no <@ (SELECT acting_scope('coordination.read')) OR place_no <@ (SELECT acting_scope('coordination.convene'))
    AND EXISTS (SELECT FROM activities_meeting m WHERE m.id = meeting_id AND m.kind = 'NODAL'));
CREATE POLICY attendance_of_states_insert ON activities_attendance FOR INSERT TO aanchal_app
    WITH CHECK (place_no <@ (SELECT acting_scope('coordination.convene')) AND EXISTS (SELECT FROM activities_meeting m WHERE m.id = meeting_id AND m.kind = 'NODAL'));

CREATE POLICY point_of_state_read ON activities_actionpoint FOR SELECT TO aanchal_app USING (state_no <@ (SELECT acting_scope('coordination.read')));
CREATE POLICY point_of_state_insert ON activities_actionpoint FOR INSERT TO aanchal_app
    WITH CHECK (state_no <@ (SELECT acting_scope('coordination.convene')) AND place_no <@ (SELECT acting_scope('coordination.convene')));
CREATE POLICY point_of_state_update ON activities_actionpoint FOR UPDATE TO aanchal_app
    USING (state_no <@ (SELECT acting_scope('coordination.convene'))) WITH CHECK (state_no <@ (SELECT acting_scope('coordination.convene')));

ALTER TABLE activities_followup ENABLE ROW LEVEL SECURITY;
ALTER TABLE activities_followup FORCE ROW LEVEL SECURITY;
CREATE POLICY followup_read ON activities_followup FOR SELECT TO aanchal_app USING (state_no <@ (SELECT acting_scope('coordination.read')));
CREATE POLICY followup_insert ON activities_followup FOR INSERT TO aanchal_app WITH CHECK (
    EXISTS (SELECT FROM activities_actionpoint p WHERE p.id = point_id AND p.state_no = activities_followup.state_no AND p.state = 'OPEN')
    AND (due_on IS NULL AND state_no <@ (SELECT acting_scope('coordination.answer'))
        OR due_on IS NOT NULL AND place_no <@ (SELECT acting_scope('coordination.convene'))));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON activities_followup FROM aanchal_app;

-- Written under one's own name.
CREATE FUNCTION activities_followup_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user = 'aanchal_app' AND NOT (acting_payload() ->> 'system')::boolean AND NEW.by_id::text IS DISTINCT FROM acting_payload() ->> 'actor' THEN
        RAISE EXCEPTION 'an answer is given under one''s own name' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER followup_is_guarded BEFORE INSERT ON activities_followup FOR EACH ROW EXECUTE FUNCTION activities_followup_guard();

-- Police, prosecutors and judges with a certificate that was not revoked, by the State they work in, each once: counts, no name and no id.
-- A State that told of no training at all is not in the answer. Runs as aanchal_counter.
CREATE FUNCTION activities_trained_officers() RETURNS TABLE (state bigint, audience text, rank text, sex text, is_trainer boolean, n bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH holds AS (
        SELECT p.id, coalesce(w.state_id, w.id) AS state, p.audience::text, p.rank::text, p.sex::text, bool_or(t.is_of_trainers) AS is_trainer
        FROM activities_certificate c JOIN activities_attendee a ON a.id = c.attendee_id JOIN activities_training t ON t.id = a.training_id
        JOIN activities_participant p ON p.id = a.participant_id JOIN places_place w ON w.id = p.place_id
        WHERE c.revoked_on IS NULL AND p.audience IN ('POLICE', 'PROSECUTOR', 'JUDGE') AND p.place_no <@ (SELECT acting_scope('return.read'))
        GROUP BY 1, 2, 3, 4, 5
    ), told AS (
        SELECT DISTINCT coalesce(w.state_id, w.id) AS state FROM activities_training t JOIN places_place w ON w.id = t.place_id
        WHERE t.state = 'HELD' AND t.place_no <@ (SELECT acting_scope('return.read'))
    )
    SELECT h.state, h.audience, h.rank, h.sex, h.is_trainer, count(*) FROM holds h GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT told.state, '', '', '', false, 0 FROM told
$$;
ALTER FUNCTION activities_trained_officers() OWNER TO aanchal_counter;

-- How many officers each State means to train, by its targets that still run. Runs as aanchal_counter.
CREATE FUNCTION activities_officer_targets() RETURNS TABLE (state bigint, people bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT t.place_id, sum(t.people) FROM activities_target t JOIN places_place w ON w.id = t.place_id
    WHERE t.of_officers AND w.level = 'STATE' AND t.by_on >= aanchal_today() AND t.place_no <@ (SELECT acting_scope('return.read')) GROUP BY 1
$$;
ALTER FUNCTION activities_officer_targets() OWNER TO aanchal_counter;
