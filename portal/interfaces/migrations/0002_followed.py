"""The database itself notes what changes of what the public sees, in the transaction of whatever changes it.

Once a statement: `interfaces_note` finds the offers and providers whose rows differ in a column that is shown (its
arguments: the column with their number, whose number that is, and the columns that are not shown), and
`interfaces_settle` writes down those that are public now and those that were. The moment is that of the
transaction's beginning: who asks later than the beginning of the oldest one that is still open misses nothing
(`portal.interfaces.changes.as_of`).
"""

from django.db import migrations

UNSHOWN = {
    "offers_offer": "updated_at,last_editor_id,author_id,title_key,internal,dates_problem,state_before,state_reason,"
    "trashed_at,contact_salutation,contact_role,taken_down_at,"
    "speaker",
    "providers_provider": "updated_at,author_id,name_key,state_before,state_reason,trashed_at,trusted,"
    "members_may_publish,employees,contact_salutation,contact_name,contact_role,merged_into,taken_down_at",
    "taxonomy_district": "position,outline,retired",
    "taxonomy_marker": "position,retired",
}
WATCHED = {
    "offers_offer": ("id", "offer"),
    "offers_offer_categories": ("offer_id", "offer"),
    "offers_offer_target_groups": ("offer_id", "offer"),
    "offers_offer_markers": ("offer_id", "offer"),
    "offers_location": ("offer_id", "offer"),
    "offers_schedule": ("offer_id", "offer"),
    "offers_offerimage": ("offer_id", "offer"),
    "providers_provider": ("id", "provider"),
    "providers_provider_categories": ("provider_id", "provider"),
    "providers_openinghours": ("provider_id", "provider"),
    "providers_providerimage": ("provider_id", "provider"),
    # What is told by name, and what the municipality asks and leaves out.
    "taxonomy_district": ("id", "district"),
    "taxonomy_marker": ("id", "marker"),
    "providers_carrier": ("id", "carrier"),
    "offerfields_extrafield": ("id", "form"),
    "offerfields_extrachoice": ("id", "form"),
    "offerfields_offerform": ("id", "form"),
}
_SIDES = {
    "INSERT": "NEW TABLE AS fresh",
    "UPDATE": "OLD TABLE AS gone NEW TABLE AS fresh",
    "DELETE": "OLD TABLE AS gone",
}
FUNCTIONS = """
CREATE FUNCTION interfaces_settle(town text, what text, numbers bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    shown text := CASE what
        WHEN 'offer' THEN 'SELECT o.id FROM %1$I.offers_offer o JOIN %1$I.providers_provider p ON p.id = o.provider_id'
            ' WHERE o.id = ANY($1) AND o.state = ''published'' AND o.hidden_at IS NULL AND p.state = ''published'''
        ELSE 'SELECT p.id FROM %1$I.providers_provider p WHERE p.id = ANY($1) AND p.state = ''published''' END;
BEGIN
    -- Locked in the order of numbers, so that two statements never wait for each other.
    EXECUTE format('SELECT 1 FROM %1$I.interfaces_change c WHERE c.kind = $2 AND c.object_id = ANY($1)'
        ' ORDER BY c.object_id FOR UPDATE', town) USING numbers, what;
    EXECUTE format('INSERT INTO %1$I.interfaces_change AS c (kind, object_id, public, changed_at)'
        ' SELECT $2, s.id, true, now() FROM (' || shown || ') AS s ORDER BY s.id'
        ' ON CONFLICT (kind, object_id) DO UPDATE SET public = true, changed_at = excluded.changed_at', town)
        USING numbers, what;
    EXECUTE format('UPDATE %1$I.interfaces_change c SET public = false, changed_at = now()'
        ' WHERE c.kind = $2 AND c.object_id = ANY($1) AND c.public AND c.object_id NOT IN (' || shown || ')', town)
        USING numbers, what;
END $$;

CREATE FUNCTION interfaces_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    unshown text[] := string_to_array(TG_ARGV[2], ',');
    source text := CASE TG_OP
        WHEN 'INSERT' THEN format('SELECT %I AS number FROM fresh', TG_ARGV[0])
        WHEN 'DELETE' THEN format('SELECT %I AS number FROM gone', TG_ARGV[0])
        ELSE format('SELECT unnest(ARRAY[g.%1$I, f.%1$I]) AS number FROM gone g FULL JOIN fresh f USING (id)'
            ' WHERE (to_jsonb(g) - $1) IS DISTINCT FROM (to_jsonb(f) - $1)', TG_ARGV[0]) END;
    -- Whose offers and whose organisations say something of it.
    offers_of text := CASE TG_ARGV[1]
        WHEN 'offer' THEN 'SELECT unnest($1)'
        WHEN 'provider' THEN CASE WHEN TG_TABLE_NAME = 'providers_provider' AND TG_OP = 'UPDATE'
            THEN 'SELECT id FROM %I.offers_offer WHERE provider_id = ANY($1)' END
        WHEN 'district' THEN 'SELECT offer_id FROM %I.offers_location WHERE district_id = ANY($1)'
        WHEN 'marker' THEN 'SELECT offer_id FROM %I.offers_offer_markers WHERE marker_id = ANY($1)'
        WHEN 'form' THEN 'SELECT id FROM %I.offers_offer' END;
    providers_of text := CASE TG_ARGV[1]
        WHEN 'provider' THEN 'SELECT unnest($1)'
        WHEN 'district' THEN 'SELECT id FROM %I.providers_provider WHERE district_id = ANY($1)'
        WHEN 'carrier' THEN 'SELECT id FROM %I.providers_provider WHERE carrier_id = ANY($1)' END;
    numbers bigint[];
    touched bigint[];
BEGIN
    EXECUTE 'SELECT array_agg(DISTINCT number) FROM (' || source || ') AS changed' INTO numbers USING unshown;
    IF numbers IS NULL THEN
        RETURN NULL;
    END IF;
    IF providers_of IS NOT NULL THEN
        EXECUTE format('SELECT ARRAY(' || providers_of || ')', TG_TABLE_SCHEMA) INTO touched USING numbers;
        EXECUTE format('SELECT %I.interfaces_settle($1, $2, $3)', TG_TABLE_SCHEMA)
            USING TG_TABLE_SCHEMA::text, 'provider', touched;
    END IF;
    IF offers_of IS NOT NULL THEN
        EXECUTE format('SELECT ARRAY(' || offers_of || ')', TG_TABLE_SCHEMA) INTO touched USING numbers;
        EXECUTE format('SELECT %I.interfaces_settle($1, $2, $3)', TG_TABLE_SCHEMA)
            USING TG_TABLE_SCHEMA::text, 'offer', touched;
    END IF;
    RETURN NULL;
END $$;
"""
TRIGGERS = "\n".join(
    f"CREATE TRIGGER {table}_for_programs_{event.lower()} AFTER {event} ON {table} REFERENCING {_SIDES[event]} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION interfaces_note('{column}', '{what}', '{UNSHOWN.get(table, '')}');"
    for table, (column, what) in WATCHED.items()
    for event in _SIDES
)
# What is public when this comes: as of its last change, as far as anybody knows.
ALREADY = """
INSERT INTO interfaces_change (kind, object_id, public, changed_at)
SELECT 'offer', o.id, true, greatest(o.updated_at, o.published_at) FROM offers_offer o
JOIN providers_provider p ON p.id = o.provider_id
WHERE o.state = 'published' AND o.hidden_at IS NULL AND p.state = 'published'
UNION ALL
SELECT 'provider', p.id, true, greatest(p.updated_at, p.published_at) FROM providers_provider p
WHERE p.state = 'published';
"""
UNDO = "\n".join(
    [
        *(f"DROP TRIGGER {table}_for_programs_{event.lower()} ON {table};" for table in WATCHED for event in _SIDES),
        "DROP FUNCTION interfaces_note(); DROP FUNCTION interfaces_settle(text, text, bigint[]);",
    ]
)
REVIEWED = "Triggers take their lock for a moment and write to a new table; the release before knows nothing of it."


class Migration(migrations.Migration):
    dependencies = [
        ("interfaces", "0001_initial"),
        ("offerfields", "0001_initial"),
        ("taxonomy", "0005_offered"),
        ("offers", "0019_words_within_the_row"),
        ("providers", "0013_name_key"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS + TRIGGERS + ALREADY, UNDO, hints={"reviewed": REVIEWED}),
    ]
