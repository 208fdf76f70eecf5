"""In the demo two towns are neighbours, and a roof portal shows the offers of both."""

from django.utils import timezone

from demo import neighbours
from demo.catalogue import fill_catalogue
from neighbours.models import Agreement, IndexedTown, Roof
from portal.taxonomy.models import Category
from tenants.models import Municipality
from tenants.running.context import inside
from tests.factories import an_offer


def test_both_show_each_others_offers_and_the_roof_portal_those_of_both(ahausen, bedorf, visitor, monkeypatch):
    monkeypatch.setattr(neighbours, "NEIGHBOURS", ("ahausen", "bedorf"))
    for town in (ahausen, bedorf):
        with inside(town):
            an_offer(title=f"Töpfern in {town.name}")
    fill_catalogue()
    neighbours.agree_neighbours(timezone.localdate())
    neighbours.agree_neighbours(timezone.localdate())
    assert Agreement.objects.count() == 3
    assert not IndexedTown.objects.filter(filled_at=None).exists()
    roof = Roof.objects.get().municipality
    assert (roof.slug, roof.name) == ("saar-pfalz", "Bildungsregion Saar-Pfalz")
    titles = ["Töpfern in Gemeinde Bedorf", "Töpfern in Stadt Ahausen"]
    found = visitor("saar-pfalz").get("/angebote/?q=töpfern").context["cards"]
    assert sorted(card.title for card in found) == titles
    beside = visitor("ahausen").get("/angebote/?q=töpfern").context["beside"]
    assert [card.title for card in beside.cards] == titles[:1]
    with inside(roof):
        assert Category.objects.filter(name="Kinderrechte").exists(), "it began with the second release"


def test_without_both_towns_there_is_nothing(ahausen):
    neighbours.agree_neighbours(timezone.localdate())
    assert not Agreement.objects.exists()
    assert not Municipality.objects.filter(slug="saar-pfalz").exists()
