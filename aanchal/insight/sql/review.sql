-- What the program compared and prepared is read by who may count there; tables of one's own by oneself or, shared, by who may count; stories
-- by who wrote them, then by who decides, and once published by who may count.
DO $$
DECLARE one text; verb text; told text;
    counts constant text := 'place_no <@ (SELECT acting_scope(''count.read''))';
    program constant text := '(SELECT acting_is_system())';
    writes constant text := 'place_no <@ (SELECT acting_scope(''story.write''))';
    mine constant text := 'made_by_id::text = (SELECT acting_payload() ->> ''actor'')';
BEGIN
    FOREACH one IN ARRAY ARRAY['insight_comparison', 'insight_review', 'insight_reviewfile', 'insight_savedtable', 'insight_story'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('REVOKE TRUNCATE, REFERENCES, TRIGGER ON %I FROM aanchal_app', one);
    END LOOP;
    FOR one, verb, told IN VALUES
        ('insight_comparison', 'SELECT', counts),
        ('insight_comparison', 'INSERT', program),
        ('insight_comparison', 'DELETE', program),
        ('insight_review', 'SELECT', counts),
        ('insight_review', 'INSERT', counts || ' AND asked_by_id::text = (SELECT acting_payload() ->> ''actor'') AND done = 0 AND ready_at IS NULL'),
        ('insight_review', 'UPDATE', program),
        ('insight_reviewfile', 'SELECT', counts),
        ('insight_reviewfile', 'INSERT', program),
        ('insight_savedtable', 'SELECT', counts || ' AND (is_shared OR ' || mine || ')'),
        ('insight_savedtable', 'INSERT', counts || ' AND ' || mine),
        ('insight_savedtable', 'DELETE', counts || ' AND ' || mine),
        ('insight_story', 'SELECT', '(' || mine || ' AND ' || writes || ') OR (standing = ''PUBLISHED'' AND ' || counts || ')'
            || ' OR (standing <> ''DRAFT'' AND place_no <@ (SELECT acting_scope(''story.decide'')))'),
        ('insight_story', 'INSERT', mine || ' AND standing = ''DRAFT'' AND ' || writes),
        ('insight_story', 'UPDATE', '(' || mine || ' AND ' || writes || ') OR place_no <@ (SELECT acting_scope(''story.decide''))')
    LOOP
        EXECUTE format('CREATE POLICY %I ON %I FOR %s TO aanchal_app %s', one || '_' || lower(verb), one, verb,
            CASE verb WHEN 'INSERT' THEN format('WITH CHECK (%s OR %s)', program, told)
                WHEN 'UPDATE' THEN format('USING (%1$s OR %2$s) WITH CHECK (%1$s OR %2$s)', program, told)
                ELSE format('USING (%s OR %s)', program, told) END);
    END LOOP;
END $$;
REVOKE UPDATE ON insight_comparison, insight_reviewfile, insight_savedtable FROM aanchal_app;
REVOKE DELETE ON insight_review, insight_reviewfile, insight_story FROM aanchal_app;

-- A story is written by one, who may change it until it is submitted, and decided by another under their own name.
CREATE FUNCTION insight_story_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE actor text := acting_payload() ->> 'actor';
BEGIN
    IF acting_is_system() THEN
        RETURN NEW;
    END IF;
    IF OLD.standing = 'PUBLISHED' OR (NEW.id, NEW.place_id, NEW.place_no, NEW.made_by_id, NEW.made_at)
        IS DISTINCT FROM (OLD.id, OLD.place_id, OLD.place_no, OLD.made_by_id, OLD.made_at) THEN
        RAISE EXCEPTION 'a story stays where and whose it is, and a published one as it is' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.standing IN ('PUBLISHED', 'RETURNED') AND OLD.standing = 'SUBMITTED' THEN
        IF actor = OLD.made_by_id::text OR NEW.decided_by_id::text IS DISTINCT FROM actor OR NOT NEW.place_no <@ acting_scope('story.decide')
            OR to_jsonb(NEW) - ARRAY['standing', 'decided_by_id', 'decided_at', 'decide_note']
                <> to_jsonb(OLD) - ARRAY['standing', 'decided_by_id', 'decided_at', 'decide_note'] THEN
            RAISE EXCEPTION 'not yours to decide' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF actor IS DISTINCT FROM OLD.made_by_id::text OR OLD.standing NOT IN ('DRAFT', 'RETURNED') OR NEW.standing NOT IN ('DRAFT', 'SUBMITTED') THEN
        RAISE EXCEPTION 'only who wrote it changes it, before it is submitted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER insight_story_is_guarded BEFORE UPDATE ON insight_story FOR EACH ROW EXECUTE FUNCTION insight_story_guard();
