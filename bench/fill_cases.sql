-- A million cases, each with an identity row, three marks, two assignments and a step; :assigned of them are the measured worker's. As the superuser, with
-- triggers and foreign keys asleep; the indexes that no constraint needs are built once, at the end. Marks are random: as many different ones as a nation's
-- names and FIR numbers would give. The others' cases are shared among 20,000 workers.
SET session_replication_role = replica;
SET synchronous_commit = off;
SET maintenance_work_mem = '256MB';
CREATE TEMP TABLE asleep AS SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS made FROM pg_index i
    WHERE i.indrelid = ANY (ARRAY['cases_case', 'cases_mark', 'cases_caseidentity', 'cases_assignment', 'cases_step']::regclass[])
        AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid);
DO $$
DECLARE
    one text;
BEGIN
    FOR one IN SELECT name FROM asleep LOOP
        EXECUTE 'DROP INDEX ' || one;
    END LOOP;
END $$;
CREATE TEMP TABLE one AS SELECT g, uuidv7() AS id,
    CASE WHEN g <= :assigned THEN :worker ELSE md5((g % 20000)::text)::uuid END AS owner FROM generate_series(1, :all ) g;
INSERT INTO cases_case (id, code, pseudonym, state, place_id, place_no, opened_on, opened_at, opened_by_id, outcome, gender, years, is_child,
        citizenship, language, status, decided_by, acts, means, purposes, controls, recruitment, recruiter, industry)
    SELECT id, lpad(upper(to_hex(g)), 8, '0'), '', 'ACTIVE', :place, :place_no, current_date - (g % 900), now(), owner, '', 'FEMALE', 24, false,
        'IN', 'hi', 'CONFIRMED', '', '{RECRUITMENT}', '{DECEPTION}', '{FORCED_LABOUR}', '{DEBT}', '{FRIENDS}', 'STRANGER', '' FROM one;
INSERT INTO cases_mark (id, place_no, case_id, kind, mark)
    SELECT uuidv7(), :place_no, id, kind, substr(sha256((kind || g)::bytea), 1, 16)
    FROM one, unnest(ARRAY['NAME', 'SND', 'FIR']) kind WHERE g > :assigned;
INSERT INTO cases_caseidentity (id, place_no, case_id, sealed, wrapped_key, likeness)
    SELECT uuidv7(), :place_no, id, sha256(g::text::bytea), sha256(g::text::bytea), substr(sha256(g::text::bytea), 1, 16) FROM one WHERE g > :assigned;
INSERT INTO cases_assignment (id, place_no, case_id, user_id, capacity, sees_identity, since, why, by_id)
    SELECT uuidv7(), :place_no, id, CASE WHEN n = 1 THEN owner ELSE md5('s' || (g % 500))::uuid END,
        CASE WHEN n = 1 THEN 'WORKER' ELSE 'SUPERVISOR' END, false, now() - interval '1 day', '', owner FROM one, generate_series(1, 2) n;
INSERT INTO cases_step (id, place_no, case_id, happening, state, outcome, at, by_id)
    SELECT uuidv7(), :place_no, id, 'OPEN', 'ACTIVE', '', now(), owner FROM one;
DO $$
DECLARE
    one text;
BEGIN
    FOR one IN SELECT made FROM asleep LOOP
        EXECUTE one;
    END LOOP;
END $$;
DROP TABLE one, asleep;
SET session_replication_role = origin;
