"""The editors' lists: what they show, count, find and write to a file, and that they cost the same with more rows."""

import csv
import io
import itertools
from io import BytesIO
from random import Random
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from portal.inventory.lists.providers import provider_rows
from portal.inventory.lists.seen import listing_of, rows_of
from portal.inventory.models import SavedFilter, Subject
from portal.listing import reading
from portal.listing.export import PART
from portal.offers import editing
from portal.offers.models import Offer
from portal.offers.states import State
from portal.preferences.models import ApprovalRule
from portal.providers.condition import condition_of, with_condition
from portal.providers.models import Membership, Provider
from portal.revisions.models import Revision
from portal.taxonomy.models import Category, District, Marker
from tests.authoring.test_own_list import counts
from tests.factories import a_provider, an_offer
from tests.inventory.conftest import text_of

OFFERS, PROVIDERS = "/redaktion/angebote/", "/redaktion/anbieter/"


def names(page: str) -> list[str]:
    """The names of the rows in their order."""
    return [
        part.partition("<")[0]
        for part in page.split('class="rows__main" href="')[1:]
        for part in [part.partition(">")[2]]
    ]


def test_all_offers_stand_in_it_with_provider_place_state_and_number(cast, desk):
    mitte = District.objects.create(name="Mitte")
    an_offer(title="Töpfern", provider=cast.club, places=[{"district": mitte}], categories=[cast.sport])
    cast.draft(title="Nähen")
    page = text_of(desk.get(OFFERS))
    assert set(names(page)) == {"Töpfern", "Nähen"}
    assert "Turnverein · Mitte" in page
    assert "2 Angebote, 1 davon freigegeben." in page
    assert counts(page)["Veröffentlicht"] == 1
    assert counts(page)["Entwurf"] == 1


def test_it_finds_by_title_provider_and_number_and_says_which_filters_are_at_work(cast, desk):
    one = an_offer(title="Töpfern", provider=cast.club)
    an_offer(title="Chor", provider=cast.other_club)
    assert names(text_of(desk.get(OFFERS, {"q": "töpf"}))) == ["Töpfern"]
    assert names(text_of(desk.get(OFFERS, {"q": "anderer verein"}))) == ["Chor"]
    assert names(text_of(desk.get(OFFERS, {"q": str(one.pk)}))) == ["Töpfern"]
    page = text_of(desk.get(OFFERS, {"q": "töpf", "zustand": "public"}))
    assert "Filter entfernen:" in page
    nothing = text_of(desk.get(OFFERS, {"q": "gibt es nicht"}))
    assert "Nichts passt zu diesen Filtern" in nothing


def test_topic_district_marker_and_provider_narrow_it(cast, desk):
    below = Category.objects.create(name="Turnen", parent=cast.sport)
    mitte, schwach = District.objects.create(name="Mitte"), Marker.objects.create(name="Familienkarte")
    an_offer(title="Kinderturnen", provider=cast.club, categories=[below])
    an_offer(title="Chor", provider=cast.other_club, places=[{"district": mitte}]).markers.add(schwach)
    for query, wanted in (
        ({"thema": str(cast.sport.pk)}, ["Kinderturnen"]),
        ({"ortsteil": str(mitte.pk)}, ["Chor"]),
        ({"kennzeichen": str(schwach.pk)}, ["Chor"]),
        ({"anbieter": str(cast.club.pk)}, ["Kinderturnen"]),
        ({"anbieter": "99999999999999999999"}, ["Chor", "Kinderturnen"]),
        ({"thema": "x", "seite": "x", "reihenfolge": "x"}, ["Chor", "Kinderturnen"]),
    ):
        assert sorted(names(text_of(desk.get(OFFERS, query)))) == wanted, query


@pytest.mark.parametrize("subject", list(Subject))
def test_a_page_has_the_same_rows_whether_many_or_few_fit(cast, monkeypatch, subject):
    """The database is asked in two ways: each box alone, some two together."""
    for state in (State.PUBLISHED, State.DRAFT, State.PAUSED, State.ARCHIVED, State.BLOCKED, State.PUBLISHED):
        an_offer(title=f"Kurs {state}", provider=cast.club, state=state)
        a_provider(name=f"Verein {state}", state=state)
    listing = listing_of(subject, QueryDict())
    boxes = [(facet.name, option.value) for facet in listing.facets for option in facet.options]
    seen = 0
    sorts = itertools.cycle(listing.sorts)
    for chosen in (*zip(boxes), *Random(1).sample([*itertools.combinations(boxes, 2)], 20)):
        asked = QueryDict(urlencode([*chosen, ("reihenfolge", next(sorts).name), ("q", "e")]))
        pages = []
        for many in (0, 10**6):
            monkeypatch.setattr(reading, "MANY", many)
            pages.append([row.pk for row in reading.read(listing, rows_of(subject, asked), asked).page])
        assert pages[0] == pages[1], asked.urlencode()
        seen += len(pages[0])
    assert seen > 20


def test_what_lies_in_the_bin_is_shown_only_when_asked_for_and_counted_always(cast, desk):
    lost = an_offer(title="Weg", provider=cast.club)
    editing.trash(lost, by=cast.editor)
    an_offer(title="Da", provider=cast.club)
    page = text_of(desk.get(OFFERS))
    assert names(page) == ["Da"]
    assert counts(page)["Im Papierkorb"] == 1
    assert names(text_of(desk.get(OFFERS, {"zustand": "trashed"}))) == ["Weg"]


def test_both_lists_say_what_to_do_where_there_is_nothing(ahausen, desk):
    Provider.objects.all().delete()
    assert "Noch keine Angebote" in text_of(desk.get(OFFERS))
    assert "Noch keine Anbieter" in text_of(desk.get(PROVIDERS))


def test_the_condition_of_a_provider_in_sql_is_the_one_in_python(cast):
    cast.rule(ApprovalRule.CHANGES)
    now = timezone.now()
    settled = {"submitted_at": now, "settled_at": now, "content": {}, "format": 2, "kind": "provider"}
    for state in ("draft", "submitted", "published", "paused", "blocked", "archived", "trashed"):
        before = "draft" if state == "trashed" else ""
        waits, returned, _plain = (a_provider(state=state, state_before=before) for _n in range(3))
        Revision.objects.create(subject_id=waits.pk, state="submitted", waits_for="editors", **settled)
        Revision.objects.create(subject_id=returned.pk, state="returned", reason="x", decided_at=now, **settled)
    rows = with_condition(provider_rows())
    assert {row.pk: row.condition for row in rows} == {row.pk: condition_of(row).value for row in rows}


def test_providers_stand_with_their_offers_people_and_trust(cast, desk):
    an_offer(provider=cast.club)
    Provider.objects.filter(pk=cast.club.pk).update(trusted=True)
    lonely = a_provider(name="Niemandsverein")
    page = text_of(desk.get(PROVIDERS))
    assert names(page) == ["Anderer Verein", "Niemandsverein", "Turnverein"]
    assert names(text_of(desk.get(PROVIDERS, {"merkmal": "vertraut"}))) == ["Turnverein"]
    assert names(text_of(desk.get(PROVIDERS, {"merkmal": "personen"}))) == ["Niemandsverein"]
    assert names(text_of(desk.get(PROVIDERS, {"merkmal": "angebote"}))) == ["Anderer Verein", "Niemandsverein"]
    assert names(text_of(desk.get(PROVIDERS, {"reihenfolge": "angebote"})))[0] == "Turnverein"
    assert lonely.name in page


@pytest.mark.parametrize("address", [OFFERS, PROVIDERS])
def test_three_rows_cost_as_many_statements_as_sixty(cast, desk, address):
    def fill(number):
        for n in range(number):
            club = a_provider(name=f"Verein {number} {n}", city="Ort")
            Membership.objects.create(provider=club, user=cast.stranger)
            an_offer(title=f"Kurs {number} {n}", provider=club, categories=[cast.sport], places=[{"city": "Ort"}])

    fill(3)
    desk.get(address)
    with CaptureQueriesContext(connection) as few:
        desk.get(address)
    fill(60)
    with CaptureQueriesContext(connection) as many:
        page = text_of(desk.get(address))
    assert len(names(page)) == 30
    assert len(many) <= len(few) <= 34


def test_the_file_has_what_is_shown_and_nothing_is_taken_for_a_formula(cast, desk):
    an_offer(title="=1+1", provider=cast.club, categories=[cast.sport])
    an_offer(title="Chor", provider=cast.other_club)
    answer = desk.get(f"{OFFERS}liste.csv", {"q": "turnverein"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["Titel"], row["Anbieter"], row["Thema"]) for row in rows] == [("'=1+1", "Turnverein", "Sport")]
    book = load_workbook(BytesIO(desk.get(f"{PROVIDERS}liste.xlsx").content)).active
    assert [cell.value for cell in book["B"]] == ["Name", "Anderer Verein", "Turnverein"]
    assert desk.get(f"{OFFERS}liste.pdf").status_code == 404


def test_a_file_of_more_rows_than_are_read_at_once_has_each_of_them_once_in_their_order(cast, desk):
    first = an_offer(title="Kurs 0000", provider=cast.club, categories=[cast.sport], places=[{"city": "Ort"}])
    number = 2 * PART + 3
    drafts = [Offer(provider=cast.club, title=f"Kurs {n:04}", slug=f"kurs-{n}") for n in range(1, number)]
    Offer.objects.bulk_create(drafts)
    through = Offer.categories.through
    through.objects.bulk_create(
        through(offer_id=pk, category_id=cast.sport.pk)
        for pk in Offer.objects.exclude(pk=first.pk).values_list("pk", flat=True)
    )
    body = desk.get(f"{OFFERS}liste.csv", {"reihenfolge": "name"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body), delimiter=";"))
    assert [row["Titel"] for row in rows] == [f"Kurs {n:04}" for n in range(number)]
    assert {row["Thema"] for row in rows} == {"Sport"}
    assert [row["Titel"] for row in rows if row["Ort"]] == ["Kurs 0000"]


def test_a_filter_is_kept_shared_and_removed_and_only_by_its_owner(cast, desk, colleague):
    an_offer(provider=cast.club)
    query = "zustand=public&fehlt=bild&boese=1"
    desk.post("/redaktion/filter/angebote/", {"name": "Ferien  2027", "auswahl": query})
    kept = SavedFilter.objects.get()
    assert (kept.name, kept.query) == ("Ferien 2027", "zustand=public&fehlt=bild")
    assert "Ferien 2027" in text_of(desk.get(OFFERS))
    assert "Ferien 2027" not in text_of(colleague.get(OFFERS))
    desk.post(f"/redaktion/filter/{kept.pk}/teilen/", {"an": "1"})
    assert "Ferien 2027, geteilt von" in text_of(colleague.get(OFFERS)).replace('<span class="muted">', "")
    assert colleague.post(f"/redaktion/filter/{kept.pk}/entfernen/").status_code == 404
    assert colleague.post(f"/redaktion/filter/{kept.pk}/teilen/").status_code == 404
    # The same name once more replaces it.
    desk.post("/redaktion/filter/angebote/", {"name": "Ferien 2027", "auswahl": "q=ferien"})
    assert SavedFilter.objects.get().query == "q=ferien"
    desk.post(f"/redaktion/filter/{kept.pk}/entfernen/")
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("name", "sentence"), [("", "Bitte geben Sie dem Filter einen Namen."), ("x" * 61, "höchstens 60")]
)
def test_a_filter_without_a_name_is_not_kept_and_says_why(cast, desk, name, sentence):
    page = text_of(desk.post("/redaktion/filter/angebote/", {"name": name, "auswahl": "q=a"}))
    assert sentence in page
    assert 'aria-invalid="true"' in page
    assert not SavedFilter.objects.exists()
    assert desk.get("/redaktion/filter/menschen/").status_code == 404


def test_what_a_programme_can_ask_for_begins_one_and_nothing_else_does(cast, desk):
    mitte = District.objects.create(name="Mitte")
    an_offer(title="Töpfern", provider=cast.club, places=[{"district": mitte}], categories=[cast.sport])
    both = f"thema={cast.sport.pk}&ortsteil={mitte.pk}"
    begin = f'href="/redaktion/drucksachen/programm/?kategorie={cast.sport.pk}&amp;ortsteil={mitte.pk}"'
    for asked in (both, f"{both}&zustand=public", f"{both}&reihenfolge=name"):
        assert begin in text_of(desk.get(f"{OFFERS}?{asked}")), asked
    for asked in ("", "zustand=public", f"{both}&zustand=draft", f"{both}&fehlt=bild", f"{both}&q=chor"):
        assert "/redaktion/drucksachen/programm/" not in text_of(desk.get(f"{OFFERS}?{asked}")), asked
    for name, query in (("Sport in Mitte", both), ("Ohne Bild", "fehlt=bild")):
        desk.post("/redaktion/filter/angebote/", {"name": name, "auswahl": query})
    kept = text_of(desk.get("/redaktion/filter/angebote/"))
    assert kept.count("Als Programmheft drucken") == kept.count(begin) == 1
    form = text_of(desk.get(f"/redaktion/drucksachen/programm/?kategorie={cast.sport.pk}&ortsteil={mitte.pk}"))
    for box in (f'name="topics" value="{cast.sport.pk}"', f'name="districts" value="{mitte.pk}"'):
        assert " checked" in form.partition(box)[2].partition(">")[0], box


def test_a_public_offer_and_a_public_provider_lead_to_their_poster(cast, desk):
    offer, draft = an_offer(title="Töpfern & mehr", provider=cast.club), cast.draft(title="Nähen")
    for page, about, thing in (
        (f"{OFFERS}{offer.pk}/", "offer", offer),
        (f"{PROVIDERS}{cast.club.pk}/", "provider", cast.club),
    ):
        link = f"/redaktion/drucksachen/werbung/?ziel={about}&amp;name={thing.get_absolute_url()}"
        assert f'href="{link}"' in text_of(desk.get(page))
        form = text_of(desk.get(link.replace("&amp;", "&")))
        assert f'value="{thing.get_absolute_url()}"' in form
        assert " checked" in form.partition(f'name="about" value="{about}"')[2].partition(">")[0]
    assert "drucksachen/werbung" not in text_of(desk.get(f"{OFFERS}{draft.pk}/"))


def test_nobody_but_the_editors_comes_in(cast, visitor):
    browser = visitor("ahausen")
    browser.force_login(cast.administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert {browser.get(each).status_code for each in (OFFERS, PROVIDERS, f"{OFFERS}liste.csv")} == {404}
    assert Offer.objects.exclude(state=State.DRAFT).count() == 0
