"""Also what an offer only names counts as its change: a topic's name, place in the tree or colour, a target group, the
kind of its organisation, that one's logo, the federal state of its addresses.

Who keeps a copy with what belongs to an offer put into it (`expand`, HSDS) has all of these in it. `own_at` is when the
offer's own record changed last, of which webhooks tell; nothing there means `changed_at`. Whatever happens is one
statement for all offers it touches, and a statement of the same transaction that touches them again writes nothing.
"""

from django.db import migrations, models

# Columns that no answer shows.
UNSHOWN = {
    "taxonomy_category": "position,icon,image,image_alt,image_copyright",
    "taxonomy_targetgroup": "position",
}
WATCHED = {
    "taxonomy_category": "category",
    "taxonomy_targetgroup": "group",
    "preferences_preferences": "town",
}
FUNCTIONS = """
DROP FUNCTION interfaces_settle(text, text, bigint[]);

CREATE FUNCTION interfaces_settle(town text, what text, numbers bigint[], own boolean) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    shown text := CASE what
        WHEN 'offer' THEN 'SELECT o.id FROM %1$I.offers_offer o JOIN %1$I.providers_provider p ON p.id = o.provider_id'
            ' WHERE o.id = ANY($1) AND o.state = ''published'' AND o.hidden_at IS NULL AND p.state = ''published'''
        ELSE 'SELECT p.id FROM %1$I.providers_provider p WHERE p.id = ANY($1) AND p.state = ''published''' END;
BEGIN
    -- Locked in the order of numbers, so that two statements never wait for each other.
    EXECUTE format('SELECT 1 FROM %1$I.interfaces_change c WHERE c.kind = $2 AND c.object_id = ANY($1)'
        ' ORDER BY c.object_id FOR UPDATE', town) USING numbers, what;
    EXECUTE format('INSERT INTO %1$I.interfaces_change AS c (kind, object_id, public, changed_at, own_at)'
        ' SELECT $2, s.id, true, now(), now() FROM (' || shown || ') AS s ORDER BY s.id'
        ' ON CONFLICT (kind, object_id) DO UPDATE SET public = true, changed_at = excluded.changed_at,'
        ' own_at = CASE WHEN $3 OR NOT c.public THEN now() ELSE coalesce(c.own_at, c.changed_at) END'
        ' WHERE NOT c.public OR c.changed_at <> now() OR ($3 AND c.own_at IS DISTINCT FROM now())', town)
        USING numbers, what, own;
    EXECUTE format('UPDATE %1$I.interfaces_change c SET public = false, changed_at = now(), own_at = now()'
        ' WHERE c.kind = $2 AND c.object_id = ANY($1) AND c.public AND c.object_id NOT IN (' || shown || ')', town)
        USING numbers, what;
END $$;

CREATE OR REPLACE FUNCTION interfaces_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    unshown text[] := string_to_array(TG_ARGV[2], ',');
    source text := CASE
        WHEN TG_OP = 'INSERT' THEN format('SELECT %I AS number FROM fresh', TG_ARGV[0])
        WHEN TG_OP = 'DELETE' THEN format('SELECT %I AS number FROM gone', TG_ARGV[0])
        -- Of the town's rules one alone is told.
        WHEN TG_ARGV[1] = 'town' THEN 'SELECT f.id AS number FROM gone g JOIN fresh f USING (id)'
            ' WHERE g.federal_state <> f.federal_state'
        ELSE format('SELECT unnest(ARRAY[g.%1$I, f.%1$I]) AS number FROM gone g FULL JOIN fresh f USING (id)'
            ' WHERE (to_jsonb(g) - $1) IS DISTINCT FROM (to_jsonb(f) - $1)', TG_ARGV[0]) END;
    providers_of text := CASE TG_ARGV[1]
        WHEN 'provider' THEN 'SELECT unnest($1)'
        WHEN 'district' THEN 'SELECT id FROM %1$I.providers_provider WHERE district_id = ANY($1)'
        WHEN 'carrier' THEN 'SELECT id FROM %1$I.providers_provider WHERE carrier_id = ANY($1)' END;
    -- Whose own record says something of it.
    offers_of text := CASE TG_ARGV[1]
        WHEN 'offer' THEN 'SELECT unnest($1)'
        WHEN 'provider' THEN CASE WHEN TG_TABLE_NAME = 'providers_provider' AND TG_OP = 'UPDATE'
            THEN 'SELECT id FROM %1$I.offers_offer WHERE provider_id = ANY($1)' END
        WHEN 'district' THEN 'SELECT offer_id FROM %1$I.offers_location WHERE district_id = ANY($1)'
        WHEN 'marker' THEN 'SELECT offer_id FROM %1$I.offers_offer_markers WHERE marker_id = ANY($1)'
        WHEN 'form' THEN 'SELECT id FROM %1$I.offers_offer' END;
    -- And who names it: then it stands in what is put into the record, or in other words for it.
    naming text := CASE TG_ARGV[1]
        WHEN 'category' THEN 'WITH RECURSIVE below AS (SELECT unnest($1) AS id UNION'
            ' SELECT c.id FROM %1$I.taxonomy_category c JOIN below b ON c.parent_id = b.id)'
            ' SELECT DISTINCT offer_id FROM %1$I.offers_offer_categories JOIN below b ON b.id = category_id'
        WHEN 'group' THEN 'SELECT DISTINCT offer_id FROM %1$I.offers_offer_target_groups WHERE targetgroup_id = ANY($1)'
        WHEN 'town' THEN 'SELECT id FROM %1$I.offers_offer' END;
    numbers bigint[];
    touched bigint[];
BEGIN
    EXECUTE 'SELECT array_agg(DISTINCT number) FROM (' || source || ') AS changed' INTO numbers USING unshown;
    IF numbers IS NULL THEN
        RETURN NULL;
    END IF;
    IF providers_of IS NOT NULL THEN
        EXECUTE format('SELECT ARRAY(' || providers_of || ')', TG_TABLE_SCHEMA) INTO touched USING numbers;
        EXECUTE format('SELECT %I.interfaces_settle($1, $2, $3, true)', TG_TABLE_SCHEMA)
            USING TG_TABLE_SCHEMA::text, 'provider', touched;
        IF offers_of IS NULL OR TG_ARGV[1] = 'district' THEN
            -- What is told of an organisation stands beside each of its offers.
            EXECUTE format('SELECT ARRAY(SELECT id FROM %I.offers_offer WHERE provider_id = ANY($1))', TG_TABLE_SCHEMA)
                INTO touched USING touched;
            EXECUTE format('SELECT %I.interfaces_settle($1, $2, $3, false)', TG_TABLE_SCHEMA)
                USING TG_TABLE_SCHEMA::text, 'offer', touched;
        END IF;
    END IF;
    IF offers_of IS NOT NULL OR naming IS NOT NULL THEN
        EXECUTE format('SELECT ARRAY(' || coalesce(offers_of, naming) || ')', TG_TABLE_SCHEMA)
            INTO touched USING numbers;
        EXECUTE format('SELECT %I.interfaces_settle($1, $2, $3, $4)', TG_TABLE_SCHEMA)
            USING TG_TABLE_SCHEMA::text, 'offer', touched, offers_of IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
"""
# What comes new is named by nobody yet, and what goes takes its ties along: these are rows of tables that are watched.
TRIGGERS = "\n".join(
    f"CREATE TRIGGER {table}_for_programs_update AFTER UPDATE ON {table} REFERENCING OLD TABLE AS gone "
    f"NEW TABLE AS fresh FOR EACH STATEMENT "
    f"EXECUTE FUNCTION interfaces_note('id', '{what}', '{UNSHOWN.get(table, '')}');"
    for table, what in WATCHED.items()
)
REVIEWED = (
    "A column that may be empty and triggers take their lock for a moment; the release before calls no function by its "
    "name and reads `changed_at` as before."
)


class Migration(migrations.Migration):
    dependencies = [
        ("interfaces", "0002_followed"),
        ("preferences", "0008_rules_of_the_town"),
        ("taxonomy", "0005_offered"),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="own_at",
            field=models.DateTimeField(null=True, verbose_name="its own record changed"),
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, migrations.RunSQL.noop, hints={"reviewed": REVIEWED}),
    ]
