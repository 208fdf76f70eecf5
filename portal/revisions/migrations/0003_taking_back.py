"""A decision may be taken back for some minutes: only then, and only within one transaction that says so."""

from django.db import migrations

STAYS = """
CREATE OR REPLACE FUNCTION revisions_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY[
        'author_id', 'author_name', 'decided_by_id', 'decided_by_name', 'based_on_id', 'seen_at'];
BEGIN
    IF current_setting('revisions.taking_back', true) = 'on' THEN
        RETURN NEW;
    END IF;
    -- A deleted account is taken out, a look at it is noted, what it was based on may go; nothing else.
    IF (to_jsonb(NEW) - may_change) IS DISTINCT FROM (to_jsonb(OLD) - may_change)
        OR (NEW.author_id IS DISTINCT FROM OLD.author_id AND NEW.author_id IS NOT NULL)
        OR (NEW.author_name <> OLD.author_name AND NEW.author_name <> '')
        OR (NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id AND NEW.decided_by_id IS NOT NULL)
        OR (NEW.decided_by_name <> OLD.decided_by_name AND NEW.decided_by_name <> '')
        OR (NEW.based_on_id IS DISTINCT FROM OLD.based_on_id AND NEW.based_on_id IS NOT NULL)
    THEN
        RAISE EXCEPTION 'A revision that was decided on does not change.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'revision_history_stays';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("revisions", "0002_history_stays")]

    operations = [
        migrations.RunSQL(
            STAYS, migrations.RunSQL.noop, hints={"reviewed": "Replaces a function; the trigger and all rows stay."}
        )
    ]
