-- A published version is final: neither its row nor anything that belongs to it may change. Only its end may be set.
CREATE FUNCTION procedures_version_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'concept' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'published version % of a procedure cannot be deleted', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.state = 'concept'
       OR lower(NEW.in_force_during) IS DISTINCT FROM lower(OLD.in_force_during)
       OR to_jsonb(NEW) - 'state' - 'in_force_during' IS DISTINCT FROM to_jsonb(OLD) - 'state' - 'in_force_during' THEN
        RAISE EXCEPTION 'published version % of a procedure cannot be changed', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER procedures_version_is_final BEFORE UPDATE OR DELETE ON procedures_procedureversion
    FOR EACH ROW EXECUTE FUNCTION procedures_version_is_final();

CREATE FUNCTION procedures_part_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM touched JOIN procedures_procedureversion v ON v.id = touched.version_id WHERE v.state <> 'concept') THEN
        RAISE EXCEPTION 'a published version of a procedure cannot be changed (%)', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION procedures_paper_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM touched JOIN procedures_case c ON c.id = touched.case_id
                 JOIN procedures_procedureversion v ON v.id = c.version_id WHERE v.state <> 'concept') THEN
        RAISE EXCEPTION 'a published version of a procedure cannot be changed (%)', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE
    part text;
    checker text;
BEGIN
    FOREACH part IN ARRAY ARRAY['case', 'term', 'fee', 'legalbasis', 'responsibleagency', 'paper'] LOOP
        checker := CASE part WHEN 'paper' THEN 'procedures_paper_is_final' ELSE 'procedures_part_is_final' END;
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION %I()',
                       'procedures_' || part || '_added', 'procedures_' || part, checker);
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION %I()',
                       'procedures_' || part || '_changed', 'procedures_' || part, checker);
        EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION %I()',
                       'procedures_' || part || '_removed', 'procedures_' || part, checker);
    END LOOP;
END $$;
