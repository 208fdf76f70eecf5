"""An offer counts as public from the moment at which it was seen: also where it was published while its organisation,
or it itself, was hidden. Only what is entered as public already (an import) was so since its `published_at`."""

from importlib import import_module

from django.db import migrations

FUNCTIONS = """
CREATE OR REPLACE FUNCTION planning_follow(town text, numbers bigint[], at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    shown text := format('SELECT o.id, o.provider_id, o.ends_at FROM %1$I.offers_offer o'
        ' JOIN %1$I.providers_provider p ON p.id = o.provider_id WHERE o.id = ANY($1) AND o.state = ''published'''
        ' AND o.hidden_at IS NULL AND p.state = ''published'' AND (o.ends_at IS NULL OR o.ends_at > $2)', town);
    open text := 's.offer_id = ANY($1) AND (s.until IS NULL OR s.until > $2)';
BEGIN
    EXECUTE format('DELETE FROM %1$I.planning_span s WHERE ' || open || ' AND s.since >= $2 AND NOT EXISTS'
        ' (SELECT FROM (' || shown || ') AS o WHERE o.id = s.offer_id AND o.provider_id = s.provider_id)', town)
        USING numbers, at;
    EXECUTE format('UPDATE %1$I.planning_span s SET until = $2 WHERE ' || open || ' AND NOT EXISTS'
        ' (SELECT FROM (' || shown || ') AS o WHERE o.id = s.offer_id AND o.provider_id = s.provider_id)', town)
        USING numbers, at;
    EXECUTE format('UPDATE %1$I.planning_span s SET until = o.ends_at FROM (' || shown || ') AS o'
        ' WHERE o.id = s.offer_id AND ' || open || ' AND s.until IS DISTINCT FROM o.ends_at', town)
        USING numbers, at;
    EXECUTE format('INSERT INTO %1$I.planning_span (offer_id, provider_id, since, until)'
        ' SELECT o.id, o.provider_id, $2, o.ends_at FROM (' || shown || ') AS o WHERE NOT EXISTS'
        ' (SELECT FROM %1$I.planning_span s WHERE s.offer_id = o.id AND ' || open || ') ORDER BY o.id', town)
        USING numbers, at;
END $$;

CREATE OR REPLACE FUNCTION planning_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    numbers bigint[];
BEGIN
    IF TG_TABLE_NAME = 'providers_provider' THEN
        SELECT array_agg(f.id) INTO numbers FROM gone g JOIN fresh f USING (id) WHERE g.state <> f.state;
        IF numbers IS NULL THEN
            RETURN NULL;
        END IF;
        EXECUTE format('SELECT array_agg(id) FROM (SELECT id FROM %I.offers_offer WHERE provider_id = ANY($1)'
            ' ORDER BY id FOR NO KEY UPDATE) AS o', TG_TABLE_SCHEMA) INTO numbers USING numbers;
    ELSIF TG_OP = 'INSERT' THEN
        SELECT array_agg(id) INTO numbers FROM fresh WHERE state = 'published';
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(id) INTO numbers FROM gone WHERE state = 'published';
    ELSE
        SELECT array_agg(f.id) INTO numbers FROM gone g JOIN fresh f USING (id)
        WHERE (g.state, g.hidden_at, g.ends_at, g.provider_id) IS DISTINCT FROM
            (f.state, f.hidden_at, f.ends_at, f.provider_id) AND 'published' IN (g.state, f.state);
    END IF;
    IF numbers IS NOT NULL THEN
        EXECUTE format('SELECT %I.planning_follow($1, $2, statement_timestamp())', TG_TABLE_SCHEMA)
            USING TG_TABLE_SCHEMA::text, numbers;
    END IF;
    IF numbers IS NOT NULL AND TG_OP = 'INSERT' THEN
        EXECUTE format('UPDATE %1$I.planning_span s SET since = o.published_at FROM %1$I.offers_offer o'
            ' WHERE o.id = ANY($1) AND s.offer_id = o.id AND s.since = $2 AND o.published_at < $2', TG_TABLE_SCHEMA)
            USING numbers, statement_timestamp();
    END IF;
    RETURN NULL;
END $$;
"""
# As in 0002, from its beginning to its triggers.
_BEFORE = import_module("portal.planning.migrations.0002_followed").FUNCTIONS.partition("CREATE TRIGGER")[0]
UNDO = _BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
REVIEWED = "Two functions take the place of their former selves; no table is touched."


class Migration(migrations.Migration):
    dependencies = [("planning", "0004_sheets_and_reconciliations")]

    operations = [migrations.RunSQL(FUNCTIONS, UNDO, hints={"reviewed": REVIEWED})]
