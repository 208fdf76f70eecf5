"""The chain is made at the end of a transaction, so that nobody waits for another's whole transaction.

An entry is written without links and gets its position, its predecessor's hash and its own when its transaction ends:
the lock that lets one writer after another do that is held for the moment of the commit only. That is the one change
an entry ever sees, made by the trigger and by nobody else.

Entries of before have no position: they come first, in the order of their ids, and the first one with a position
follows the last of them. So nothing that stands there is touched.

Functions are called by the name of the table's schema: when a transaction ends, the search path may be another's.
"""

from django.db import migrations, models

AT_COMMIT = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 AND OLD.entry_hash = '' AND NEW.entry_hash <> ''
       AND to_jsonb(OLD) - '{position,previous_hash,entry_hash}'::text[]
         = to_jsonb(NEW) - '{position,previous_hash,entry_hash}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The audit log is append-only.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION audit_entry_unlinked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.position := NULL;
    NEW.previous_hash := '';
    NEW.entry_hash := '';
    RETURN NEW;
END $$;
CREATE FUNCTION audit_link_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place bigint;
    previous text;
BEGIN
    -- One writer at a time, or two entries would follow the same one. The queries below see what the last one did.
    PERFORM pg_advisory_xact_lock(hashtext('audit:' || TG_TABLE_SCHEMA));
    EXECUTE format('SELECT position, entry_hash FROM %I.audit_entry WHERE position IS NOT NULL '
                   'ORDER BY position DESC LIMIT 1', TG_TABLE_SCHEMA) INTO place, previous;
    IF place IS NULL THEN
        EXECUTE format('SELECT entry_hash FROM %I.audit_entry WHERE position IS NULL AND entry_hash <> '''' '
                       'ORDER BY id DESC LIMIT 1', TG_TABLE_SCHEMA) INTO previous;
    END IF;
    previous := coalesce(previous, '');
    EXECUTE format('UPDATE %1$I.audit_entry e SET position = $1, previous_hash = $2, entry_hash = '
                   '%1$I.audit_entry_hash($2, id, at, actor_id, actor, action, target_type, target_id, target, '
                   'changes) '
                   'WHERE id = $3 AND entry_hash = ''''', TG_TABLE_SCHEMA)
        USING coalesce(place, 0) + 1, previous, NEW.id;
    RETURN NULL;
END $$;
DROP TRIGGER audit_chain ON audit_entry;
DROP FUNCTION audit_chain_entry();
CREATE TRIGGER audit_unlinked BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_unlinked();
CREATE CONSTRAINT TRIGGER audit_chain AFTER INSERT ON audit_entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION audit_link_entry();
"""
REVIEWED = (
    "Replaces functions and triggers, for the moment of a catalogue change; no row is read. The code of the release "
    "before writes entries as it did: what it leaves empty, the new triggers fill."
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="position",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.RunSQL(AT_COMMIT, hints={"reviewed": REVIEWED}),
    ]
