"""What no constraint can say: circles, what stands below what is gone, rings of merges, and that what is issued stays.

All is in the shared schema and named with it, because whoever writes may be inside a municipality.
"""

from django.db import migrations

from tenants.running.changes import watch

ENTRY = """
CREATE FUNCTION public.catalogue_guard_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    above public.catalogue_entry;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.code <> OLD.code OR NEW.kind <> OLD.kind OR NEW.id <> OLD.id) THEN
        RAISE EXCEPTION 'Code and kind of an entry never change.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'catalogue_code_stays';
    END IF;
    -- Two changes at once could close a circle that neither of them sees.
    PERFORM pg_advisory_xact_lock(hashtext('catalogue'));
    SELECT * INTO above FROM public.catalogue_entry WHERE id = NEW.parent_id;
    IF FOUND AND (above.kind <> NEW.kind OR above.removed_at IS NOT NULL AND NEW.removed_at IS NULL) THEN
        RAISE EXCEPTION 'An entry cannot be below one that is removed or of another kind.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'catalogue_parent_present';
    END IF;
    WHILE above.id IS NOT NULL LOOP
        IF above.id = NEW.id THEN
            RAISE EXCEPTION 'An entry cannot be below itself.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'catalogue_no_circle';
        END IF;
        SELECT * INTO above FROM public.catalogue_entry WHERE id = above.parent_id;
    END LOOP;
    IF NEW.removed_at IS NOT NULL AND EXISTS (
        SELECT FROM public.catalogue_entry WHERE parent_id = NEW.id AND removed_at IS NULL
    ) THEN
        RAISE EXCEPTION 'There are entries below this one.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'catalogue_nothing_below_removed';
    END IF;
    IF NEW.replaced_by_id IS NOT NULL AND (
        EXISTS (SELECT FROM public.catalogue_entry
                WHERE id = NEW.replaced_by_id AND (replaced_by_id IS NOT NULL OR kind <> NEW.kind))
        OR EXISTS (SELECT FROM public.catalogue_entry WHERE replaced_by_id = NEW.id)
    ) THEN
        RAISE EXCEPTION 'An entry is merged into one of its kind that is merged into no other.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'catalogue_no_ring_of_merges';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER catalogue_guard_entry BEFORE INSERT OR UPDATE ON public.catalogue_entry
    FOR EACH ROW EXECUTE FUNCTION public.catalogue_guard_entry();
"""

KEPT = """
CREATE FUNCTION public.catalogue_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[1];
END $$;
CREATE TRIGGER catalogue_keep_entry BEFORE DELETE ON public.catalogue_entry
    FOR EACH ROW EXECUTE FUNCTION public.catalogue_keep('Entries of the catalogue are removed, never deleted.',
        'catalogue_entry_kept');
CREATE TRIGGER catalogue_keep_release BEFORE UPDATE OR DELETE ON public.catalogue_release
    FOR EACH ROW EXECUTE FUNCTION public.catalogue_keep('What was issued of the catalogue stays as it is.',
        'catalogue_release_kept');
"""
UNDO = """
DROP TRIGGER catalogue_keep_release ON public.catalogue_release;
DROP TRIGGER catalogue_keep_entry ON public.catalogue_entry;
DROP FUNCTION public.catalogue_keep();
DROP TRIGGER catalogue_guard_entry ON public.catalogue_entry;
DROP FUNCTION public.catalogue_guard_entry();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [
        migrations.RunSQL(ENTRY + KEPT, UNDO, hints={"reviewed": "Triggers on tables that are new to everybody."}),
        watch("catalogue_release"),
    ]
