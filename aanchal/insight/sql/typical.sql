-- A typical value is made of eleven or more, or not at all (insight.computing): who may count may know it, however small it is itself.
DROP POLICY insight_figure_read ON insight_figure;
CREATE POLICY insight_figure_read ON insight_figure FOR SELECT TO aanchal_app USING ((SELECT acting_is_system()) OR (
    place_no <@ (SELECT acting_scope('count.read')) AND (is_typical OR place_no <@ (SELECT acting_scope('entry.read'))
        OR ((numerator = 0 OR numerator >= 11) AND (denominator IS NULL OR denominator = numerator OR denominator - numerator >= 11)))));
