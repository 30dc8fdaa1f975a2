-- Who was given a decision and follows activities there closes it herself: of hers no change passes but one that closes it.
CREATE POLICY point_of_owner_update ON activities_actionpoint FOR UPDATE TO aanchal_app
    USING (owner_id = (SELECT acting_user()) AND state = 'OPEN' AND place_no <@ (SELECT acting_scope('activity.read')))
    WITH CHECK (owner_id = (SELECT acting_user()) AND state <> 'OPEN' AND closed_by_id = (SELECT acting_user()));
