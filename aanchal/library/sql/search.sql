-- One page of what of the library answers a question, best first, each row with how many there are in all. With its owner's rights: behind
-- the wall no index of words is used. The reader's scope is tested here. Planned anew for every question (EXECUTE), for a plan that fits any
-- question reads every text. The words are looked up once and only a page leaves the function. Of more than 500 that are found only the
-- titles are weighed: to weigh every text would read them all.
DROP FUNCTION library_found(tsquery);
CREATE FUNCTION library_found(asked tsquery, narrowed jsonb, most integer, after integer)
RETURNS TABLE (id uuid, of_all bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET jit = off AS $$
DECLARE
    reach int8multirange := public.acting_scope('library.read');
    hits text := 'public.library_indexed i WHERE i.words @@ $1 AND int8range(i.place_no, i.last_no, ''[]'') && $2';
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['kind', 'language', 'standing'] LOOP
        IF narrowed ? one THEN
            hits := hits || format(' AND i.%I = $3 ->> %L', one, one);
        END IF;
    END LOOP;
    RETURN QUERY EXECUTE 'WITH h AS MATERIALIZED (SELECT i.document_id, i.title_words, i.dated_on FROM ' || hits || '),
        n AS MATERIALIZED (SELECT count(*) AS n FROM h)
        SELECT h.document_id, (SELECT n FROM n) FROM h
        ORDER BY CASE WHEN (SELECT n FROM n) > 500 THEN ts_rank(h.title_words, $1)
            ELSE (SELECT ts_rank(w.words, $1) FROM public.library_indexed w WHERE w.document_id = h.document_id) END DESC,
            h.dated_on DESC NULLS LAST, h.document_id DESC LIMIT $4 OFFSET $5' USING asked, reach, narrowed, most, after;
END $$;

-- The same of what is the public's.
DROP FUNCTION library_found_open(tsquery);
CREATE FUNCTION library_found_open(asked tsquery, narrowed jsonb, most integer, after integer)
RETURNS TABLE (id uuid, of_all bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET jit = off AS $$
DECLARE
    hits text := 'public.library_openpaper p WHERE p.words @@ $1';
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['kind', 'language', 'standing'] LOOP
        IF narrowed ? one THEN
            hits := hits || format(' AND p.%I = $2 ->> %L', one, one);
        END IF;
    END LOOP;
    FOREACH one IN ARRAY ARRAY['problems', 'causes'] LOOP
        IF narrowed ? one THEN
            hits := hits || format(' AND $2 ->> %L = ANY (p.%I)', one, one);
        END IF;
    END LOOP;
    RETURN QUERY EXECUTE 'WITH h AS MATERIALIZED (SELECT p.id, p.title_words, p.dated_on FROM ' || hits || '),
        n AS MATERIALIZED (SELECT count(*) AS n FROM h)
        SELECT h.id, (SELECT n FROM n) FROM h
        ORDER BY CASE WHEN (SELECT n FROM n) > 500 THEN ts_rank(h.title_words, $1)
            ELSE (SELECT ts_rank(w.words, $1) FROM public.library_openpaper w WHERE w.id = h.id) END DESC,
            h.dated_on DESC NULLS LAST, h.id DESC LIMIT $3 OFFSET $4' USING asked, narrowed, most, after;
END $$;
GRANT EXECUTE ON FUNCTION library_found_open(tsquery, jsonb, integer, integer) TO aanchal_public;

-- A search walks many rows and reads of each only its titles: these stay in the row, long texts stand apart (a quarter of the pages).
ALTER TABLE library_indexed SET (toast_tuple_target = 128);
ALTER TABLE library_indexed ALTER COLUMN title_words SET STORAGE MAIN;
