"""The newest position and hash of each log, kept outside of it: so a log whose last entries were cut off is noticed.

One row a schema in the shared schema, written with the link, under the lock that is held for the moment of the commit
already. It knows which table it means: a log that was moved, or restored elsewhere, begins with its next entry.
"""

from django.db import migrations

# Once, by the first schema that comes along, which is the shared one.
HEAD = """
DO $shared$ BEGIN
IF to_regclass('public.audit_head') IS NULL THEN
    CREATE TABLE public.audit_head (
        schema_name text PRIMARY KEY,
        log oid NOT NULL,
        position bigint NOT NULL,
        entry_hash text NOT NULL
    );
    CREATE FUNCTION public.audit_refuse_head() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'The head of an audit log moves with the log alone.'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE TRIGGER audit_head_moves_with_its_log BEFORE UPDATE OR DELETE ON public.audit_head
        FOR EACH ROW EXECUTE FUNCTION public.audit_refuse_head();
END IF;
END $shared$;
"""
LINK = """
CREATE OR REPLACE FUNCTION audit_link_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place bigint;
    previous text;
    written text;
BEGIN
    -- One writer at a time, or two entries would follow the same one. The queries below see what the last one did.
    PERFORM pg_advisory_xact_lock(hashtext('audit:' || TG_TABLE_SCHEMA));
    EXECUTE format('SELECT position, entry_hash FROM %I.audit_entry WHERE position IS NOT NULL '
                   'ORDER BY position DESC LIMIT 1', TG_TABLE_SCHEMA) INTO place, previous;
    IF place IS NULL THEN
        EXECUTE format('SELECT entry_hash FROM %I.audit_entry WHERE position IS NULL AND entry_hash <> '''' '
                       'ORDER BY id DESC LIMIT 1', TG_TABLE_SCHEMA) INTO previous;
    END IF;
    place := coalesce(place, 0) + 1;
    previous := coalesce(previous, '');
    EXECUTE format('UPDATE %1$I.audit_entry e SET position = $1, previous_hash = $2, entry_hash = '
                   '%1$I.audit_entry_hash($2, id, at, actor_id, actor, action, target_type, target_id, target, '
                   'changes) '
                   'WHERE id = $3 AND entry_hash = '''' RETURNING entry_hash', TG_TABLE_SCHEMA)
        INTO written USING place, previous, NEW.id;
    IF written IS NOT NULL THEN
        -- A head that does not fit its log stays: what was cut off is not forgotten by writing on.
        INSERT INTO public.audit_head AS head (schema_name, log, position, entry_hash)
            VALUES (TG_TABLE_SCHEMA, TG_RELID, place, written)
            ON CONFLICT (schema_name) DO UPDATE
                SET log = excluded.log, position = excluded.position, entry_hash = excluded.entry_hash
                WHERE head.log <> excluded.log OR (head.position = place - 1 AND head.entry_hash = previous);
    END IF;
    RETURN NULL;
END $$;
"""
# Logs that are there begin with the entry they end with.
FIRST = """
INSERT INTO public.audit_head (schema_name, log, position, entry_hash)
    SELECT current_schema(), 'audit_entry'::regclass::oid, position, entry_hash
    FROM audit_entry WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1
    ON CONFLICT (schema_name) DO NOTHING;
"""
REVIEWED = (
    "A new table, and a function replaced for the moment of a catalogue change. The code of the release before writes "
    "entries as it did; the head is the trigger's."
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_position_once")]

    operations = [migrations.RunSQL(HEAD + LINK + FIRST, hints={"reviewed": REVIEWED})]
