-- A pilot's places come from a selection that was approved, of a place of the state.
CREATE FUNCTION pilots_place_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM selection_selectionrun r, jsonb_array_elements(r.chosen) one
        WHERE r.id = NEW.run_id AND r.status = 'APPROVED' AND (one ->> 'id')::bigint = NEW.place_id
    ) THEN
        RAISE EXCEPTION 'not chosen in an approved selection' USING ERRCODE = 'check_violation', CONSTRAINT = 'pilot_place_was_chosen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pilot_place_is_guarded BEFORE INSERT ON pilots_pilotplace FOR EACH ROW EXECUTE FUNCTION pilots_place_guard();

-- A strategy that was filed stays: a later one stands beside it.
CREATE FUNCTION pilots_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION '% is never changed: another is filed beside it', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER strategy_stays BEFORE UPDATE OR DELETE ON pilots_strategy FOR EACH ROW EXECUTE FUNCTION pilots_stays();
