"""What editors delete can be taken back for thirty days, in every column; then it goes for good."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from core.access import Role
from portal.history.models import Removed
from portal.history.removing import remove_for_good
from portal.offers import editing
from portal.offers.removal import trash_provider
from portal.revisions.models import Revision
from portal.search.models import Synonyms
from portal.search.services import delete_synonyms
from portal.start import services as start
from portal.start.models import Entry, Kind, Section
from portal.translation import services as translating
from portal.translation.models import Translation
from tests.history.conftest import text_of
from tests.history.test_round_trip import picture, whole
from tests.revisions.conftest import Cast

pytestmark = pytest.mark.django_db
BIN = "/redaktion/verlauf/papierkorb/"


def a_section(cast: Cast) -> tuple[Section, list[Entry]]:
    section = Section.objects.create(kind=Kind.TILES, title="Unsere Tipps", position=3, visible=True)
    entries = [
        Entry.objects.create(section=section, title=title, position=at, copyright="M", image=picture(f"{at}"))
        for at, title in enumerate(("Eins", "Zwei"))
    ]
    return section, entries


@pytest.mark.both_stores
def test_a_section_comes_back_with_its_entries_and_pictures(cast: Cast, entered):
    section, entries = a_section(cast)
    before = [whole(each) for each in (section, *entries)]
    pk = section.pk
    start.delete(section, by=cast.editor)
    assert not Entry.objects.filter(section=pk).exists()
    client = entered(cast.editor)
    page = text_of(client.get(BIN))
    assert "Unsere Tipps" in page
    assert "noch 30 Tage" in page
    assert cast.editor.name in page
    answer = client.post(f"{BIN}abschnitt/{pk}/", follow=True)
    assert "ist wieder da" in text_of(answer)
    assert [
        whole(each) for each in (Section.objects.get(pk=pk), *Entry.objects.filter(section=pk).order_by("position"))
    ] == before
    assert not Removed.objects.exists()
    assert all(default_storage.exists(str(each.image)) for each in Entry.objects.filter(section=pk))
    # A second click finds it there already.
    assert client.post(f"{BIN}abschnitt/{pk}/").status_code == 302
    assert Section.objects.filter(pk=pk).count() == 1


def test_an_entry_whose_section_is_deleted_says_so(cast: Cast, entered):
    section, entries = a_section(cast)
    pk = entries[0].pk
    start.delete(entries[0], by=cast.editor)
    section.refresh_from_db()
    start.delete(section, by=cast.editor)
    client = entered(cast.editor)
    answer = text_of(client.post(f"{BIN}eintrag/{pk}/", follow=True))
    assert "„Unsere Tipps“, und das ist auch gelöscht" in answer
    assert not Entry.objects.filter(pk=pk).exists()
    client.post(f"{BIN}abschnitt/{Removed.objects.get(kind='section').subject_id}/")
    client.post(f"{BIN}eintrag/{pk}/")
    assert Entry.objects.get(pk=pk).title == "Eins"


def test_what_has_a_successor_says_so_and_stays_in_the_bin(cast: Cast, entered):
    hello = Translation.objects.create(source_hash="c" * 64, target="en", source="Hallo", text="Hi")
    pk = hello.pk
    translating.drop(hello, by=cast.editor)
    Translation.objects.create(source_hash="c" * 64, target="en", source="Hallo", text="Hello")
    answer = text_of(entered(cast.editor).post(f"{BIN}uebersetzung/{pk}/", follow=True))
    assert "Der Text wurde neu übersetzt." in answer
    assert Removed.objects.filter(kind="translation", subject_id=pk).exists()


def test_words_come_back_by_the_editors_page(cast: Cast, entered):
    group = Synonyms.objects.create(words=["Kita", "Krippe"])
    pk = group.pk
    client = entered(cast.editor)
    client.post(f"/redaktion/synonyme/{pk}/loeschen/")
    client.post(f"{BIN}woerter/{pk}/")
    assert Synonyms.objects.get(pk=pk).words == ["Kita", "Krippe"]


def test_offers_and_providers_stand_in_the_same_bin(cast: Cast, entered):
    offer = cast.public(title="Segeln")
    editing.trash(offer, by=cast.administrator)
    trash_provider(cast.club, by=cast.editor)
    client = entered(cast.editor)
    page = text_of(client.get(BIN))
    assert "2 Einträge im Papierkorb" in page
    assert "Anbieter ist auch gelöscht" in page
    assert cast.administrator.name in page
    assert "1 Eintrag im Papierkorb" in text_of(client.get(BIN, {"art": "offer"}))
    assert "1 Eintrag im Papierkorb" in text_of(client.get(BIN, {"q": "turnverein"}))
    answer = text_of(client.post(f"{BIN}angebot/{offer.pk}/", follow=True))
    assert "„Turnverein“ ist auch gelöscht" in answer
    client.post(f"{BIN}anbieter/{cast.club.pk}/")
    offer.refresh_from_db()
    assert offer.state == "published"
    assert "Im Papierkorb liegt nichts" in text_of(client.get(BIN))


def test_after_thirty_days_it_goes_with_its_states_and_files(
    cast: Cast, ahausen: Any, django_capture_on_commit_callbacks
):
    section, entries = a_section(cast)
    names, pk = [str(each.image) for each in entries], section.pk
    kept = default_storage.save("entry/bleibt.png", ContentFile(b"x"))
    start.save_section(section, by=cast.editor)
    start.delete(section, by=cast.editor)
    assert Revision.objects.of("section", pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_for_good(timezone.now() + timedelta(days=29)) == 0
        assert remove_for_good(timezone.now() + timedelta(days=30, minutes=1)) == 1
    assert not Removed.objects.exists()
    assert not Revision.objects.of("section", pk).exists()
    assert [default_storage.exists(name) for name in names] == [False, False]
    assert default_storage.exists(kept)


def test_the_bin_forgets_who_it_was_with_the_account(cast: Cast, entered, person, ahausen):
    group = Synonyms.objects.create(words=["Kita", "Krippe"])
    other = person(ahausen, Role.EDITOR, email="geht@ahausen.example")
    delete_synonyms(group, by=other)
    other.delete()
    assert (Removed.objects.get().by, Removed.objects.get().by_name) == (None, "")
    assert "geht" not in text_of(entered(cast.editor).get(BIN))


@pytest.mark.parametrize("query", ["art=x", "seite=9", "q=%00%27", "art=offer&art=page"])
def test_odd_addresses_show_the_bin(cast: Cast, entered, query):
    assert entered(cast.editor).get(f"{BIN}?{query}").status_code == 200
