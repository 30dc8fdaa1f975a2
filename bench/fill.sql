DO $$
DECLARE
    wanted int := :wanted;
    worker uuid := (SELECT id FROM access_user WHERE username = 'bench');
BEGIN
    CREATE TEMP TABLE village AS SELECT id, place_no, row_number() OVER (ORDER BY id) - 1 AS n FROM places_place WHERE level = 'VILLAGE' AND lgd_code > 900000000;
    CREATE TEMP TABLE family AS
        SELECT uuidv7() AS id, uuidv7() AS submission, uuidv7() AS survey, uuidv7() AS assessment, v.id AS place, v.place_no, g
        FROM generate_series(1, wanted) g JOIN village v ON v.n = g % (SELECT count(*) FROM village);
    CREATE TEMP TABLE someone AS SELECT uuidv7() AS id, f.id AS family, f.place, f.place_no, m FROM family f, generate_series(1, 5) m;
    INSERT INTO inbox_submission (id, instance_id, form_id, version, sender_id, place_id, place_no, received_at, digest, wrapped_key, sealed, status, faults, review_note)
        SELECT submission, 'uuid:' || submission, 'household_survey', '1', worker, place, place_no, now(), sha256(submission::text::bytea),
            sha256(id::text::bytea), (SELECT string_agg(sha256((f.id::text || k)::bytea), '') FROM generate_series(1, 100) k), 'APPLIED', '[]', '' FROM family f;
    INSERT INTO people_household (id, code, place_id, place_no, hamlet, social_category, house_type, land_class, visited_on, recorded_at)
        SELECT id, upper(right(id::text, 6)), place, place_no, '', 'OBC', 'KUTCHA', 'LANDLESS', current_date - 30, now() FROM family;
    INSERT INTO people_person (id, place_id, place_no, sex, age_basis, years, told_on, marital_status, school_status)
        SELECT id, place, place_no, 'FEMALE', 'STATED', 30, current_date - 30, 'MARRIED', '' FROM someone;
    INSERT INTO people_identity (person_id, place_no, wrapped_key, name, likeness)
        SELECT id, place_no, sha256(id::text::bytea) || sha256(family::text::bytea), sha256(family::text::bytea), substr(sha256(id::text::bytea), 1, 16) FROM someone;
    INSERT INTO people_membership (id, household_id, person_id, place_no, relation, since)
        SELECT uuidv7(), family, id, place_no, 'SELF', current_date - 30 FROM someone;
    INSERT INTO people_consent (id, household_id, place_no, giver, purposes, lawful_basis, language, given_on)
        SELECT uuidv7(), id, place_no, 'SELF_ADULT', '{STORE}', 'DPDP Act 2023 s.6', 'en', current_date - 30 FROM family;
    INSERT INTO risk_survey (id, household_id, place_no, facts, told_on, submission_id)
        SELECT survey, id, place_no, '{"landless": true, "debt_months": 3, "ration_card": false}', current_date - 30, submission FROM family;
    INSERT INTO risk_assessment (id, household_id, place_no, definition_id, survey_id, points, observed, band, is_complete, is_urgent, needs, assessed_on, assessed_at, is_current)
        SELECT assessment, id, place_no, 'household-1', survey, 8 + 4 * (g % 7), 60, 'VULNERABLE', true, false, '{livelihood}', current_date - 30, now(), true FROM family;
    INSERT INTO risk_grounds (assessment_id, place_no, deprived, unknown, overrides, is_urgent) SELECT assessment, place_no, '{L1,L2}', '{}', '{}', false FROM family;
    DROP TABLE village, family, someone;
END $$;
