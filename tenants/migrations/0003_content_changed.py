"""The function behind the triggers of `tenants.running.changes.watch`."""

from django.db import migrations

NOTIFY = """
CREATE FUNCTION tenants_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('content_changed', TG_TABLE_SCHEMA || ' ' || TG_ARGV[0]);
    RETURN NULL;
END $$;
"""
UNDO = "DROP FUNCTION tenants_content_changed();"


class Migration(migrations.Migration):
    dependencies = [("tenants", "0002_database_parts")]

    operations = [migrations.RunSQL(NOTIFY, UNDO)]
