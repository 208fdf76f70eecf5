"""A category can never be below itself."""

from django.db import migrations

NO_CIRCLES = """
CREATE FUNCTION taxonomy_refuse_circle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    above bigint := NEW.parent_id;
BEGIN
    -- Two moves at once could close a circle that neither of them sees.
    PERFORM pg_advisory_xact_lock(hashtext('categories:' || TG_TABLE_SCHEMA));
    WHILE above IS NOT NULL LOOP
        IF above = NEW.id THEN
            RAISE EXCEPTION 'A category cannot be below itself.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'category_no_circle';
        END IF;
        EXECUTE format('SELECT parent_id FROM %I.taxonomy_category WHERE id = $1', TG_TABLE_SCHEMA)
            INTO above USING above;
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER category_no_circle BEFORE UPDATE OF parent_id ON taxonomy_category
    FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION taxonomy_refuse_circle();
"""
UNDO = """
DROP TRIGGER category_no_circle ON taxonomy_category;
DROP FUNCTION taxonomy_refuse_circle();
"""


class Migration(migrations.Migration):
    dependencies = [("taxonomy", "0001_initial")]

    operations = [migrations.RunSQL(NO_CIRCLES, UNDO)]
