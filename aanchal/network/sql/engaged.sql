-- NGOs that another place keeps in its directory and that are engaged where the reader works: what they do here and whom to call, nothing of
-- their file. Runs as aanchal_counter.
CREATE FUNCTION network_engaged_here()
RETURNS TABLE (name text, phone text, kept_at bigint, place bigint, area text, title text, starts_on date, ends_on date, flagged boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.name::text, s.phone::text, s.place_id, e.place_id, e.area::text, e.title::text, e.starts_on, e.ends_on, e.flagged_on IS NOT NULL
    FROM network_engagement e JOIN network_ngo n ON n.id = e.ngo_id JOIN network_stakeholder s ON s.id = n.stakeholder_id
    WHERE e.place_no <@ (SELECT acting_scope('stakeholder.read')) AND NOT n.place_no <@ (SELECT acting_scope('stakeholder.read'))
        AND e.ended_on IS NULL
    ORDER BY s.name, e.starts_on
$$;
ALTER FUNCTION network_engaged_here() OWNER TO aanchal_counter;
