-- Who may write a version of an index: the installation, and a state's expert for the state. Everyone reads them: nothing there is of a person.
ALTER TABLE risk_indexdefinition ENABLE ROW LEVEL SECURITY;
CREATE POLICY definition_read ON risk_indexdefinition FOR SELECT TO aanchal_app, aanchal_counter USING (true);
CREATE POLICY definition_insert ON risk_indexdefinition FOR INSERT TO aanchal_app WITH CHECK (coalesce(place_no, 0) <@ (SELECT acting_scope('index.edit')));
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON risk_indexdefinition FROM aanchal_app;

-- Drafts are read by whoever works with the index anywhere: they hold points, no family.
ALTER TABLE risk_indexdraft ENABLE ROW LEVEL SECURITY;
CREATE POLICY draft_read ON risk_indexdraft FOR SELECT TO aanchal_app USING (NOT isempty((SELECT acting_scope('index.read'))));
CREATE POLICY draft_insert ON risk_indexdraft FOR INSERT TO aanchal_app WITH CHECK (place_no <@ (SELECT acting_scope('index.edit')));
CREATE POLICY draft_update ON risk_indexdraft FOR UPDATE TO aanchal_app
    USING (place_no <@ (SELECT acting_scope('index.edit'))) WITH CHECK (place_no <@ (SELECT acting_scope('index.edit')));
REVOKE DELETE, TRUNCATE, REFERENCES, TRIGGER ON risk_indexdraft FROM aanchal_app;

-- Which village weighs the indicators by which points from when: for every process that assesses, whoever acts in it. No meeting, no person.
CREATE FUNCTION risk_own_points() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'place', place_id, 'id', id, 'definition', definition_id, 'since', effective_from, 'points', points) ORDER BY effective_from, id), '[]')
    FROM risk_ownpoints
$$;
ALTER FUNCTION risk_own_points() OWNER TO aanchal_counter;
