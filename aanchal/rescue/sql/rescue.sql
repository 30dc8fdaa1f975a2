-- The checklists are read by everybody; they come with the program, and a new version is a new row that the installation writes.
ALTER TABLE rescue_sop ENABLE ROW LEVEL SECURITY;
CREATE POLICY sop_read ON rescue_sop FOR SELECT TO aanchal_app USING (true);
CREATE POLICY sop_insert ON rescue_sop FOR INSERT TO aanchal_app WITH CHECK ((SELECT (acting_payload() ->> 'system')::boolean));
REVOKE UPDATE, DELETE, TRUNCATE ON rescue_sop FROM aanchal_app;

-- Nobody makes himself the head of a unit, for the head reads who told a lead.
CREATE POLICY member_not_own_head ON rescue_member AS RESTRICTIVE FOR INSERT TO aanchal_app
    WITH CHECK (capacity <> 'HEAD' OR user_id IS DISTINCT FROM (SELECT (acting_payload() ->> 'actor')::uuid));
CREATE POLICY member_not_own_head_later ON rescue_member AS RESTRICTIVE FOR UPDATE TO aanchal_app
    USING (true) WITH CHECK (until IS NOT NULL OR capacity <> 'HEAD' OR user_id IS DISTINCT FROM (SELECT (acting_payload() ->> 'actor')::uuid));

-- Who told a lead: read by who wrote it down and by the head of the unit, by no other officer of the same place.
CREATE POLICY source_hers ON rescue_leadsource AS RESTRICTIVE FOR SELECT TO aanchal_app USING (
    (SELECT (acting_payload() ->> 'system')::boolean)
    OR recorded_by_id = (SELECT (acting_payload() ->> 'actor')::uuid)
    OR EXISTS (SELECT FROM rescue_member m WHERE m.unit_id = rescue_leadsource.unit_id AND m.capacity = 'HEAD' AND m.until IS NULL
        AND m.user_id = (SELECT (acting_payload() ->> 'actor')::uuid))
);
CREATE POLICY source_own ON rescue_leadsource AS RESTRICTIVE FOR INSERT TO aanchal_app WITH CHECK (
    (SELECT (acting_payload() ->> 'system')::boolean) OR recorded_by_id = (SELECT (acting_payload() ->> 'actor')::uuid)
);

-- The chain of custody never breaks: who gives is who took last. A check of the database, whoever writes.
ALTER TABLE rescue_custody ADD CONSTRAINT custody_giver_took_last
    FOREIGN KEY (evidence_id, before, giver) REFERENCES rescue_custody (evidence_id, nth, taker);
