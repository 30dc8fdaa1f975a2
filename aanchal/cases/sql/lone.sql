-- Whether who acts may review the emergency access another opened: a supervisor of the place; where no other supervises there,
-- any supervisor of the same State, so that no access stays unreviewed (docs/adr/0043).
CREATE FUNCTION cases_reviews(at bigint, opener uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT opener <> (SELECT acting_user()) AND (at <@ (SELECT acting_scope('case.supervise')) OR (
        EXISTS (SELECT 1 FROM places_place s WHERE s.level = 'STATE' AND at BETWEEN s.place_no AND s.last_no
            AND (SELECT acting_scope('case.supervise')) && int8multirange(int8range(s.place_no, s.last_no, '[]')))
        AND NOT EXISTS (
            SELECT 1 FROM access_posting p
            JOIN access_user u ON u.id = p.user_id AND u.is_active
            JOIN access_rolepermission rp ON rp.role = p.role AND rp.permission = 'case.supervise'
            JOIN places_place part ON part.id = p.place_id OR part.part_of_id = p.place_id
            WHERE at BETWEEN part.place_no AND part.last_no AND p.user_id <> opener
                AND p.since <= (SELECT aanchal_today()) AND (p.until IS NULL OR p.until >= (SELECT aanchal_today())))))
$$;
ALTER POLICY cases_emergency_review_read ON cases_emergency
    USING (user_id = (SELECT acting_user()) OR place_no <@ (SELECT acting_scope('case.supervise')) OR cases_reviews(place_no, user_id));
ALTER POLICY cases_emergency_review ON cases_emergency
    USING ((SELECT acting_is_system()) OR cases_reviews(place_no, user_id));

-- A mark of how a name sounds is for those who may know the name, as the mark of the name is.
ALTER POLICY cases_mark_of_name ON cases_mark
    USING (kind = 'FIR' OR (SELECT acting_is_system()) OR case_id = ANY ((SELECT cases_assigned('case.identity', 'NAMES'))::uuid[]));
