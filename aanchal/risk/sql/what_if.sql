-- Families of a place as columns, for whoever may ask what-if there: no name, no code, and the family's id only where the reasons of all families of the
-- asked range may be known. `luck` is a number drawn from the id, so that supposed help reaches the same families at every asking.
CREATE FUNCTION risk_columns(low bigint, high bigint, definition text, wanted text[], most integer)
RETURNS TABLE (place_no bigint, category text, deprived text, unknown text, overrides text, luck bigint, told integer[], family uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    knows_why boolean := int8range(low, high, '[]') <@ acting_scope('risk.reasons');
BEGIN
    IF NOT coalesce(int8range(low, high, '[]') <@ acting_scope('risk.what_if'), false) THEN
        RAISE EXCEPTION 'what-if of this place is not yours to ask' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    SELECT a.place_no, h.social_category::text, array_to_string(g.deprived, ' '), array_to_string(g.unknown, ' '), array_to_string(g.overrides, ' '),
        hashtextextended(h.id::text, 0),
        CASE WHEN cardinality(wanted) > 0 THEN ARRAY(
            SELECT CASE jsonb_typeof(s.facts -> key) WHEN 'boolean' THEN (s.facts ->> key)::boolean::integer WHEN 'number' THEN (s.facts ->> key)::integer ELSE -1 END
            FROM unnest(wanted) WITH ORDINALITY AS asked (key, nth) ORDER BY nth
        ) END,
        CASE WHEN knows_why THEN h.id END
    FROM risk_assessment a
    JOIN risk_grounds g ON g.assessment_id = a.id
    JOIN people_household h ON h.id = a.household_id
    LEFT JOIN risk_survey s ON s.id = a.survey_id AND cardinality(wanted) > 0
    WHERE a.is_current AND a.place_no BETWEEN low AND high AND a.definition_id = definition
    LIMIT most;
END $$;
ALTER FUNCTION risk_columns(bigint, bigint, text, text[], integer) OWNER TO aanchal_counter;

-- How many families have which points of how many answered: enough to say how far bands rest on the weights, without any reason.
CREATE FUNCTION risk_scores(low bigint, high bigint, definition text) RETURNS TABLE (points smallint, observed smallint, families bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT coalesce(int8range(low, high, '[]') <@ acting_scope('count.read'), false) THEN
        RAISE EXCEPTION 'counts of this place are not yours to read' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    SELECT a.points, a.observed, count(*) FROM risk_assessment a
    WHERE a.is_current AND a.place_no BETWEEN low AND high AND a.definition_id = definition GROUP BY 1, 2;
END $$;
ALTER FUNCTION risk_scores(bigint, bigint, text) OWNER TO aanchal_counter;
