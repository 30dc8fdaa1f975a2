-- A course is read inside its place and above it; entered by who records activities over all of the place.
ALTER TABLE activities_course ENABLE ROW LEVEL SECURITY;
CREATE POLICY course_read ON activities_course FOR SELECT TO aanchal_app USING (int8range(place_no, last_no, '[]') && (SELECT acting_scope('activity.read')));
CREATE POLICY course_count ON activities_course FOR SELECT TO aanchal_counter USING (true);
GRANT SELECT ON activities_course TO aanchal_counter;
CREATE POLICY course_insert ON activities_course FOR INSERT TO aanchal_app WITH CHECK (int8range(place_no, last_no, '[]') <@ (SELECT acting_scope('activity.record')));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON activities_course FROM aanchal_app;

-- Seats of a course that are taken, also by people of places the asker does not see. Runs as aanchal_counter.
CREATE FUNCTION activities_seats_taken(asked uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT count(*) FROM activities_enrolment e JOIN activities_course c ON c.id = e.course_id
    WHERE c.id = asked AND e.state <> 'DROPPED' AND int8range(c.place_no, c.last_no, '[]') && (SELECT acting_scope('activity.read'))
$$;
ALTER FUNCTION activities_seats_taken(uuid) OWNER TO aanchal_counter;

-- Someone of a place the course is for, where she stands in the records, while there is a seat. What ended stays, unless the file that said so is taken back.
CREATE FUNCTION activities_enrolment_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state <> 'ENROLLED' AND NOT EXISTS (
                SELECT FROM network_touched t JOIN network_importrow r ON r.id = t.row_id JOIN network_importfile f ON f.id = r.file_id
                WHERE t.thing = OLD.id AND f.state = 'UNDOING')
            OR (NEW.course_id, NEW.participant_id, NEW.place_no) <> (OLD.course_id, OLD.participant_id, OLD.place_no) THEN
            RAISE EXCEPTION 'an enrolment that ended stays' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.course_id::text, 58));
    IF current_user = 'aanchal_app' AND NOT EXISTS (
        SELECT FROM activities_course c JOIN activities_participant p ON p.id = NEW.participant_id
        WHERE c.id = NEW.course_id AND p.place_no = NEW.place_no AND p.place_no BETWEEN c.place_no AND c.last_no) THEN
        RAISE EXCEPTION 'not of a place of the course' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (SELECT c.seats FROM activities_course c WHERE c.id = NEW.course_id) <= activities_seats_taken(NEW.course_id) THEN
        RAISE EXCEPTION 'every seat is taken' USING ERRCODE = 'check_violation', CONSTRAINT = 'course_seats';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER enrolment_is_guarded BEFORE INSERT OR UPDATE ON activities_enrolment FOR EACH ROW EXECUTE FUNCTION activities_enrolment_guard();

-- People in courses by State, rank and sex, each once by the best that came of it, for who reads activities or the returns there; nobody is
-- named. Runs as aanchal_counter.
CREATE FUNCTION activities_courses_told(low date, high date)
RETURNS TABLE (state_place_id bigint, rank text, sex text, state text, people bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT o.state_place_id, o.rank, o.sex, o.best, count(*) FROM (
        SELECT DISTINCT ON (p.id) coalesce(w.state_id, w.id) AS state_place_id, p.rank::text, p.sex::text, e.state::text AS best
        FROM activities_enrolment e JOIN activities_participant p ON p.id = e.participant_id JOIN places_place w ON w.id = p.place_id
        WHERE e.enrolled_on BETWEEN low AND high
            AND (p.place_no <@ (SELECT acting_scope('activity.read')) OR p.place_no <@ (SELECT acting_scope('return.read')))
        ORDER BY p.id, CASE e.state WHEN 'COMPLETED' THEN 0 WHEN 'ENROLLED' THEN 1 ELSE 2 END
    ) o GROUP BY 1, 2, 3, 4
$$;
ALTER FUNCTION activities_courses_told(date, date) OWNER TO aanchal_counter;
