"""The database itself notes from when to when each offer is public, in the transaction of whatever changes it.

Once a statement: `planning_note` finds the offers whose state, end or provider changed, and `planning_follow` closes
what is no longer public, moves ends and opens what became public. Offers of a provider that comes or goes are locked
first, so that whoever is last sees what the other did. What comes from an old portal was public there: its first span
begins with its `published_at`. What was before is taken from the log of states.
"""

from django.db import migrations

from tenants.running.changes import watch

FUNCTIONS = """
CREATE FUNCTION planning_follow(town text, numbers bigint[], at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    shown text := format('SELECT o.id, o.provider_id, o.ends_at, o.published_at FROM %1$I.offers_offer o'
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
        ' SELECT o.id, o.provider_id, CASE WHEN EXISTS (SELECT FROM %1$I.planning_span s WHERE s.offer_id = o.id)'
        ' THEN $2 ELSE least($2, o.published_at) END, o.ends_at FROM (' || shown || ') AS o WHERE NOT EXISTS'
        ' (SELECT FROM %1$I.planning_span s WHERE s.offer_id = o.id AND ' || open || ') ORDER BY o.id', town)
        USING numbers, at;
END $$;

CREATE FUNCTION planning_note() RETURNS trigger LANGUAGE plpgsql AS $$
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
    RETURN NULL;
END $$;

CREATE TRIGGER offers_offer_public_insert AFTER INSERT ON offers_offer REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT EXECUTE FUNCTION planning_note();
CREATE TRIGGER offers_offer_public_update AFTER UPDATE ON offers_offer
REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION planning_note();
CREATE TRIGGER offers_offer_public_delete AFTER DELETE ON offers_offer REFERENCING OLD TABLE AS gone
FOR EACH STATEMENT EXECUTE FUNCTION planning_note();
CREATE TRIGGER providers_provider_public_update AFTER UPDATE ON providers_provider
REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION planning_note();
"""
# What was public before this came: first on the day of `published_at`, then as the log says. Where it does not say how
# it ended, the last change did it at the latest.
BEFORE = """
INSERT INTO planning_span (offer_id, provider_id, since, until)
SELECT r.id, r.provider_id, r.since, r.until FROM (
    SELECT o.id, o.provider_id, e.at AS since, least(coalesce(
            lead(e.at) OVER steps,
            CASE WHEN o.state <> 'published' THEN greatest(o.updated_at, e.at) END,
            o.hidden_at,
            CASE WHEN p.state <> 'published' THEN greatest(p.updated_at, e.at) END
        ), o.ends_at) AS until, e.state
    FROM offers_offer o JOIN providers_provider p ON p.id = o.provider_id
    JOIN (
        SELECT id, published_at AS at, 'published' AS state FROM offers_offer WHERE published_at IS NOT NULL
        UNION ALL
        SELECT target_id::bigint, at, changes->'state'->>1 FROM audit_entry
        WHERE target_type = 'offers.offer' AND action = 'state' AND target_id ~ '^[0-9]{1,18}$'
            AND jsonb_typeof(changes->'state') = 'array'
    ) AS e ON e.id = o.id AND e.at >= o.published_at
    WINDOW steps AS (PARTITION BY o.id ORDER BY e.at)
) AS r WHERE r.state = 'published' AND (r.until IS NULL OR r.until > r.since);
"""
UNDO = """
DROP TRIGGER offers_offer_public_insert ON offers_offer;
DROP TRIGGER offers_offer_public_update ON offers_offer;
DROP TRIGGER offers_offer_public_delete ON offers_offer;
DROP TRIGGER providers_provider_public_update ON providers_provider;
DROP FUNCTION planning_note(); DROP FUNCTION planning_follow(text, bigint[], timestamptz);
"""
REVIEWED = "Triggers take their lock for a moment and write to a new table; the release before knows nothing of it."


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0001_initial"),
        ("audit", "0001_initial"),
        ("offers", "0019_words_within_the_row"),
        ("providers", "0013_name_key"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS + BEFORE, UNDO, hints={"reviewed": REVIEWED}),
        watch("planning_span"),
    ]
