"""What is searched in an offer follows whatever is named in it, as the texts written anew would be."""

from django.db import connection

from portal.offers.documents import refresh_search_text
from portal.offers.models import Offer
from portal.search.text import find_text
from portal.taxonomy.models import Category, District, Marker, TargetGroup
from tenants.running.context import inside
from tests.factories import an_offer
from tests.search import corpus


def kept():
    with connection.cursor() as cursor:
        cursor.execute("SELECT offer_id, title_vector::text, vector::text, words FROM offers_searchdocument ORDER BY 1")
        return cursor.fetchall()


def assert_as_written_anew():
    before = kept()
    refresh_search_text(Offer.objects.all())
    assert before == kept()


def test_names_follow_at_once_wherever_they_come_from(ahausen):
    with inside(ahausen):
        above = Category.objects.create(name="Bewegung")
        below = Category.objects.create(name="Sportliches", parent=above)
        group, marker = TargetGroup.objects.create(name="Radler"), Marker.objects.create(name="Zeltplatz")
        district = District.objects.create(name="Hinterwald")
        offer = an_offer(title="Treffen", categories=[below], places=[{"district": district}])
        offer.target_groups.add(group)
        offer.markers.add(marker)
        refresh_search_text([offer])

        def finds(word):
            return offer.pk in find_text(word).ids

        for entry, word in ((above, "Alpinismus"), (group, "Imker"), (marker, "Lagerfeuer"), (district, "Vorderwald")):
            assert finds(entry.name)
            before, entry.name = entry.name, word
            entry.save()
            assert (finds(word), finds(before)) == (True, False), word
        other = Category.objects.create(name="Musisches")
        below.parent = other
        below.save()
        assert (finds("Musisches"), finds("Alpinismus")) == (True, False)
        for entry, word in ((marker, "Lagerfeuer"), (group, "Imker"), (district, "Vorderwald"), (below, "Sportliches")):
            entry.delete()
            assert not finds(word), word
        assert_as_written_anew()


def test_ages_and_labels_given_from_the_other_side_follow(ahausen):
    with inside(ahausen):
        offer = an_offer(title="Runde")
        marker = Marker.objects.create(name="Lagerfeuer")
        marker.offers.add(offer)
        assert offer.pk in find_text("Lagerfeuer").ids
        offer.min_age = 65
        offer.save(update_fields=["min_age"])
        assert offer.pk in find_text("Senioren").ids
        assert_as_written_anew()


def test_any_work_on_many_offers_leaves_what_a_new_writing_gives(ahausen):
    with inside(ahausen):
        corpus.taxonomy()
        corpus.offers(25, 5)
        refresh_search_text(Offer.objects.all())
        for number, category in enumerate(Category.objects.order_by("pk")):
            category.name = f"Anders {number}"
            category.save()
        for number, offer in enumerate(Offer.objects.order_by("pk")):
            offer.title = f"Neuer Titel {number}"
            offer.save()
            offer.categories.clear()
        offer.provider.name = "Ganz anders"
        offer.provider.save()
        TargetGroup.objects.first().delete()
        assert_as_written_anew()
