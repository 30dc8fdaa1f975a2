-- Who follows activities in a district or block of a pilot reads that pilot, its plan and its strategy; and changes nothing of it.
CREATE POLICY pilots_place_district_read ON pilots_pilot FOR SELECT TO aanchal_app USING (EXISTS (
    SELECT 1 FROM pilots_pilotplace p WHERE p.pilot_id = pilots_pilot.id AND p.place_no <@ (SELECT acting_scope('activity.read'))));
CREATE POLICY pilots_aim_district_read ON pilots_aim FOR SELECT TO aanchal_app USING (EXISTS (
    SELECT 1 FROM pilots_pilotplace p WHERE p.pilot_id = pilots_aim.pilot_id AND p.place_no <@ (SELECT acting_scope('activity.read'))));
CREATE POLICY pilots_phase_district_read ON pilots_phase FOR SELECT TO aanchal_app USING (EXISTS (
    SELECT 1 FROM pilots_pilotplace p WHERE p.pilot_id = pilots_phase.pilot_id AND p.place_no <@ (SELECT acting_scope('activity.read'))));
CREATE POLICY pilots_strategy_district_read ON pilots_strategy FOR SELECT TO aanchal_app USING (EXISTS (
    SELECT 1 FROM pilots_pilotplace p WHERE p.pilot_id = pilots_strategy.pilot_id AND p.place_no <@ (SELECT acting_scope('activity.read'))));
