-- Who is the same as whom is said by who records for both: the other record has to be seen by who says it, and stands for itself.
CREATE FUNCTION activities_same_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.same_as_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM activities_participant p WHERE p.id = NEW.same_as_id AND p.same_as_id IS NULL
                AND (current_user <> 'aanchal_app' OR p.place_no <@ (SELECT acting_scope('activity.record')))) THEN
        RAISE EXCEPTION 'nobody that stands for herself, or not of a place of yours' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER same_is_guarded BEFORE UPDATE OF same_as_id ON activities_participant FOR EACH ROW EXECUTE FUNCTION activities_same_guard();

-- Police, prosecutors and judges with a certificate that was not revoked, by the State they work in, each once though two districts entered
-- her: counts, no name and no id. A State that told of no training at all is not in the answer. Runs as aanchal_counter.
CREATE OR REPLACE FUNCTION activities_trained_officers() RETURNS TABLE (state bigint, audience text, rank text, sex text, is_trainer boolean, n bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH holds AS (
        SELECT p.id, coalesce(w.state_id, w.id) AS state, p.audience::text, p.rank::text, p.sex::text, bool_or(t.is_of_trainers) AS is_trainer
        FROM activities_certificate c JOIN activities_attendee a ON a.id = c.attendee_id JOIN activities_training t ON t.id = a.training_id
        JOIN activities_participant o ON o.id = a.participant_id JOIN activities_participant p ON p.id = coalesce(o.same_as_id, o.id)
        JOIN places_place w ON w.id = p.place_id
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

-- People in courses by State, rank and sex, each once by the best that came of it, for who reads activities or the returns there; nobody is
-- named. Runs as aanchal_counter.
CREATE OR REPLACE FUNCTION activities_courses_told(low date, high date)
RETURNS TABLE (state_place_id bigint, rank text, sex text, state text, people bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT o.state_place_id, o.rank, o.sex, o.best, count(*) FROM (
        SELECT DISTINCT ON (p.id) coalesce(w.state_id, w.id) AS state_place_id, p.rank::text, p.sex::text, e.state::text AS best
        FROM activities_enrolment e JOIN activities_participant r ON r.id = e.participant_id
        JOIN activities_participant p ON p.id = coalesce(r.same_as_id, r.id) JOIN places_place w ON w.id = p.place_id
        WHERE e.enrolled_on BETWEEN low AND high
            AND (p.place_no <@ (SELECT acting_scope('activity.read')) OR p.place_no <@ (SELECT acting_scope('return.read')))
        ORDER BY p.id, CASE e.state WHEN 'COMPLETED' THEN 0 WHEN 'ENROLLED' THEN 1 ELSE 2 END
    ) o GROUP BY 1, 2, 3, 4
$$;
