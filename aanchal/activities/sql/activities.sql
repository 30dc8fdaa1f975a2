-- Modules are read by everyone who works here; a state's own are written by who records there.
ALTER TABLE activities_module ENABLE ROW LEVEL SECURITY;
CREATE POLICY module_read ON activities_module FOR SELECT TO aanchal_app, aanchal_counter USING (true);
GRANT SELECT ON activities_module TO aanchal_counter;
CREATE POLICY module_insert ON activities_module FOR INSERT TO aanchal_app WITH CHECK (coalesce(place_no, 0) <@ (SELECT acting_scope('activity.record')));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON activities_module FROM aanchal_app;

-- A calendar's address is opened and ended by its user alone.
CREATE TRIGGER feed_is_guarded BEFORE INSERT OR UPDATE OR DELETE ON activities_calendarfeed FOR EACH ROW EXECUTE FUNCTION access_guard('user_id');
REVOKE DELETE, TRUNCATE, REFERENCES, TRIGGER ON activities_calendarfeed FROM aanchal_app;

-- Whether a certificate's number stands, for anyone who asks: module, day, initials of its holder; of nobody else. Runs as aanchal_counter.
CREATE FUNCTION activities_certificate_told(asked text)
RETURNS TABLE (number text, titles jsonb, issued_on date, revoked_on date, initials text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.number::text, m.titles, c.issued_on, c.revoked_on,
        (SELECT string_agg(left(word, 1) || '.', ' ') FROM regexp_split_to_table(p.name, '\s+') word WHERE word <> '')
    FROM activities_certificate c JOIN activities_attendee a ON a.id = c.attendee_id JOIN activities_training t ON t.id = a.training_id
    JOIN activities_module m ON m.id = t.module_id JOIN activities_participant p ON p.id = a.participant_id
    WHERE c.number = asked
$$;
ALTER FUNCTION activities_certificate_told(text) OWNER TO aanchal_counter;

-- No minutes before the meeting was held; a trainer is a master trainer of the module or has passed a training of its trainers.
CREATE FUNCTION activities_minutes_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user = 'aanchal_app' AND NOT EXISTS (
        SELECT 1 FROM activities_meeting m WHERE m.id = NEW.meeting_id AND m.state = 'HELD' AND m."on" <= aanchal_today() AND m.place_no = NEW.place_no) THEN
        RAISE EXCEPTION 'not held' USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_of_a_meeting_held';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER minutes_are_guarded BEFORE INSERT ON activities_minutes FOR EACH ROW EXECUTE FUNCTION activities_minutes_guard();
CREATE FUNCTION activities_trainer_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    module text;
BEGIN
    SELECT m.key INTO module FROM activities_training t JOIN activities_module m ON m.id = t.module_id WHERE t.id = NEW.training_id;
    IF current_user = 'aanchal_app' AND NOT EXISTS (
        SELECT 1 FROM activities_mastertrainer n WHERE n.participant_id = NEW.participant_id AND n.module_key = module
    ) AND NOT EXISTS (
        SELECT 1 FROM activities_certificate c JOIN activities_attendee a ON a.id = c.attendee_id JOIN activities_training t ON t.id = a.training_id
        JOIN activities_module m ON m.id = t.module_id
        WHERE a.participant_id = NEW.participant_id AND c.revoked_on IS NULL AND t.is_of_trainers AND m.key = module
    ) THEN
        RAISE EXCEPTION 'never passed' USING ERRCODE = 'check_violation', CONSTRAINT = 'trainer_passed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER trainer_is_guarded BEFORE INSERT ON activities_trainer FOR EACH ROW EXECUTE FUNCTION activities_trainer_guard();

-- Minutes stay as they were written: a corrigendum stands beside them.
CREATE FUNCTION activities_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION '% is never changed: another is written beside it', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER minutes_stay BEFORE UPDATE OR DELETE ON activities_minutes FOR EACH ROW EXECUTE FUNCTION activities_stays();
