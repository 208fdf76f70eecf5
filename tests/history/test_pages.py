"""The history as editors see it: one line of time, any two states, restoring, and what is told beforehand."""

from typing import Any

import pytest
from django.test import Client

from audit.models import Entry
from core.access import Role
from portal.media.models import MediaFile
from portal.media.services import mark_unused, remove_unused
from portal.offers import editing
from portal.offers.kind import KIND as OFFER
from portal.offers.models import Offer
from portal.pages import services as page_services
from portal.pages.models import Page
from portal.preferences.models import ApprovalRule, Preferences
from portal.preferences.rulebook import NAMES, SIGNING_IN
from portal.preferences.services import save_subject
from portal.revisions.models import Revision, State
from portal.revisions.tokens import mark_of
from portal.taxonomy.models import Category, District
from tests.history.conftest import text_of
from tests.revisions.conftest import Cast, change

pytestmark = pytest.mark.django_db


def history_of(kind: str, pk: int) -> str:
    return f"/redaktion/verlauf/{kind}/{pk}/"


def offer_with_three_states(cast: Cast) -> Offer:
    """Töpfern, with two changes by the editor and one that was given back."""
    offer = cast.public()
    for title in ("Töpfern für Kinder", "Töpfern für Große"):
        change(offer, cast.editor, title=title)
        editing.submit(offer, by=cast.editor)
    cast.rule(ApprovalRule.CHANGES)
    change(offer, cast.administrator, summary="Zu lang.")
    waiting = editing.submit(offer, by=cast.administrator).revision
    editing.send_back(waiting, by=cast.editor, version=waiting.version, reason="Bitte kürzer.")
    editing.pause(offer, by=cast.editor)
    return offer


def seen_on(page: str) -> str:
    """The digest of what a page showed."""
    return page.partition('name="stand" value="')[2].partition('"')[0]


def test_states_and_deeds_stand_in_one_line_of_time(cast: Cast, entered):
    offer = offer_with_three_states(cast)
    page = text_of(entered(cast.editor).get(history_of("angebot", offer.pk)))
    assert "Verlauf: Töpfern für Große" in page
    assert "4 Stände" in page
    # The newest first: pausing, then what was given back, then the states.
    order = ["Jetzt „", "zurückgegeben: „Bitte kürzer.“", "Stand 3", "Stand 2", "Stand 1"]
    places = [page.index(each) for each in order]
    assert places == sorted(places)
    assert page.count("gilt jetzt") == 1
    assert "administrator" in page


def test_the_line_of_time_can_be_filtered_and_searched(cast: Cast, entered):
    offer = offer_with_three_states(cast)
    client = entered(cast.editor)
    page = text_of(client.get(history_of("angebot", offer.pk), {"stand": "returned"}))
    assert "1 Stand" in page
    assert "Stand 4" in page
    assert "Stand 2<" not in page
    assert "Jetzt „" not in page
    assert "Kein Stand passt" in text_of(client.get(history_of("angebot", offer.pk), {"q": "Segeln"}))


def test_any_two_states_are_compared(cast: Cast, entered):
    offer = offer_with_three_states(cast)
    pks = list(Revision.objects.of("offer", offer.pk).order_by("settled_at", "pk").values_list("pk", flat=True))
    client = entered(cast.editor)
    # The wrong way round: the older stands on the left all the same.
    page = text_of(client.get(f"{history_of('angebot', offer.pk)}vergleich/", {"a": pks[2], "b": pks[0]}))
    assert "Stand 1 und Stand 3" in page
    assert "1 Feld verschieden" in page
    assert page.index("Stand 1, ") < page.index("Stand 3, ")
    assert "<ins>" in page
    same = text_of(client.get(f"{history_of('angebot', offer.pk)}vergleich/", {"a": pks[1], "b": pks[1]}))
    assert "derselbe Stand" in same


@pytest.mark.parametrize("query", ["a=x&b=y", "a=999999", "", "a=%00", "a=1&a=2"])
def test_odd_choices_compare_the_last_two(cast: Cast, entered, query):
    offer = offer_with_three_states(cast)
    answer = entered(cast.editor).get(f"{history_of('angebot', offer.pk)}vergleich/?{query}")
    assert answer.status_code == 200
    assert "Stand 3 und Stand 4" in text_of(answer)


def test_restoring_shows_first_what_changes_and_what_is_gone(cast: Cast, entered):
    offer = cast.public()
    art, north = Category.objects.create(name="Kunst"), District.objects.create(name="Nord")
    picture = MediaFile.objects.create(file="mediafile/x.webp", width=9, height=9)
    old = {
        "title": "Töpfern und Malen",
        "categories": [cast.sport.pk, art.pk],
        "locations": [{"street": "Weg 1", "postcode": "66111", "city": "Ahausen", "district": north.pk}],
        "images": [{"media": picture.pk, "kind": "hero", "copyright": "M", "alt_text": "Ton"}],
    }
    change(offer, cast.editor, **old)
    first = editing.submit(offer, by=cast.editor).revision
    change(offer, cast.editor, title="Nur noch Töpfern", categories=[cast.sport.pk], locations=[], images=[])
    editing.submit(offer, by=cast.editor)
    Entry.objects.create(
        actor="x", action="removed", target_type="taxonomy.category", target_id=str(art.pk), target="Kunst"
    )
    art.delete()
    north.delete()
    picture.delete()
    client = entered(cast.editor)
    address = f"{history_of('angebot', offer.pk)}{first.pk}/"
    page = text_of(client.get(address))
    assert "Was inzwischen fehlt" in page
    assert "„Kunst“ (Kategorie) gibt es nicht mehr" in page
    assert page.count("gibt es nicht mehr") == 3
    assert "Nur noch Töpfern" not in text_of(client.get(f"{address}?feld=locations")).partition("Das würde sich")[2]
    answer = client.post(address, {"stand": seen_on(page)}, follow=True)
    told = text_of(answer)
    assert "sagt wieder, was Stand" in told
    offer.refresh_from_db()
    assert offer.title == "Töpfern und Malen"
    assert [each.pk for each in offer.categories.all()] == [cast.sport.pk]
    assert offer.locations.get().street == "Weg 1"
    assert "Stand 2 wiederhergestellt" in told


def test_the_picture_comes_back_with_the_state_while_a_state_shows_it(cast: Cast, entered):
    offer = cast.public()
    picture = MediaFile.objects.create(file="mediafile/y.webp", width=9, height=9)
    change(offer, cast.editor, images=[{"media": picture.pk, "kind": "hero", "copyright": "M", "alt_text": "Ton"}])
    first = editing.submit(offer, by=cast.editor).revision
    change(offer, cast.editor, images=[])
    editing.submit(offer, by=cast.editor)
    mark_unused()
    remove_unused()
    client = entered(cast.editor)
    address = f"{history_of('angebot', offer.pk)}{first.pk}/"
    page = text_of(client.get(address))
    assert "Was inzwischen fehlt" not in page
    client.post(address, {"stand": seen_on(page)})
    assert offer.images.get().media_id == picture.pk


def test_one_field_alone_comes_back(cast: Cast, entered):
    offer = cast.public(summary="Alt.")
    change(offer, cast.editor, title="Zweiter", summary="Zweite.")
    editing.submit(offer, by=cast.editor)
    first = Revision.objects.of("offer", offer.pk).order_by("settled_at", "pk")[0]
    client = entered(cast.editor)
    address = f"{history_of('angebot', offer.pk)}{first.pk}/"
    page = text_of(client.get(address, {"feld": "summary"}))
    assert "Nur dieses Feld" in page
    client.post(address, {"stand": seen_on(page), "feld": "summary"})
    offer.refresh_from_db()
    assert (offer.title, offer.summary) == ("Zweiter", "Alt.")


def test_whoever_restores_what_was_changed_meanwhile_is_told_and_asked_again(cast: Cast, entered):
    offer = offer_with_three_states(cast)
    editing.resume(offer, by=cast.editor)
    first = Revision.objects.of("offer", offer.pk).order_by("settled_at", "pk")[0]
    client = entered(cast.editor)
    address = f"{history_of('angebot', offer.pk)}{first.pk}/"
    page = text_of(client.get(address))
    change(offer, cast.editor, title="Dazwischen")
    editing.submit(offer, by=cast.editor)
    answer = client.post(address, {"stand": seen_on(page)})
    assert answer.status_code == 409
    assert "inzwischen geändert" in text_of(answer)
    offer.refresh_from_db()
    assert offer.title == "Dazwischen"
    # Having seen it, the same button does it; a second click is told so and changes nothing.
    seen = seen_on(text_of(answer))
    client.post(address, {"stand": seen})
    states = Revision.objects.of("offer", offer.pk).count()
    again = client.post(address, {"stand": seen}, follow=True)
    assert "Das steht dort schon" in text_of(again)
    assert Revision.objects.of("offer", offer.pk).count() == states
    offer.refresh_from_db()
    assert offer.title == "Töpfern"


def test_what_is_archived_or_binned_is_looked_at_only(cast: Cast, entered):
    offer = offer_with_three_states(cast)
    editing.trash(offer, by=cast.editor)
    first = Revision.objects.of("offer", offer.pk).order_by("settled_at", "pk")[0]
    client = entered(cast.editor)
    address = f"{history_of('angebot', offer.pk)}{first.pk}/"
    page = text_of(client.get(address))
    assert "Holen Sie es zuerst zurück" in page
    assert 'name="stand"' not in page
    answer = client.post(address, {"stand": "x"})
    assert answer.status_code == 409
    offer.refresh_from_db()
    assert offer.title == "Töpfern für Große"


def test_restoring_never_publishes_what_nobody_approved(cast: Cast, entered):
    cast.rule(ApprovalRule.OFFERS)
    offer = cast.draft(title="Erster Versuch")
    first = editing.submit(offer, by=cast.member).revision
    editing.send_back(first, by=cast.editor, version=first.version, reason="Bitte genauer.")
    change(offer, cast.member, title="Zweiter Versuch")
    editing.submit(offer, by=cast.member)
    client = entered(cast.editor)
    address = f"{history_of('angebot', offer.pk)}{first.pk}/"
    page = text_of(client.get(address))
    assert "wartet noch auf die erste Freigabe" in page
    assert 'name="stand"' not in page
    now = mark_of(OFFER.take(Offer.objects.get(pk=offer.pk)))
    assert client.post(address, {"stand": now}).status_code == 409
    offer.refresh_from_db()
    assert (offer.state, offer.title, offer.published_at) == ("submitted", "Zweiter Versuch", None)


def test_a_blocked_offer_stays_blocked_when_its_text_is_restored(cast: Cast, entered):
    offer = offer_with_three_states(cast)
    editing.block(offer, by=cast.editor, reason="Nein.")
    first = Revision.objects.of("offer", offer.pk).order_by("settled_at", "pk")[0]
    client = entered(cast.editor)
    address = f"{history_of('angebot', offer.pk)}{first.pk}/"
    client.post(address, {"stand": seen_on(text_of(client.get(address)))})
    offer.refresh_from_db()
    assert (offer.state, offer.title) == ("blocked", "Töpfern")


def test_a_page_keeps_the_text_of_before_its_first_change(cast: Cast, entered):
    page = Page.objects.create(slug="ferien", title="Ferien", easy_body="<p>Alt.</p>")
    page.easy_body = "<p>Neu.</p>"
    page_services.save_easy(page, by=cast.editor)
    client = entered(cast.editor)
    shown = text_of(client.get(history_of("seite", page.pk)))
    assert "2 Stände" in shown
    assert "so vorgefunden" in shown
    first = Revision.objects.of("page", page.pk).order_by("settled_at", "pk")[0]
    address = f"{history_of('seite', page.pk)}{first.pk}/"
    client.post(address, {"stand": seen_on(text_of(client.get(address)))})
    page.refresh_from_db()
    assert page.easy_body == "<p>Alt.</p>"
    last = Revision.objects.of("page", page.pk).order_by("-settled_at", "-pk")[0]
    assert (last.state, last.author, last.based_on) == (State.APPLIED, cast.editor, first)
    assert Entry.objects.filter(target_type="pages.page", action="revision.applied", actor_id=cast.editor.pk).exists()


def test_a_setting_says_who_changed_what_and_comes_back(cast: Cast, entered):
    rules = Preferences.load()
    old = rules.offer_name
    rules.offer_name = "Kurs"
    save_subject(NAMES, rules, seen="", by=cast.editor)
    client = entered(cast.editor)
    page = text_of(client.get(history_of("regeln", 1)))
    assert "Bezeichnung für ein Angebot" in page
    compared = text_of(client.get(f"{history_of('regeln', 1)}vergleich/"))
    assert "Kurs" in compared
    first = Revision.objects.of("preferences", 1).order_by("settled_at", "pk")[0]
    address = f"{history_of('regeln', 1)}{first.pk}/"
    client.post(address, {"stand": seen_on(text_of(client.get(address)))})
    assert Preferences.objects.get().offer_name == old


def test_a_choice_of_administrators_is_not_for_editors(cast: Cast, entered, person, ahausen):
    rules = Preferences.load()
    for rule in ("everybody", "nobody"):
        rules.second_factor = rule
        save_subject(SIGNING_IN, rules, seen="", by="test")
    state = Revision.objects.of("signing_in", 1).order_by("settled_at", "pk")[0]
    editor = entered(cast.editor)
    for address in (history_of("anmeldung", 1), f"{history_of('anmeldung', 1)}{state.pk}/"):
        assert editor.get(address).status_code == 404
    assert editor.post(f"{history_of('anmeldung', 1)}{state.pk}/", {"stand": "x"}).status_code == 404
    assert "zweiten Faktor" not in text_of(editor.get(history_of("regeln", 1)))
    assert all("second_factor" not in each.content for each in Revision.objects.of("preferences", 1))
    admin = entered(person(ahausen, Role.ADMIN))
    assert admin.get(history_of("anmeldung", 1)).status_code == 200


def test_names_go_with_an_account_and_the_states_stay(cast: Cast, entered):
    page = Page.objects.create(slug="ferien", title="Ferien")
    page.easy_body = "<p>Neu.</p>"
    page_services.save_easy(page, by=cast.administrator)
    cast.administrator.delete()
    shown = text_of(entered(cast.editor).get(history_of("seite", page.pk)))
    assert "2 Stände" in shown
    assert "administrator" not in shown


def test_everything_changed_last_stands_in_one_list(cast: Cast, entered):
    offer_with_three_states(cast)
    page = Page.objects.create(slug="ferien", title="Ferien")
    page.easy_body = "<p>Neu.</p>"
    page_services.save_easy(page, by=cast.editor)
    client = entered(cast.editor)
    everything = text_of(client.get("/redaktion/verlauf/"))
    assert "6 Änderungen" in everything
    only = text_of(client.get("/redaktion/verlauf/", {"art": "page"}))
    assert "2 Änderungen" in only
    assert "Töpfern" not in only
    # By what it is called now, and by people; each change of the offer counts.
    assert "4 Änderungen" in text_of(client.get("/redaktion/verlauf/", {"q": "große"}))
    assert "2 Änderungen" in text_of(client.get("/redaktion/verlauf/", {"q": "ferien"}))
    assert "1 Änderung" in text_of(client.get("/redaktion/verlauf/", {"q": "administrator"}))


@pytest.mark.parametrize("address", ["nichts/1/", "angebot/999999/", "seite/1/vergleich/", "regeln/2/", "angebot/0/7/"])
def test_what_nobody_knows_is_not_there(cast: Cast, entered, address):
    assert entered(cast.editor).get(f"/redaktion/verlauf/{address}").status_code == 404


def test_a_state_of_another_thing_is_not_shown_here(cast: Cast, entered):
    offer, other = offer_with_three_states(cast), cast.public(title="Anderes")
    foreign = Revision.objects.of("offer", offer.pk).first()
    client: Client = entered(cast.editor)
    assert client.get(f"{history_of('angebot', other.pk)}{foreign.pk}/").status_code == 404
    assert any_posted(client, f"{history_of('angebot', other.pk)}{foreign.pk}/") == 404


def any_posted(client: Any, address: str) -> int:
    return int(client.post(address, {"stand": "x"}).status_code)
