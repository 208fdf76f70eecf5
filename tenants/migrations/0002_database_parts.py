"""Extensions, and the triggers that tell every process when a municipality or a host name changed."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

NOTIFY = """
CREATE FUNCTION tenants_notify_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('municipalities_changed', '');
    RETURN NULL;
END $$;
CREATE TRIGGER municipality_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON tenants_municipality
    FOR EACH STATEMENT EXECUTE FUNCTION tenants_notify_change();
CREATE TRIGGER domain_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON tenants_domain
    FOR EACH STATEMENT EXECUTE FUNCTION tenants_notify_change();
"""
UNDO = """
DROP TRIGGER domain_changed ON tenants_domain;
DROP TRIGGER municipality_changed ON tenants_municipality;
DROP FUNCTION tenants_notify_change();
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0001_initial")]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(NOTIFY, UNDO),
    ]
