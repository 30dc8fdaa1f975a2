-- A million people away from the villages of one state, each with a worker, none due today. As the superuser, with triggers and foreign keys asleep.
SET session_replication_role = replica;
CREATE TEMP TABLE village AS SELECT id, place_no, row_number() OVER (ORDER BY place_no) - 1 AS n FROM places_place
    WHERE level = 'VILLAGE' AND place_no BETWEEN :low AND :high;
CREATE TEMP TABLE worker AS SELECT gen_random_uuid() AS id, v.id AS place, v.place_no, v.n FROM village v;
INSERT INTO access_user (id, password, username, name, email, phone, language, is_active, joined_at, must_change_password)
    SELECT id, '', 'crp' || n, 'crp' || n, '', '', 'en', true, now(), false FROM worker;
INSERT INTO access_posting (id, user_id, role, place_id, place_no, since) SELECT gen_random_uuid(), id, 'gender_crp', place, place_no, current_date - 1 FROM worker;
CREATE TEMP TABLE away AS
    SELECT uuidv7() AS person, uuidv7() AS journey, v.id AS place, v.place_no, g % 10 = 0 AS is_child, 1 + g % 30 AS due
    FROM generate_series(1, :wanted) g JOIN village v ON v.n = g % (SELECT count(*) FROM village);
INSERT INTO people_person (id, place_id, place_no, sex, age_basis, years, told_on, marital_status, school_status)
    SELECT person, place, place_no, 'FEMALE', 'STATED', 20, current_date, '', '' FROM away;
INSERT INTO tracking_journey (id, kind, entry_id, person_id, place_id, place_no, is_abroad, is_child, departed_on, interval_days, due_on, state, opened_at)
    SELECT journey, 'MIGRATION', uuidv7(), person, place, place_no, false, is_child, current_date - 30, 30, current_date + due, 'IN_TOUCH', now() FROM away;
DROP TABLE village, worker, away;
SET session_replication_role = origin;
