-- The codes sent to a worker's telephone are hers alone; a code that was sent is not taken back.
ALTER TABLE notices_phonecheck ENABLE ROW LEVEL SECURITY;
CREATE POLICY phonecheck_hers ON notices_phonecheck TO aanchal_app USING (user_id::text = (SELECT acting_payload() ->> 'actor'))
    WITH CHECK (user_id::text = (SELECT acting_payload() ->> 'actor'));
REVOKE DELETE, TRUNCATE, REFERENCES, TRIGGER ON notices_phonecheck FROM aanchal_app;
