"""The log chains itself and refuses to be rewritten, whoever writes to it."""

from django.db import migrations

CHAIN = """
CREATE FUNCTION audit_entry_hash(
    previous text, id bigint, at timestamptz, actor_id bigint, actor text, action text,
    target_type text, target_id text, target text, changes jsonb
) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(concat_ws(chr(31), previous, id::text,
        extract(epoch FROM at)::text, coalesce(actor_id::text, '-'), actor, action,
        target_type, target_id, target, changes::text), 'UTF8')), 'hex')
$$;
CREATE FUNCTION audit_chain_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- One writer at a time, or two entries would follow the same one.
    PERFORM pg_advisory_xact_lock(hashtext('audit:' || TG_TABLE_SCHEMA));
    EXECUTE format('SELECT entry_hash FROM %I.audit_entry ORDER BY id DESC LIMIT 1', TG_TABLE_SCHEMA)
        INTO NEW.previous_hash;
    NEW.previous_hash := coalesce(NEW.previous_hash, '');
    EXECUTE format('SELECT nextval(pg_get_serial_sequence(%L, ''id''))', format('%I.audit_entry', TG_TABLE_SCHEMA))
        INTO NEW.id;
    NEW.entry_hash := audit_entry_hash(NEW.previous_hash, NEW.id, NEW.at, NEW.actor_id, NEW.actor, NEW.action,
        NEW.target_type, NEW.target_id, NEW.target, NEW.changes);
    RETURN NEW;
END $$;
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is append-only.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_chain BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_chain_entry();
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""
UNDO = """
DROP TRIGGER audit_append_only ON audit_entry;
DROP TRIGGER audit_chain ON audit_entry;
DROP FUNCTION audit_refuse();
DROP FUNCTION audit_chain_entry();
DROP FUNCTION audit_entry_hash(text, bigint, timestamptz, bigint, text, text, text, text, text, jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(CHAIN, UNDO)]
