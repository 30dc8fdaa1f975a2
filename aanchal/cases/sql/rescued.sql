-- Whose rescue a case tells of never changes either.
DROP TRIGGER keeps ON cases_case;
CREATE TRIGGER keeps BEFORE UPDATE ON cases_case
    FOR EACH ROW EXECUTE FUNCTION cases_keeps('id', 'code', 'place_no', 'opened_by_id', 'opened_at', 'rescued_id');
