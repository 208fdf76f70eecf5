"""The index is written by the database itself, in the transaction of whatever changes an offer.

A change may come from a form, an import, a job, a statement for thousands of rows or a cascade, and many of these send
no signal of Django's; what all of them pass are the triggers that tell which rows changed (tenants, 0011). Of a
municipality in the index these rows are noted (`neighbours_touchedrow`), and at the end of the transaction, once for
all it did, the index follows (`neighbours_refresh`): what is not public any more is gone with the same commit, or the
same rollback.

`neighbours_rows` says what of a municipality stands in the index, for one change and for a full rebuild alike; with
topics and target groups, which entries of the shared catalogue they are (`adoption_adopted`). All names are written
out, because at a commit the search path may lead nowhere.
"""

from django.db import migrations

from tenants.running.changes import watch_rows

ROWS = """
CREATE FUNCTION public.neighbours_rows(town text, wanted bigint[])
RETURNS TABLE (number bigint, slug text, title text, title_key text, summary text, provider text,
    ends_at timestamptz, published_at timestamptz, min_age smallint, max_age smallint, groups jsonb,
    cost_kind text, cost_amount numeric, cost_text text, venue text, accessibility text, volunteering boolean,
    schedule_kind text, languages text[], topics text[], codes text[], places jsonb, dates bytea)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY EXECUTE format($sql$
WITH RECURSIVE trails AS (
    SELECT c.id AS leaf, c.id AS number, c.parent_id AS above, c.name::text FROM %1$I.taxonomy_category c
    UNION
    SELECT t.leaf, c.id, c.parent_id, c.name::text FROM trails t JOIN %1$I.taxonomy_category c ON c.id = t.above
)
SELECT o.id, o.slug::text, o.title::text, coalesce(o.title_key, ''), o.summary::text, p.name::text,
    o.ends_at, o.published_at, o.min_age, o.max_age,
    coalesce((SELECT jsonb_agg(jsonb_build_array(g.name, g.min_age, g.max_age, coalesce(a.code, ''))
            ORDER BY g.position, g.id)
        FROM %1$I.offers_offer_target_groups l JOIN %1$I.taxonomy_targetgroup g ON g.id = l.targetgroup_id
        LEFT JOIN %1$I.adoption_adopted a ON a.kind = 'target_group' AND a.object_id = g.id
        WHERE l.offer_id = o.id), '[]'),
    o.cost_kind::text, o.cost_amount, o.cost_text::text, o.venue::text, o.accessibility::text, o.volunteering,
    o.schedule_kind::text, o.languages::text[],
    coalesce((SELECT array_agg(DISTINCT t.name ORDER BY t.name)
        FROM %1$I.offers_offer_categories l JOIN trails t ON t.leaf = l.category_id WHERE l.offer_id = o.id), '{}'),
    coalesce((SELECT array_agg(DISTINCT a.code::text ORDER BY a.code::text)
        FROM %1$I.offers_offer_categories l JOIN trails t ON t.leaf = l.category_id
        JOIN %1$I.adoption_adopted a ON a.kind = 'category' AND a.object_id = t.number WHERE l.offer_id = o.id), '{}'),
    coalesce((SELECT jsonb_agg(jsonb_build_array(
            CASE WHEN l.hide_exact_address THEN d.latitude ELSE l.latitude END,
            CASE WHEN l.hide_exact_address THEN d.longitude ELSE l.longitude END,
            l.precision = 'exact' AND NOT l.hide_exact_address AND l.latitude IS NOT NULL,
            CASE WHEN l.hide_exact_address THEN '' ELSE l.postcode END,
            CASE WHEN l.hide_exact_address THEN '' ELSE l.city END,
            coalesce(d.name, ''),
            CASE WHEN l.hide_exact_address THEN '' ELSE l.name END) ORDER BY l.position, l.id)
        FROM %1$I.offers_location l LEFT JOIN %1$I.taxonomy_district d ON d.id = l.district_id
        WHERE l.offer_id = o.id), '[]'),
    coalesce((SELECT string_agg(int4send(c.first_date - DATE '0001-01-01' + 1)
            || int4send(c.last_date - DATE '0001-01-01' + 1)
            || int4send(coalesce(extract(epoch FROM c.start_time)::int, -1))
            || int4send(coalesce(extract(epoch FROM c.end_time)::int, -1))
            || float8send(extract(epoch FROM c.starts_at)::float8)
            || float8send(extract(epoch FROM c.ends_at)::float8), '' ORDER BY c.ends_at, c.starts_at, c.id)
        FROM %1$I.offers_occurrence c WHERE c.offer_id = o.id), '')
FROM %1$I.offers_offer o JOIN %1$I.providers_provider p ON p.id = o.provider_id
WHERE o.state = 'published' AND o.hidden_at IS NULL AND p.state = 'published'
    AND ($1 IS NULL OR o.id = ANY($1))
    $sql$, town) USING wanted;
END $$;
"""
COLUMNS = [
    "slug",
    "title",
    "title_key",
    "summary",
    "provider",
    "ends_at",
    "published_at",
    "min_age",
    "max_age",
    "groups",
    "cost_kind",
    "cost_amount",
    "cost_text",
    "venue",
    "accessibility",
    "volunteering",
    "schedule_kind",
    "languages",
    "topics",
    "codes",
    "places",
    "dates",
]
_NAMES = ", ".join(COLUMNS)
_OLD = ", ".join(f"i.{name}" for name in COLUMNS)
_NEW = ", ".join(f"excluded.{name}" for name in COLUMNS)
FOLLOW = f"""
CREATE FUNCTION public.neighbours_viewers(town_id bigint) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT DISTINCT m.schema_name::text FROM public.neighbours_agreement a
    JOIN public.tenants_municipality m ON m.id = CASE WHEN a.first_id = town_id THEN a.second_id ELSE a.first_id END
    WHERE a.state = 'agreed' AND (a.second_id = town_id OR (a.first_id = town_id AND a.kind = 'neighbour'))
$$;

CREATE FUNCTION public.neighbours_lock(town_id bigint) RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('neighbours ' || town_id, 0))
$$;

CREATE FUNCTION public.neighbours_refresh(town_id bigint, town text, wanted bigint[]) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    rows_changed integer;
    texts_changed integer;
BEGIN
    -- One after the other for one municipality: what this statement does not see yet would else stay wrong.
    PERFORM public.neighbours_lock(town_id);
    IF NOT EXISTS (SELECT FROM public.neighbours_indexedtown t WHERE t.municipality_id = town_id) THEN
        RETURN 0;
    END IF;
    -- Planned anew each time: a plan for any "wanted" would read all rows of the municipality for a single change.
    EXECUTE $sql$
        WITH fresh AS MATERIALIZED (SELECT * FROM public.neighbours_rows($2, $3)),
        gone AS (
            SELECT i.id FROM public.neighbours_indexedoffer i
            WHERE i.municipality_id = $1 AND ($3 IS NULL OR i.number = ANY($3))
                -- No NOT EXISTS: a planner that believes in few rows would compare each with each.
                AND i.number NOT IN (SELECT f.number FROM fresh f)
        ),
        texts AS (DELETE FROM public.neighbours_indexeddocument d USING gone WHERE d.offer_id = gone.id),
        deleted AS (DELETE FROM public.neighbours_indexedoffer i USING gone WHERE i.id = gone.id RETURNING 1),
        written AS (
            INSERT INTO public.neighbours_indexedoffer AS i (municipality_id, number, {_NAMES})
            SELECT $1, number, {_NAMES} FROM fresh
            ON CONFLICT (municipality_id, number) DO UPDATE SET ({_NAMES}) = ROW({_NEW})
            WHERE ({_OLD}) IS DISTINCT FROM ({_NEW})
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM deleted) + (SELECT count(*) FROM written)
    $sql$ INTO rows_changed USING town_id, town, wanted;
    EXECUTE format($sql$
        WITH fresh AS MATERIALIZED (
            SELECT i.id AS offer_id, d.title_vector, d.vector || array_to_tsvector(ARRAY['#' || $1]) AS vector
            FROM %1$I.offers_searchdocument d
            JOIN public.neighbours_indexedoffer i ON i.municipality_id = $1 AND i.number = d.offer_id
            WHERE $2 IS NULL OR d.offer_id = ANY($2)
        ),
        deleted AS (
            DELETE FROM public.neighbours_indexeddocument x USING public.neighbours_indexedoffer i
            WHERE x.offer_id = i.id AND i.municipality_id = $1 AND ($2 IS NULL OR i.number = ANY($2))
                AND x.offer_id NOT IN (SELECT f.offer_id FROM fresh f)
            RETURNING 1
        ),
        written AS (
            INSERT INTO public.neighbours_indexeddocument AS x (offer_id, title_vector, vector)
            SELECT offer_id, title_vector, vector FROM fresh
            ON CONFLICT (offer_id) DO UPDATE SET title_vector = excluded.title_vector, vector = excluded.vector
            WHERE (x.title_vector, x.vector) IS DISTINCT FROM (excluded.title_vector, excluded.vector)
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM deleted) + (SELECT count(*) FROM written)
    $sql$, town) INTO texts_changed USING town_id, wanted;
    IF rows_changed + texts_changed > 0 THEN
        PERFORM pg_notify('rows_changed', 'neighbours ' || viewer) FROM public.neighbours_viewers(town_id) AS viewer;
    END IF;
    RETURN greatest(rows_changed, texts_changed);
END $$;

CREATE OR REPLACE FUNCTION public.tenants_noted(town text, changed text, ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    what text;
BEGIN
    IF changed NOT IN ('offers_offer', 'offers_offer_categories', 'offers_offer_target_groups', 'offers_location',
            'offers_occurrence', 'offers_searchdocument', 'providers_provider', 'taxonomy_category',
            'taxonomy_targetgroup', 'taxonomy_district', 'adoption_adopted')
        OR NOT EXISTS (SELECT FROM public.neighbours_indexedtown t WHERE t.schema_name = town)
    THEN
        RETURN;
    END IF;
    what := CASE WHEN ids IS NULL OR cardinality(ids) > 2000 OR changed ~ '^(taxonomy|adoption)_' THEN '*'
        WHEN changed = 'providers_provider' THEN 'p' ELSE 'o' END;
    INSERT INTO public.neighbours_touchedrow (xact, schema_name, kind, number)
    SELECT pg_current_xact_id()::text::bigint, town, what, touched
    FROM unnest(CASE WHEN what = '*' THEN ARRAY[0]::bigint[] ELSE ids END) AS touched
    WHERE touched IS NOT NULL
    ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION public.neighbours_settle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    offers bigint[];
    providers bigint[];
    theirs bigint[];
    everything boolean;
    town_id bigint;
BEGIN
    WITH mine AS (
        DELETE FROM public.neighbours_touchedrow t
        WHERE t.xact = NEW.xact AND t.schema_name = NEW.schema_name RETURNING t.kind, t.number
    )
    SELECT array_agg(number) FILTER (WHERE kind = 'o'), array_agg(number) FILTER (WHERE kind = 'p'),
        bool_or(kind = '*') INTO offers, providers, everything FROM mine;
    SELECT t.municipality_id INTO town_id FROM public.neighbours_indexedtown t WHERE t.schema_name = NEW.schema_name;
    -- All of it was done with the first of the rows; or the municipality is in the index no more, or gone.
    IF everything IS NULL OR town_id IS NULL OR to_regclass(format('%I.offers_offer', NEW.schema_name)) IS NULL THEN
        RETURN NULL;
    END IF;
    IF everything THEN
        PERFORM public.neighbours_refresh(town_id, NEW.schema_name, NULL);
        RETURN NULL;
    END IF;
    IF providers IS NOT NULL THEN
        EXECUTE format('SELECT array_agg(id) FROM %I.offers_offer WHERE provider_id = ANY($1)', NEW.schema_name)
            INTO theirs USING providers;
        offers := coalesce(offers, '{{}}') || coalesce(theirs, '{{}}');
    END IF;
    PERFORM public.neighbours_refresh(town_id, NEW.schema_name, offers);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER neighbours_settle AFTER INSERT ON public.neighbours_touchedrow
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.neighbours_settle();
"""  # noqa: S608 - only our own constants
TELL = """
CREATE FUNCTION public.neighbours_agreement_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('rows_changed', 'neighbours ' || m.schema_name) FROM public.tenants_municipality m
    WHERE m.id IN (OLD.first_id, OLD.second_id, NEW.first_id, NEW.second_id);
    RETURN NULL;
END $$;
CREATE TRIGGER neighbours_agreement_told AFTER INSERT OR UPDATE OR DELETE ON public.neighbours_agreement
    FOR EACH ROW EXECUTE FUNCTION public.neighbours_agreement_changed();

CREATE FUNCTION public.neighbours_town_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    town_id bigint := coalesce((to_jsonb(NEW) ->> TG_ARGV[0])::bigint, (to_jsonb(OLD) ->> TG_ARGV[0])::bigint);
BEGIN
    PERFORM pg_notify('rows_changed', 'neighbours ' || viewer) FROM public.neighbours_viewers(town_id) AS viewer;
    PERFORM pg_notify('rows_changed', 'neighbours ' || m.schema_name) FROM public.tenants_municipality m
    WHERE m.id = town_id;
    RETURN NULL;
END $$;
CREATE TRIGGER neighbours_municipality_told AFTER UPDATE OR DELETE ON public.tenants_municipality
    FOR EACH ROW EXECUTE FUNCTION public.neighbours_town_changed('id');
CREATE TRIGGER neighbours_domain_told AFTER INSERT OR UPDATE OR DELETE ON public.tenants_domain
    FOR EACH ROW EXECUTE FUNCTION public.neighbours_town_changed('tenant_id');
CREATE TRIGGER neighbours_indexed_told AFTER INSERT OR UPDATE OR DELETE ON public.neighbours_indexedtown
    FOR EACH ROW EXECUTE FUNCTION public.neighbours_town_changed('municipality_id');
CREATE TRIGGER neighbours_roof_told AFTER INSERT OR UPDATE OR DELETE ON public.neighbours_roof
    FOR EACH ROW EXECUTE FUNCTION public.neighbours_town_changed('municipality_id');
"""
UNDO = """
DROP TRIGGER neighbours_roof_told ON public.neighbours_roof;
DROP TRIGGER neighbours_indexed_told ON public.neighbours_indexedtown;
DROP TRIGGER neighbours_domain_told ON public.tenants_domain;
DROP TRIGGER neighbours_municipality_told ON public.tenants_municipality;
DROP TRIGGER neighbours_agreement_told ON public.neighbours_agreement;
DROP TRIGGER neighbours_settle ON public.neighbours_touchedrow;
CREATE OR REPLACE FUNCTION public.tenants_noted(town text, changed text, ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
END $$;
DROP FUNCTION public.neighbours_town_changed();
DROP FUNCTION public.neighbours_agreement_changed();
DROP FUNCTION public.neighbours_settle();
DROP FUNCTION public.neighbours_refresh(bigint, text, bigint[]);
DROP FUNCTION public.neighbours_lock(bigint);
DROP FUNCTION public.neighbours_viewers(bigint);
DROP FUNCTION public.neighbours_rows(text, bigint[]);
"""
REVIEWED = "Functions, and triggers that take their lock for a moment; what the release before does is told as ever."


class Migration(migrations.Migration):
    dependencies = [("neighbours", "0001_initial")]

    operations = [
        # What a search weighs stays within the row, unpacked, as it does in the municipality (offers, 0019).
        migrations.RunSQL(
            "ALTER TABLE public.neighbours_indexeddocument ALTER COLUMN title_vector SET STORAGE MAIN",
            migrations.RunSQL.noop,
            hints={"reviewed": REVIEWED},
        ),
        # What processes remember of the index follows it row by row.
        watch_rows(neighbours_indexedoffer="id", neighbours_indexeddocument="offer_id"),
        migrations.RunSQL(ROWS + FOLLOW + TELL, UNDO, hints={"reviewed": REVIEWED}),
    ]
