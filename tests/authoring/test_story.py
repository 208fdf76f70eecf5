"""A volunteer writes an offer, without scripts: five pages, sent, approved, found, changed."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.media.models import MediaFile
from portal.offers import editing
from portal.offers.models import Offer
from portal.offers.states import State
from portal.preferences.models import ApprovalRule
from portal.taxonomy.models import TargetGroup
from tenants.running.context import inside
from tests.authoring.filling import form_of, send
from tests.factories import an_offer
from tests.revisions.conftest import Cast, cast  # noqa: F401


@pytest.fixture
def member(cast: Cast, visitor):  # noqa: F811
    client = visitor("ahausen")
    client.force_login(cast.member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def begun(client) -> str:
    """The address of a new offer's pages."""
    answer = client.post("/konto/angebote/neu/")
    assert answer.status_code == 302
    assert answer.url.endswith("/was/")
    return answer.url.removesuffix("was/")


def photo() -> SimpleUploadedFile:
    file = BytesIO()
    Image.effect_noise((900, 600), 60).save(file, "JPEG")
    return SimpleUploadedFile("handy.jpg", file.getvalue(), "image/jpeg")


def test_from_the_first_page_into_the_search(cast, member, visitor):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    group = TargetGroup.objects.create(name="Alle Leute")
    way = begun(member)
    answer = send(member, f"{way}was/", title="Smartphone-Sprechstunde", summary="Wir helfen in Ruhe.",
                  topic=str(cast.sport.pk), target_groups=[str(group.pk)])  # fmt: skip
    assert answer.url == f"{way}wann/?titel=1"
    weekly = {"kind": "weekly", "weekday": ["1", "3"], "first": "2026-12-01"}
    stays = send(member, f"{way}wann/", "more", more="w_1", **weekly, w_1_0_from="10:00", w_1_0_to="12:00")
    assert stays.status_code == 200
    assert b"w_1_1_from" in stays.content
    hours = {"w_1": "2", "w_1_1_from": "14 Uhr", "w_1_1_to": "16.00", "w_3_0_from": "15:00", "w_3_0_to": "17:00"}
    answer = send(member, f"{way}wann/", **weekly, w_1_0_from="10:00", w_1_0_to="12:00", **hours)
    assert answer.url == f"{way}wo/"
    answer = send(member, f"{way}wo/", where="anderer", postcode="66115", city="Saarbrücken", cost_kind="amount",
                  cost_amount="7,50 €")  # fmt: skip
    assert answer.url == f"{way}bild/"
    answer = send(member, f"{way}bild/", upload=photo(), alt_text="Ein Telefon", copyright="Helga", permission="on",
                  text="Kommen Sie.\n\n- Fotos\n- Schrift")  # fmt: skip
    assert answer.url == f"{way}pruefen/"
    page = member.get(f"{way}pruefen/").content.decode()
    assert "An die Redaktion schicken" in page
    assert 'class="missing"' not in page
    answer = send(member, f"{way}pruefen/", "abschicken")
    assert answer.url == f"{way}aenderung/"

    offer = Offer.objects.get(title="Smartphone-Sprechstunde")
    assert offer.state == State.SUBMITTED
    waiting = editing.waiting_for(offer)
    said = editing.content_of(waiting)
    assert [(each["rrule"], each["start_time"], each["end_time"]) for each in said["schedules"]] == [
        ("FREQ=WEEKLY;BYDAY=TU", "10:00", "12:00"),
        ("FREQ=WEEKLY;BYDAY=TU", "14:00", "16:00"),
        ("FREQ=WEEKLY;BYDAY=TH", "15:00", "17:00"),
    ]
    assert (said["cost_kind"], said["cost_amount"]) == ("amount", "7.50")
    assert said["description"] == "<p>Kommen Sie.</p><ul><li>Fotos</li><li>Schrift</li></ul>"
    assert MediaFile.objects.get(pk=said["images"][0]["media"]).permission.startswith("bestätigt von")
    resident = visitor("ahausen")
    assert b"Smartphone-Sprechstunde" not in resident.get("/angebote/?q=Smartphone").content
    editing.approve(waiting, by=cast.editor, version=waiting.version)
    assert b"Smartphone-Sprechstunde" in resident.get("/angebote/?q=Smartphone").content

    send(member, f"{way}was/", title="Handy-Sprechstunde")
    send(member, f"{way}pruefen/", "abschicken")
    shown = member.get(f"{way}aenderung/").content.decode()
    assert "Änderung wird geprüft" in shown or "Änderung in Prüfung" in shown
    assert "Handy" in shown
    assert b"Smartphone-Sprechstunde" in resident.get("/angebote/?q=Smartphone").content
    waiting = editing.waiting_for(offer)
    editing.approve(waiting, by=cast.editor, version=waiting.version)
    assert b"Handy-Sprechstunde" in resident.get("/angebote/?q=Handy").content


def test_sending_twice_sends_once(cast, member):  # noqa: F811
    cast.rule(ApprovalRule.OFFERS)
    offer = cast.draft()
    address = f"/konto/angebote/{offer.pk}/pruefen/"
    fields = form_of(member, address)
    first, second = (member.post(address, {**fields, "abschicken": "1"}) for _ in range(2))
    assert first.url == second.url == f"/konto/angebote/{offer.pk}/aenderung/"
    assert editing.history(offer).count() == 1


def test_what_is_missing_stops_only_at_the_end(cast, member):  # noqa: F811
    way = begun(member)
    for page, following in (("was", "wann"), ("wann", "wo"), ("wo", "bild"), ("bild", "pruefen")):
        assert send(member, f"{way}{page}/").url.startswith(f"{way}{following}/")
    answer = send(member, f"{way}pruefen/", "abschicken")
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert 'class="missing"' in shown
    assert f'href="{way}was/">Was<' in shown
    assert editing.waiting_for(Offer.objects.latest("pk")) is None


@pytest.mark.parametrize(
    ("page", "typed", "sentence"),
    [
        ("was", {"min_age": "sechs"}, "Bitte schreiben Sie das Alter als Zahl"),
        ("was", {"min_age": "9", "max_age": "6"}, "Das zweite Alter"),
        ("wann", {"kind": "dates", "day_0": "neulich"}, "Bitte schreiben Sie den Tag"),
        ("wann", {"kind": "dates", "day_0": "2026-12-01", "day_0_to": "12:00"}, "wann es beginnt"),
        ("wo", {"where": "anderer", "postcode": "6611"}, "Eine Postleitzahl hat fünf Ziffern"),
        ("wo", {"cost_kind": "amount", "cost_amount": "sieben"}, "zum Beispiel 5 oder 7,50"),
        ("wo", {"cost_kind": "amount", "cost_amount": "0"}, "Nichts"),
        ("wo", {"registration_url": "info@verein.de"}, "die Adresse der Seite"),
        ("bild", {"video_url": "film bei uns"}, "Adresse des Videos"),
    ],
)
def test_what_cannot_be_understood_is_kept_as_typed(cast, member, page, typed, sentence):  # noqa: F811
    way = begun(member)
    answer = send(member, f"{way}{page}/", **typed)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert sentence in text
    assert "<title>Fehler:" in text
    name, value = list(typed.items())[-1]
    assert form_of(member, f"{way}{page}/")[name] == [value]
    # Back and later are no dead ends, and it cannot be handed in like this.
    assert send(member, f"{way}{page}/", "spaeter").url == "/konto/angebote/"
    assert send(member, f"{way}pruefen/", "abschicken").status_code == 200


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        *(({"cost_kind": "amount", "cost_amount": typed}, "5,00") for typed in ("5,- €", "5,–", "5.-", "€ 5,--", "5")),
        ({"contact_email": "mailto:info@verein.de?subject=Anmeldung"}, "info@verein.de"),
        ({"contact_email": "Anna Müller <info@verein.de> "}, "info@verein.de"),
        ({"registration_url": "\u200bwww.youtube.com/@verein "}, "https://www.youtube.com/@verein"),
        ({"where": "anderer", "postcode": "D-66 111"}, "66111"),
    ],
)
def test_what_programs_and_habits_make_of_it_is_understood(cast, member, typed, kept):  # noqa: F811
    way = begun(member)
    assert send(member, f"{way}wo/", **typed).status_code == 302
    assert form_of(member, f"{way}wo/")[list(typed)[-1]] == [kept]


@pytest.mark.parametrize("typed", ["8", "8 Jahre", "ab 8 J.", " 8j "])
def test_an_age_with_the_word_for_it_is_an_age(cast, member, typed):  # noqa: F811
    way = begun(member)
    assert send(member, f"{way}was/", min_age=typed).status_code == 302
    assert form_of(member, f"{way}was/")["min_age"] == ["8"]


def test_two_windows_show_both_versions(cast, member):  # noqa: F811
    offer = cast.draft(title="Alt")
    address = f"/konto/angebote/{offer.pk}/was/"
    fields = form_of(member, address)
    member.post(address, {**fields, "title": "Erstes Fenster", "weiter": "1"})
    answer = member.post(address, {**fields, "title": "Zweites Fenster", "weiter": "1"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Erstes Fenster" in text
    assert "Zweites Fenster" in text
    from tests.authoring.filling import _Reader

    reader = _Reader(f"/konto/angebote/{offer.pk}/waehlen/")
    reader.feed(text)
    member.post(f"/konto/angebote/{offer.pk}/waehlen/", reader.fields)
    assert editing.begin(offer, by=cast.member).content["title"] == "Zweites Fenster"
    theirs = {**reader.fields, "wahl_title": "ihre"}
    assert member.post(f"/konto/angebote/{offer.pk}/waehlen/", theirs).status_code in {302, 409}


def test_a_similar_offer_is_shown_and_can_be_copied(cast, member):  # noqa: F811
    old = an_offer(title="Töpfern für Kinder", provider=cast.club, summary="Mit Ton.")
    an_offer(title="Töpfern mit Kindern", provider=cast.other_club)
    way = begun(member)
    answer = send(member, f"{way}was/", title="Töpfern für Kinder ab sechs")
    page = member.get(answer.url).content.decode()
    assert "Gibt es das schon?" in page
    assert "Töpfern für Kinder" in page
    made = member.post(f"/konto/angebote/{old.pk}/kopieren/")
    copy = Offer.objects.latest("pk")
    assert made.url == f"/konto/angebote/{copy.pk}/wann/"
    assert (copy.title, copy.summary, copy.state) == (old.title, "Mit Ton.", State.DRAFT)


def test_a_bad_picture_is_refused_with_a_sentence(cast, member):  # noqa: F811
    way = begun(member)
    svg = SimpleUploadedFile("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>")
    answer = send(member, f"{way}bild/", upload=svg, alt_text="x", copyright="y")
    assert "SVG" in answer.content.decode()
    assert MediaFile.objects.count() == 0


def test_a_picture_without_permission_is_asked_for_at_the_end(cast, member):  # noqa: F811
    offer = cast.draft()
    way = f"/konto/angebote/{offer.pk}/"
    assert send(member, f"{way}bild/", upload=photo(), copyright="Helga").url == f"{way}pruefen/"
    page = member.get(f"{way}pruefen/").content.decode()
    for field in ("alt_text", "permission"):
        assert f'name="{field}"' in page
    assert send(member, f"{way}pruefen/", "abschicken").status_code == 200
    send(member, f"{way}bild/", alt_text="Ein Ball", permission="on")
    page = member.get(f"{way}pruefen/").content.decode()
    for field in ("alt_text", "permission"):
        assert f'name="{field}"' not in page


def test_the_preview_is_the_public_page_and_leaves_nothing(cast, member):  # noqa: F811
    offer = cast.public(title="Öffentlich")
    send(member, f"/konto/angebote/{offer.pk}/was/", title="Ganz anders")
    page = member.get(f"/konto/angebote/{offer.pk}/vorschau/").content.decode()
    sheet = page[page.index("<article") : page.index("</article>")]
    assert "Ganz anders" in sheet
    assert not re.search(r"<a\b[^>]*\bhref=", sheet)
    offer.refresh_from_db()
    assert offer.title == "Öffentlich"


def test_strangers_find_nothing(cast, visitor, ahausen):  # noqa: F811
    offer = cast.draft()
    stranger = visitor("ahausen")
    stranger.force_login(cast.stranger, backend="allauth.account.auth_backends.AuthenticationBackend")
    with inside(ahausen):
        for page in ("", "was/", "wann/", "wo/", "bild/", "pruefen/", "vorschau/", "aenderung/"):
            assert stranger.get(f"/konto/angebote/{offer.pk}/{page}").status_code == 404
