"""Possible doubles: the quick way finds what the slow one does; decided once, never asked again; one is kept."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from audit.models import Entry as AuditEntry
from core.access import Role
from portal.offers.models import Offer
from portal.pages.models import Redirect
from portal.providers.states import State as ProviderState
from portal.quality.doubles import alike
from portal.quality.doubles.alike import Entry, belong_together, series_of, twins_among
from portal.quality.doubles.finding import find_doubles
from portal.quality.models import Pair
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

WORDS = st.sampled_from(["yoga", "kurs", "für", "kinder", "offener", "treff", "1", "2", "malen"])
ENTRIES = st.lists(
    st.tuples(st.frozensets(WORDS, max_size=6), st.frozensets(st.sampled_from(["a", "b", "c"]), max_size=2)),
    max_size=14,
)


@given(ENTRIES)
def test_the_quick_way_finds_what_comparing_each_with_each_finds(drawn):
    entries = [Entry(number, words, groups) for number, (words, groups) in enumerate(drawn)]
    series = series_of(entries)
    slow = {
        (found.first, found.second)
        for a, b in combinations(entries, 2)
        if (found := belong_together(a, b, series)) is not None
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alike, "MOST_OF_ONE", 100)
        assert {(each.first, each.second) for each in twins_among(entries)} == slow


def entry(number: int, title: str, *groups: str) -> Entry:
    return Entry(number, frozenset(title.split()), frozenset(groups))


@pytest.mark.parametrize(
    ("a", "b", "together"),
    [
        ("wassergewöhnung mit eltern in dudweiler", "wassergewöhnung mit eltern dudweiler", True),
        ("deutsch stufe 1", "deutsch stufe 2", False),
        ("yoga", "yoga", True),
        ("yoga am morgen", "malen am abend", False),
        ("", "", False),
    ],
)
def test_what_belongs_together(a, b, together):
    assert bool(twins_among([entry(1, a, "x"), entry(2, b, "x")])) == together
    assert twins_among([entry(1, a, "x"), entry(2, b, "y")]) == []


def test_a_course_that_is_given_three_times_is_a_series_and_one_entry_has_few_twins():
    assert len(twins_among([entry(each, "yoga", "x") for each in range(2)])) == 1
    assert twins_among([entry(each, "yoga", "x") for each in range(3)]) == []
    many = [entry(each, f"malen für kinder im {word}", "x") for each, word in enumerate("abcdefghijklmnop")]
    found = twins_among(many)
    assert found
    assert max(sum(n in (each.first, each.second) for each in found) for n in range(16)) == alike.MOST_OF_ONE


@pytest.fixture
def pair(ahausen):
    """Two offers of one provider that are nearly the same."""
    with inside(ahausen):
        club = a_provider(name="Schwimmverein")
        for title in ("Wassergewöhnung mit Eltern in Dudweiler", "Wassergewöhnung mit Eltern (Dudweiler)"):
            an_offer(title=title.replace("(", "").replace(")", ""), provider=club)
        an_offer(title="Ganz etwas anderes", provider=club)
        find_doubles()
        return Pair.objects.get(kind="offer")


def post(visitor, person, ahausen, path: str, **data: object):
    with inside(ahausen):
        user = User.objects.filter(email="redaktion@ahausen.example").first()
    user = user or person(ahausen, Role.EDITOR, email="redaktion@ahausen.example")
    client = visitor("ahausen")
    with inside(ahausen):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.post(path, data, follow=True)


def test_told_apart_once_they_stay_apart(ahausen, pair, visitor, person):
    path = f"/redaktion/qualitaet/doppelt/{pair.pk}/verschieden/"
    assert "nicht noch einmal gefragt" in post(visitor, person, ahausen, path).content.decode()
    assert "schon entschieden" in post(visitor, person, ahausen, path).content.decode()
    with inside(ahausen):
        find_doubles()
        kept = Pair.objects.get()
        assert kept.decided_by.email == "redaktion@ahausen.example"
        assert Pair.objects.open().count() == 0
        assert AuditEntry.objects.filter(action="quality.pair_different").count() == 1


def test_one_is_kept_the_other_lies_in_the_bin_and_its_address_leads_on(ahausen, pair, visitor, person):
    with inside(ahausen):
        first, second = Offer.objects.get(pk=pair.first_id), Offer.objects.get(pk=pair.second_id)
        Redirect.objects.create(old_path="/alt/", new_path=second.get_absolute_url())
    path = f"/redaktion/qualitaet/doppelt/{pair.pk}/behalten/"
    for wrong in ("", "x", "999999", "-1"):
        assert "nichts geändert" in post(visitor, person, ahausen, path, behalten=wrong).content.decode()
    page = post(visitor, person, ahausen, path, behalten=first.pk)
    assert "Behalten" in page.content.decode()
    with inside(ahausen):
        assert (Offer.objects.get(pk=first.pk).state, Offer.objects.get(pk=second.pk).state) == ("published", "trashed")
    for old in (second.get_absolute_url(), "/alt/"):
        answer = visitor("ahausen").get(old)
        if old != "/alt/":
            assert (answer.status_code, answer.url) == (301, first.get_absolute_url())
    with inside(ahausen):
        assert Redirect.objects.get(old_path="/alt/").new_path == first.get_absolute_url()
    # A second click, also on the other one, changes nothing more.
    post(visitor, person, ahausen, path, behalten=second.pk)
    with inside(ahausen):
        assert (Offer.objects.get(pk=first.pk).state, Offer.objects.get(pk=second.pk).state) == ("published", "trashed")
        find_doubles()
        assert Pair.objects.count() == 0


def test_the_page_marks_what_is_alike(ahausen, pair, visitor, person):
    with inside(ahausen):
        editor = person(ahausen, Role.EDITOR)
        client = visitor("ahausen")
        client.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/redaktion/qualitaet/doppelt/").content.decode()
    assert "Paar 1 von 1" in page
    # The provider is the same on both sides.
    assert page.count('class="same__alike"') == 2
    assert "Wassergewöhnung mit Eltern in Dudweiler" in page
    for query in ("?paar=x", "?paar=99999", "?art=anbieter", "?art=x&paar=%00"):
        assert client.get(f"/redaktion/qualitaet/doppelt/{query}").status_code == 200


def test_providers_of_one_name_without_their_legal_form_are_found_and_archived_ones_are_not(ahausen):
    with inside(ahausen):
        a_provider(name="Lesepaten Malstatt e.V.")
        b = a_provider(name="Lesepaten Malstatt")
        a_provider(name="Chor am Markt", email="post@chor.example")
        a_provider(name="Chor am alten Markt", email="post@chor.example")
        find_doubles()
        assert Pair.objects.filter(kind="provider").count() == 2
        b.state = ProviderState.ARCHIVED
        b.save()
        find_doubles()
        assert Pair.objects.filter(kind="provider").count() == 1
