-- The public asks before going: who signed in reads no more of an employer than it does. Each is written where it is kept.
ALTER TABLE network_listing ENABLE ROW LEVEL SECURITY;
CREATE POLICY listing_read ON network_listing FOR SELECT TO aanchal_app USING (is_public OR place_no <@ (SELECT acting_scope('directory.record')));
CREATE POLICY listing_insert ON network_listing FOR INSERT TO aanchal_app WITH CHECK (place_no <@ (SELECT acting_scope('directory.record')));
CREATE POLICY listing_update ON network_listing FOR UPDATE TO aanchal_app USING (place_no <@ (SELECT acting_scope('directory.record')))
    WITH CHECK (place_no <@ (SELECT acting_scope('directory.record')));
REVOKE DELETE, TRUNCATE ON network_listing FROM aanchal_app;
ALTER TABLE network_verification ENABLE ROW LEVEL SECURITY;
CREATE POLICY verification_read ON network_verification FOR SELECT TO aanchal_app USING (true);
CREATE POLICY verification_insert ON network_verification FOR INSERT TO aanchal_app WITH CHECK (place_no <@ (SELECT acting_scope('directory.record')));
REVOKE UPDATE, DELETE, TRUNCATE ON network_verification FROM aanchal_app;
ALTER TABLE network_centre ENABLE ROW LEVEL SECURITY;
CREATE POLICY centre_read ON network_centre FOR SELECT TO aanchal_app USING (true);
CREATE POLICY centre_insert ON network_centre FOR INSERT TO aanchal_app WITH CHECK (place_no <@ (SELECT acting_scope('centre.work')));
CREATE POLICY centre_update ON network_centre FOR UPDATE TO aanchal_app USING (place_no <@ (SELECT acting_scope('centre.work')))
    WITH CHECK (place_no <@ (SELECT acting_scope('centre.work')));
REVOKE DELETE, TRUNCATE ON network_centre FROM aanchal_app;
REVOKE UPDATE, DELETE, TRUNCATE ON network_risknote FROM aanchal_app;
