"""Text search gets a table of its own; what was searchable stays so until the nightly job writes it in full."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from tenants.running.changes import watch

COPY = """
INSERT INTO offers_searchdocument (offer_id, title_vector, vector, words)
SELECT id, to_tsvector('german', title) || to_tsvector('simple', split_part(search_text, E'\\n', 1)),
    to_tsvector('german', title || ' ' || summary || ' ' || search_text) || to_tsvector('simple', search_text),
    search_text
FROM offers_offer
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_content_changed"), ("offers", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "offer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="document",
                        serialize=False,
                        to="offers.offer",
                    ),
                ),
                ("title_vector", django.contrib.postgres.search.SearchVectorField()),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                ("words", models.TextField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="document_vector"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["words"], name="document_words", opclasses=("gin_trgm_ops",)
                    ),
                ],
            },
        ),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="offer", name="offer_search_trigrams"),
        migrations.RemoveField(model_name="offer", name="search_text"),
        watch(
            "offers_offer",
            "offers_offer_categories",
            "offers_offer_target_groups",
            "offers_offer_markers",
            "offers_location",
            "offers_schedule",
            "offers_occurrence",
            "offers_offerimage",
            "offers_searchdocument",
        ),
    ]
