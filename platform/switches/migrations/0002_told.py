"""Every municipality's memory, and its kept pages, hear of a switch that is turned, and of its own change of wave."""

from django.db import migrations

TELL = """
CREATE FUNCTION public.switches_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('rows_changed', 'switches ' || m.schema_name) FROM public.tenants_municipality m;
    RETURN NULL;
END $$;
CREATE TRIGGER switches_setting_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON public.switches_setting
    FOR EACH STATEMENT EXECUTE FUNCTION public.switches_tell();

CREATE FUNCTION public.switches_tell_town() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('rows_changed', 'switches ' || NEW.schema_name);
    RETURN NULL;
END $$;
CREATE TRIGGER switches_wave_told AFTER UPDATE ON public.tenants_municipality
    FOR EACH ROW WHEN (OLD.wave IS DISTINCT FROM NEW.wave) EXECUTE FUNCTION public.switches_tell_town();
"""
UNDO = """
DROP TRIGGER switches_wave_told ON public.tenants_municipality;
DROP FUNCTION public.switches_tell_town();
DROP TRIGGER switches_setting_changed ON public.switches_setting;
DROP FUNCTION public.switches_tell();
"""
REVIEWED = "Functions, and triggers that take their lock for a moment; the release before asks no switch."


class Migration(migrations.Migration):
    dependencies = [("switches", "0001_initial")]

    operations = [migrations.RunSQL(TELL, UNDO, hints={"reviewed": REVIEWED})]
