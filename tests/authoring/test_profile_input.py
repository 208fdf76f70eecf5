"""What people type, send and press on the pages of the profile, whatever it is."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.media.models import MediaFile
from portal.preferences.models import ApprovalRule
from portal.providers import editing, snapshot
from portal.revisions.models import Revision
from tests.authoring.filling import form_of, send
from tests.authoring.test_profile import leader, signed_in  # noqa: F401
from tests.authoring.test_story import photo
from tests.revisions.conftest import Cast, cast  # noqa: F401

BAD = [
    ("kontakt", {"postcode": "6611"}, "Eine Postleitzahl hat fünf Ziffern"),
    ("kontakt", {"email": "rosa@"}, "die ganze Adresse"),
    ("kontakt", {"website": "www verein"}, "die Adresse der Seite"),
    ("kontakt", {"website": "info@verein.de"}, "die Adresse der Seite"),
    ("kontakt", {"contact_email": "x"}, "die ganze Adresse"),
    ("zeiten", {"h_1_0_from": "25:00", "h_1_0_to": "26:00"}, "Stunden und Minuten"),
    ("zeiten", {"h_1_0_from": "", "h_1_0_to": "12:00"}, "von und bis"),
    ("zeiten", {"h_2_0_to": "09:00", "h_2_0_from": "10:00"}, "Ende"),
    ("zeiten", {"h_2_0_from": "10:00", "h_2_0_to": "24:00"}, "23:59"),
    ("zeiten", {"n_1": "x" * 201}, "höchstens 200"),
    ("zeiten", {"note": "x" * 2001}, "höchstens 2000"),
    ("bilder", {"employees": "viele"}, "in Ziffern"),
    ("bilder", {"employees": "-1"}, "in Ziffern"),
    ("bilder", {"f": "1", "f_0_label": "", "f_0_text": "320"}, "worum es geht"),
    ("bilder", {"f": "1", "f_0_text": "ja", "f_0_label": "x" * 121}, "höchstens 120"),
    ("bilder", {"bild_alt": "Ohne Bild"}, "auch das Bild"),
    ("wer", {"name": "x" * 256}, "255"),
]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"postcode": "D-66 111"}, "66111"),
        ({"email": "Anna Müller <info@verein.de>"}, "info@verein.de"),
        ({"contact_email": "mailto:anna@verein.de "}, "anna@verein.de"),
    ],
)
def test_what_programs_and_habits_make_of_it_is_understood(cast, leader, typed, kept):  # noqa: F811
    page = f"/konto/anbieter/{cast.club.pk}/profil/kontakt/"
    assert send(leader, page, **typed).status_code == 302
    assert form_of(leader, page)[next(iter(typed))] == [kept]


@pytest.mark.parametrize(("page", "typed", "sentence"), BAD)
def test_what_cannot_be_understood_is_kept_as_typed(cast, leader, page, typed, sentence):  # noqa: F811
    way = f"/konto/anbieter/{cast.club.pk}/profil/"
    answer = send(leader, f"{way}{page}/", **typed)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in text
    assert "<title>Fehler:" in text
    name, value = list(typed.items())[-1]
    assert form_of(leader, f"{way}{page}/")[name] == [value]
    # Away and back are no dead ends, and it cannot be handed in like this.
    assert send(leader, f"{way}{page}/", "spaeter").url == f"/konto/anbieter/{cast.club.pk}/"
    assert send(leader, f"{way}pruefen/", "abschicken").status_code == 200


@pytest.mark.parametrize("field", ["logo", "bild", "portrait"])
def test_a_bad_file_is_refused_with_a_sentence(cast, leader, field):  # noqa: F811
    svg = SimpleUploadedFile("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>")
    answer = send(leader, f"/konto/anbieter/{cast.club.pk}/profil/bilder/", **{field: svg})
    assert "SVG" in answer.content.decode()
    assert MediaFile.objects.count() == 0
    # It is not held against the rest: the page can be gone on with.
    assert 'class="missing"' not in _without_contact(leader, cast)


def _without_contact(leader, cast: Cast) -> str:  # noqa: F811
    way = f"/konto/anbieter/{cast.club.pk}/profil/"
    send(leader, f"{way}wer/", summary="Für alle.")
    send(leader, f"{way}kontakt/", phone="0681 1")
    return leader.get(f"{way}pruefen/").content.decode()


def test_rows_are_moved_and_removed_with_buttons(cast, leader):  # noqa: F811
    address = f"/konto/anbieter/{cast.club.pk}/profil/bilder/"
    rows = {"f": "3"}
    rows |= {f"f_{at}_{part}": f"{part}{at}" for at in range(3) for part in ("label", "text")}
    send(leader, address, **rows)

    def labels() -> list[str]:
        return [each["label"] for each in editing.begin(cast.club, by=cast.administrator).content["facts"]]

    assert labels() == ["label0", "label1", "label2"]
    send(leader, address, "f_hoch", f_hoch="2")
    assert labels() == ["label0", "label2", "label1"]
    send(leader, address, "f_runter", f_runter="0")
    assert labels() == ["label2", "label0", "label1"]
    send(leader, address, "f_weg", f_weg="1")
    assert labels() == ["label2", "label1"]
    for nonsense in ("7", "-1", "x", "²", "9" * 50):
        assert send(leader, address, "f_weg", f_weg=nonsense).status_code in {200, 302}
    assert labels() == ["label2", "label1"]


def test_pictures_are_added_moved_replaced_and_removed(cast, leader, signed_in):  # noqa: F811
    address = f"/konto/anbieter/{cast.club.pk}/profil/bilder/"
    for name in ("Eins", "Zwei"):
        send(leader, address, bild=photo(), bild_alt=name, bild_credit="Rosa", permission="on")
    send(leader, address, logo=photo(), portrait=photo())

    def shown() -> list[tuple[str, str]]:
        said = editing.begin(cast.club, by=cast.administrator).content
        return [(each["kind"], each["alt_text"]) for each in said["images"]]

    assert shown() == [("content", "Eins"), ("content", "Zwei"), ("logo", ""), ("contact", "")]
    page = leader.get(f"/konto/anbieter/{cast.club.pk}/profil/pruefen/").content.decode()
    assert "zu jedem Bild, was darauf zu sehen ist" in page
    assert "von wem das Bild ist" in page
    send(leader, address, "p_hoch", p_hoch="1", portrait_alt="Rosa", portrait_credit="Max")
    assert shown() == [("content", "Zwei"), ("content", "Eins"), ("logo", ""), ("contact", "Rosa")]
    send(leader, address, "logo_weg")
    send(leader, address, "p_weg", p_weg="0")
    assert shown() == [("content", "Eins"), ("contact", "Rosa")]
    # A number of somebody else's picture is nobody's here.
    foreign = MediaFile.objects.create(file="x/fremd.webp", owner=cast.other_club, width=9, height=9)
    fields = form_of(leader, address)
    leader.post(address, {**fields, "logo_key": str(foreign.pk), "weiter": "1"})
    assert shown() == [("content", "Eins"), ("contact", "Rosa")]


def test_the_week_is_filled_with_buttons(cast, leader):  # noqa: F811
    address = f"/konto/anbieter/{cast.club.pk}/profil/zeiten/"
    send(leader, address, "gleich", h_1_0_from="8:00", h_1_0_to="12:00")
    said = editing.begin(cast.club, by=cast.administrator).content["opening_hours"]
    assert [each["weekday"] for each in said] == [1, 2, 3, 4, 5]
    send(leader, address, "drop", drop="h_3_0")
    said = editing.begin(cast.club, by=cast.administrator).content["opening_hours"]
    assert [each["weekday"] for each in said] == [1, 2, 4, 5]
    overlap = {"h_1": "2", "h_1_1_from": "11:00", "h_1_1_to": "13:00"}
    assert "überschneidet sich" in send(leader, address, **overlap).content.decode()
    for nonsense in ("h_9", "h_1_99", "x", ""):
        assert send(leader, address, "more", more=nonsense).status_code in {200, 302}


def test_the_pin_of_the_address_is_moved_without_scripts(cast, leader):  # noqa: F811
    way = f"/konto/anbieter/{cast.club.pk}/profil/"
    assert leader.get(f"{way}nadel/").url == f"{way}kontakt/"
    assert send(leader, f"{way}kontakt/", "nadel", street="Markt 1", postcode="66111").url == f"{way}nadel/"

    def point() -> tuple[float, float, str]:
        said = editing.begin(cast.club, by=cast.administrator).content
        return said["latitude"], said["longitude"], said["precision"]

    before = point()
    assert before[2] == "postcode"
    assert send(leader, f"{way}nadel/", "nach", nach="n", schritt="500").url.startswith(f"{way}nadel/?schritt=500")
    north = point()
    assert north[0] == pytest.approx(before[0] + 500 / 111_190, abs=1e-5)
    assert north[2] == "exact"
    send(leader, f"{way}nadel/", "hier", lat="3.0", lon="100.0")
    assert point() == north
    # The address is touched again: what was put exactly stays as long as the address does.
    send(leader, f"{way}kontakt/", phone="0681 1")
    assert point() == north
    send(leader, f"{way}kontakt/", street="Markt 2")
    assert point()[2] == "postcode"


def test_how_long_it_usually_takes_is_said_before_and_after_sending(cast, leader):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    way = f"/konto/anbieter/{cast.club.pk}/profil/"
    said = {"kind": "provider", "subject_id": cast.club.pk, "content": snapshot.take(cast.club), "format": 2}
    decided = timezone.now() - timedelta(minutes=1)
    for _decision in range(5):
        Revision.objects.create(
            **said,
            state="applied",
            author=cast.administrator,
            submitted_at=decided - timedelta(seconds=5),
            settled_at=decided,
            decided_at=decided,
            decided_by=cast.editor,
        )
    send(leader, f"{way}wer/", summary="Neu.")
    send(leader, f"{way}kontakt/", phone="0681 1")
    assert "am selben Tag" in leader.get(f"{way}pruefen/").content.decode()
    send(leader, f"{way}pruefen/", "abschicken")
    assert "am selben Tag" in leader.get(f"/konto/anbieter/{cast.club.pk}/").content.decode()
