-- people.rules.Age.on in SQL, held equal by tests/registers/test_filters.py: completed years on a day, NULL when not known.
CREATE FUNCTION age_on(born_on date, years smallint, told_on date, day date) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT CASE
        WHEN born_on IS NOT NULL THEN (extract(year FROM day) - extract(year FROM born_on))::integer
            - ((extract(month FROM day), extract(day FROM day)) < (extract(month FROM born_on), extract(day FROM born_on)))::integer
        WHEN told_on IS NOT NULL THEN years + greatest(0, (day - told_on) / 365)
        ELSE years
    END
$$;

-- A line stays as it was written: the application may only say that it stands no longer.
REVOKE UPDATE ON registers_entry FROM aanchal_app;
GRANT UPDATE (stands) ON registers_entry TO aanchal_app;

-- Standing lines of a range of places counted, for whoever may see counts of the whole range. Who may not read the lines themselves gets
-- NULL for a count from 1 to 10 (domain.md 5, small cells).
CREATE FUNCTION registers_counts(first bigint, last bigint, since date, until date)
RETURNS TABLE (register text, sex text, lines bigint, open_lines bigint, minors bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH reach AS (
        SELECT int8range(first, last, '[]') <@ acting_scope('entry.read') AS whole
        WHERE int8range(first, last, '[]') <@ acting_scope('count.read')
    ), counted AS (
        SELECT e.register, p.sex, count(*) AS n, count(*) FILTER (WHERE e.is_open) AS o,
            count(*) FILTER (WHERE age_on(p.born_on, p.years, p.told_on, e.happened_on) < 18) AS m
        FROM registers_entry e JOIN people_person p ON p.id = e.person_id
        WHERE e.stands AND e.place_no BETWEEN first AND last
            AND (since IS NULL OR e.happened_on >= since) AND (until IS NULL OR e.happened_on <= until)
        GROUP BY 1, 2
    )
    SELECT c.register, c.sex,
        CASE WHEN r.whole OR c.n > 10 THEN c.n END,
        CASE WHEN r.whole OR c.o > 10 OR (c.o = 0 AND c.n > 10) THEN c.o END,
        CASE WHEN r.whole OR c.m > 10 OR (c.m = 0 AND c.n > 10) THEN c.m END
    FROM counted c CROSS JOIN reach r
$$;
ALTER FUNCTION registers_counts(bigint, bigint, date, date) OWNER TO aanchal_counter;
