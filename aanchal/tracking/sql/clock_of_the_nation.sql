-- The law's clocks hold in every state: only who may change them for the whole nation writes a new version.
DROP POLICY clock_insert ON tracking_statutoryclock;
CREATE POLICY clock_insert ON tracking_statutoryclock FOR INSERT TO aanchal_app
    WITH CHECK ((SELECT bool_and(int8range(place_no, last_no, '[]') <@ acting_scope('clock.edit')) FROM places_place WHERE level = 'NATION'));
