"""Saving while somebody types: what is kept, what comes back, and what is not told yet."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.offers import editing
from portal.offers.models import Offer
from tests.authoring.filling import form_of, send
from tests.authoring.test_story import begun, member  # noqa: F401
from tests.factories import an_offer
from tests.revisions.conftest import Cast, cast  # noqa: F401

TYPING = {"HTTP_HX_REQUEST": "true"}


def typed(client, address: str, **changed):
    """What htmx sends half a second after the last key."""
    fields = form_of(client, address)
    return client.post(address, {**fields, **changed, "sichern": "1"}, **TYPING)


def test_what_is_typed_is_kept_and_the_page_learns_its_new_base(cast: Cast, member):  # noqa: F811
    offer = cast.draft(title="Alt")
    address = f"/konto/angebote/{offer.pk}/was/"
    answer = typed(member, address, title="Töpf")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert answer["HX-Trigger"] == "gespeichert"
    assert re.search(r"Gespeichert um \d\d:\d\d", text)
    assert "Töpf" in text[text.index('id="vorschau"') :]
    assert "<html" not in text
    assert editing.begin(offer, by=cast.member).content["title"] == "Töpf"
    # The next save builds upon it: no two versions, in one window.
    base = re.search(r'name="base" id="id_base" value="([^"]*)"', text)[1]
    fields = {**form_of(member, address), "title": "Töpfern", "base": base, "sichern": "1"}
    assert member.post(address, fields, **TYPING)["HX-Trigger"] == "gespeichert"
    offer.refresh_from_db()
    assert offer.title == "Töpfern"


def test_a_public_offer_stays_as_it_is(cast: Cast, member, visitor):  # noqa: F811
    offer = cast.public(title="Öffentlich")
    typed(member, f"/konto/angebote/{offer.pk}/was/", title="Ganz anders")
    assert editing.begin(offer, by=cast.member).content["title"] == "Ganz anders"
    assert b"Ganz anders" not in visitor("ahausen").get(offer.get_absolute_url()).content


def test_it_never_complains_but_forgets_nothing(cast: Cast, member):  # noqa: F811
    offer = cast.draft()
    address = f"/konto/angebote/{offer.pk}/was/"
    text = typed(member, address, min_age="sech").content.decode()
    assert "Bitte schreiben Sie das Alter" not in text
    assert form_of(member, address)["min_age"] == ["sech"]
    assert 'class="missing"' in member.get(f"/konto/angebote/{offer.pk}/pruefen/").content.decode()


def test_a_button_that_only_has_the_focus_does_nothing(cast: Cast, member):  # noqa: F811
    from tests.authoring.test_story import photo

    offer = cast.draft()
    address = f"/konto/angebote/{offer.pk}/bild/"
    send(member, address, upload=photo(), alt_text="Ein Ball", copyright="Helga", permission="on")
    typed(member, address, alt_text="Ein roter Ball", bild_weg="1")
    (image,) = editing.begin(offer, by=cast.member).content["images"]
    assert image["alt_text"] == "Ein roter Ball"


def test_the_next_dates_come_back_while_typing(cast: Cast, member):  # noqa: F811
    offer = cast.draft()
    text = typed(member, f"/konto/angebote/{offer.pk}/wann/", kind="weekly", weekday=["1"], w_1_0_from="10:00",
                 first="2026-12-01").content.decode()  # fmt: skip
    assert text.count("<li>Dienstag, ") == 5
    assert "schedules" in editing.begin(offer, by=cast.member).content


def test_possible_doubles_come_back_while_typing_own_first(cast: Cast, member):  # noqa: F811
    an_offer(title="Töpfern für Kinder ab 6 Jahren", provider=cast.other_club)
    own = an_offer(title="Töpfern für Kinder", provider=cast.club)
    way = begun(member)
    text = typed(member, f"{way}was/", title="Töpfern für Kinder ab 6").content.decode()
    doubles = text[text.index('id="gibt-es-schon"') :]
    assert doubles.index("ähnliches Angebot: „Töpfern für Kinder“") < doubles.index(
        "„Töpfern für Kinder ab 6 Jahren“ von"
    )
    assert f'formaction="/konto/angebote/{own.pk}/kopieren/"' in doubles
    # It is a button of the form itself: what was typed is there, and the copy is made.
    made = member.post(f"/konto/angebote/{own.pk}/kopieren/", form_of(member, f"{way}was/"))
    assert made.url == f"/konto/angebote/{Offer.objects.latest('pk').pk}/wann/"


def test_what_another_window_changed_is_not_overwritten(cast: Cast, member):  # noqa: F811
    offer = cast.draft(title="Alt")
    address = f"/konto/angebote/{offer.pk}/was/"
    fields = form_of(member, address)
    member.post(address, {**fields, "title": "Erstes Fenster", "weiter": "1"})
    answer = member.post(address, {**fields, "title": "Zweites", "sichern": "1"}, **TYPING)
    assert "In einem anderen Fenster" in answer.content.decode()
    assert editing.begin(offer, by=cast.member).content["title"] == "Erstes Fenster"


def test_whoever_is_signed_out_or_a_stranger_saves_nothing(cast: Cast, member, visitor):  # noqa: F811
    offer = cast.draft(title="Alt")
    address = f"/konto/angebote/{offer.pk}/was/"
    fields = {**form_of(member, address), "title": "Neu", "sichern": "1"}
    assert "HX-Trigger" not in visitor("ahausen").post(address, fields, **TYPING)
    stranger = visitor("ahausen")
    stranger.force_login(cast.stranger, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert stranger.post(address, fields, **TYPING).status_code == 404
    offer.refresh_from_db()
    assert offer.title == "Alt"


@pytest.mark.parametrize("step", ["was", "wann", "wo", "bild"])
def test_a_save_asks_the_same_few_questions_however_many_offers_there_are(cast: Cast, member, step):  # noqa: F811
    offer = cast.draft(title="Töpfern")
    address = f"/konto/angebote/{offer.pk}/{step}/"

    def statements() -> int:
        fields = {**form_of(member, address), "sichern": "1"}
        with CaptureQueriesContext(connection) as asked:
            assert member.post(address, fields, **TYPING).status_code == 200
        return len(asked)

    statements()
    few = statements()
    for number in range(60):
        an_offer(title=f"Töpfern {number}", provider=cast.club)
    assert statements() == few
    # In a transaction that is still open nothing is remembered: the host is looked up twice. One more forgets which
    # form was sent last (core.pressed_once).
    assert few <= 63
