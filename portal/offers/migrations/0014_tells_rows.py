"""A change of an offer tells which offer it was, so that the search need not read all of them anew."""

from django.db import migrations

from tenants.running.changes import watch_rows


class Migration(migrations.Migration):
    dependencies = [("tenants", "0010_rows_changed"), ("offers", "0013_unchecked")]

    operations = [
        watch_rows(
            offers_offer="id",
            offers_offer_categories="offer_id",
            offers_offer_target_groups="offer_id",
            offers_offer_markers="offer_id",
            offers_location="offer_id",
            offers_schedule="offer_id",
            offers_occurrence="offer_id",
            offers_offerimage="offer_id",
            offers_searchdocument="offer_id",
        )
    ]
