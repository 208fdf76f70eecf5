"""A place for other shared rooms to learn, in the transaction of a change, which rows of a municipality changed.

`tenants_noted` does nothing by itself; a room that keeps something of municipalities in the shared schema puts its own
in its place (neighbours). Both functions that watched tables call tell it the schema, the table and the ids; no ids:
anything in the table may have changed. No municipality's schema is touched by this.
"""

from django.db import migrations

NOTED = """
CREATE FUNCTION public.tenants_noted(town text, changed text, ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
END $$;

CREATE OR REPLACE FUNCTION public.tenants_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('content_changed', TG_TABLE_SCHEMA || ' ' || TG_ARGV[0]);
    PERFORM pg_notify('rows_changed', TG_ARGV[0] || ' ' || TG_TABLE_SCHEMA);
    PERFORM public.tenants_noted(TG_TABLE_SCHEMA, TG_TABLE_NAME, NULL);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.tenants_rows_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    source text := CASE TG_OP WHEN 'INSERT' THEN 'fresh' WHEN 'DELETE' THEN 'gone'
        ELSE '(SELECT * FROM gone UNION ALL SELECT * FROM fresh) AS both_sides' END;
    ids bigint[];
BEGIN
    EXECUTE format('SELECT array_agg(DISTINCT %I) FROM %s', TG_ARGV[1], source) INTO ids;
    IF ids IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM public.tenants_noted(TG_TABLE_SCHEMA, TG_TABLE_NAME, ids);
    PERFORM pg_notify('content_changed', TG_TABLE_SCHEMA || ' ' || TG_ARGV[0]);
    IF cardinality(ids) > 7000 THEN
        PERFORM pg_notify('rows_changed', TG_ARGV[0] || ' ' || TG_TABLE_SCHEMA);
        RETURN NULL;
    END IF;
    FOR part IN 0 .. (cardinality(ids) - 1) / 350 LOOP
        PERFORM pg_notify('rows_changed', TG_ARGV[0] || ':'
            || array_to_string(ids[part * 350 + 1 : part * 350 + 350], ',') || ' ' || TG_TABLE_SCHEMA);
    END LOOP;
    RETURN NULL;
END $$;
"""
UNDO = """
CREATE OR REPLACE FUNCTION public.tenants_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('content_changed', TG_TABLE_SCHEMA || ' ' || TG_ARGV[0]);
    PERFORM pg_notify('rows_changed', TG_ARGV[0] || ' ' || TG_TABLE_SCHEMA);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.tenants_rows_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    source text := CASE TG_OP WHEN 'INSERT' THEN 'fresh' WHEN 'DELETE' THEN 'gone'
        ELSE '(SELECT * FROM gone UNION ALL SELECT * FROM fresh) AS both_sides' END;
    ids bigint[];
BEGIN
    EXECUTE format('SELECT array_agg(DISTINCT %I) FROM %s', TG_ARGV[1], source) INTO ids;
    IF ids IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM pg_notify('content_changed', TG_TABLE_SCHEMA || ' ' || TG_ARGV[0]);
    IF cardinality(ids) > 7000 THEN
        PERFORM pg_notify('rows_changed', TG_ARGV[0] || ' ' || TG_TABLE_SCHEMA);
        RETURN NULL;
    END IF;
    FOR part IN 0 .. (cardinality(ids) - 1) / 350 LOOP
        PERFORM pg_notify('rows_changed', TG_ARGV[0] || ':'
            || array_to_string(ids[part * 350 + 1 : part * 350 + 350], ',') || ' ' || TG_TABLE_SCHEMA);
    END LOOP;
    RETURN NULL;
END $$;
DROP FUNCTION public.tenants_noted(text, text, bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0010_rows_changed")]

    operations = [
        migrations.RunSQL(NOTED, UNDO, hints={"reviewed": "Functions only; the channels say what they said before."})
    ]
