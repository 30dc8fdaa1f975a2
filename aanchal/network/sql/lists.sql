-- Whether a file that is being taken back made this record. Asked by the policies under which it may be deleted.
CREATE FUNCTION network_made_by_file(asked uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM network_touched t JOIN network_importrow r ON r.id = t.row_id JOIN network_importfile f ON f.id = r.file_id
        WHERE t.thing = asked AND t.before IS NULL AND f.state = 'UNDOING'
    )
$$;
