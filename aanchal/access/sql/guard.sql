-- Who signs in, and how, is changed by themselves, by who manages users, or by the installation; by nobody through someone else's request.
-- The arguments: the column that says whose row it is, then the columns that signing in itself changes.
CREATE FUNCTION access_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    payload jsonb := acting_payload();
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
BEGIN
    IF current_user <> 'aanchal_app' OR (payload ->> 'system')::boolean OR NOT isempty(acting_scope('user.manage')) THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF payload ->> 'actor' = ALL (ARRAY[coalesce(before, after) ->> TG_ARGV[0], coalesce(after, before) ->> TG_ARGV[0]])
        AND before -> 'is_active' IS NOT DISTINCT FROM coalesce(after, before) -> 'is_active' THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_OP = 'UPDATE' AND (before - TG_ARGV[1:]) #- '{data,used_mask}' = (after - TG_ARGV[1:]) #- '{data,used_mask}' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'not yours to change' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER user_is_guarded BEFORE UPDATE OR DELETE ON access_user FOR EACH ROW EXECUTE FUNCTION access_guard('id', 'last_login');
CREATE TRIGGER device_is_guarded BEFORE INSERT OR UPDATE OR DELETE ON access_device FOR EACH ROW EXECUTE FUNCTION access_guard('user_id', 'last_seen_on');
CREATE TRIGGER second_factor_is_guarded BEFORE INSERT OR UPDATE OR DELETE ON mfa_authenticator
    FOR EACH ROW EXECUTE FUNCTION access_guard('user_id', 'last_used_at');
REVOKE TRUNCATE ON access_user, access_device, mfa_authenticator FROM aanchal_app;
