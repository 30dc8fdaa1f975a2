-- The nodal offices of the States, for everyone: without it, all public offices of the nation would be read to find them.
CREATE FUNCTION network_nodal_offices()
RETURNS TABLE (place_id bigint, name text, address text, phone text, email text, confirmed_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.place_id, s.name::text, s.address::text, s.phone::text, s.email::text, s.confirmed_on
    FROM network_stakeholder s WHERE s.kind = 'NODAL_OFFICE' AND s.is_public AND s.standing = 'LIVE'
$$;
ALTER FUNCTION network_nodal_offices() OWNER TO aanchal_counter;
