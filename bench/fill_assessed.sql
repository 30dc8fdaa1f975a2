-- A million families under one state, ten of a village in a day, each assessed as one of the pool is. As the superuser, with triggers and foreign keys asleep; then the totals are counted.
SET session_replication_role = replica;
CREATE TEMP TABLE village AS SELECT id, place_no, row_number() OVER (ORDER BY place_no) - 1 AS n FROM places_place
    WHERE level = 'VILLAGE' AND place_no BETWEEN :low AND :high;
CREATE TEMP TABLE family AS
    SELECT uuidv7() AS id, uuidv7() AS survey, uuidv7() AS assessment, v.id AS place, v.place_no, floor(random() * :pool)::int AS alike,
        (ARRAY['SC', 'ST', 'OBC', 'GENERAL', 'UNKNOWN'])[1 + floor(random() * 5)::int] AS category
    FROM generate_series(1, :wanted) g JOIN village v ON v.n = g / 10 % (SELECT count(*) FROM village) ORDER BY g;
INSERT INTO people_household (id, code, place_id, place_no, hamlet, social_category, house_type, land_class, visited_on, recorded_at)
    SELECT id, upper(right(id::text, 6)), place, place_no, '', category, 'KUTCHA', 'LANDLESS', current_date - 30, now() FROM family;
INSERT INTO risk_survey (id, household_id, place_no, facts, told_on) SELECT f.survey, f.id, f.place_no, p.facts, current_date - 30 FROM family f JOIN pool p ON p.n = f.alike;
INSERT INTO risk_assessment (id, household_id, place_no, definition_id, survey_id, points, observed, band, is_complete, is_urgent, needs, assessed_on, assessed_at, is_current)
    SELECT f.assessment, f.id, f.place_no, :version, f.survey, p.points, p.observed, p.band, p.is_complete, p.is_urgent, '{}', current_date - 30, now(), true
    FROM family f JOIN pool p ON p.n = f.alike;
INSERT INTO risk_grounds (assessment_id, place_no, deprived, unknown, overrides, is_urgent)
    SELECT f.assessment, f.place_no, p.deprived, p.unknown, p.overrides, p.is_urgent FROM family f JOIN pool p ON p.n = f.alike;
DROP TABLE village, family, pool;
SET session_replication_role = origin;
SELECT risk_totals_recount();
