"""Pictures through the page: what is refused and how, which part is shown, what the law asks for."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.media.models import MediaFile
from portal.media.services import mark_unused, remove_unused
from portal.offers import editing
from tests.authoring.filling import form_of, send
from tests.authoring.test_story import member  # noqa: F401
from tests.media.test_receive import SVG, a_bomb, a_photo
from tests.revisions.conftest import Cast, cast  # noqa: F401

TEXTS = {"alt_text": "Ein Ball", "copyright": "Helga", "permission": "on"}
REFUSED = {
    "no picture": ("bild.jpg", b"PK\x03\x04 kein Bild", "Das ist kein Bild, das wir lesen können"),
    "a Word file called jpg": ("urlaub.jpg", b"\xd0\xcf\x11\xe0" + b"\0" * 900, "Das ist kein Bild"),
    "a bomb of 100 megapixels": ("foto.png", a_bomb(10_000, 10_000).getvalue(), "mehr als 60 Millionen Bildpunkte"),
    "SVG with a script": ("logo.svg", SVG, "SVG-Zeichnungen"),
    "SVG that says it is a photo": ("logo.jpg", SVG, "SVG-Zeichnungen"),
    "31 MB": ("gross.jpg", b"\xff\xd8" + b"\0" * (30 * 2**20), "größer als 30 MB"),
    "empty": ("leer.jpg", b"", "Diese Datei ist leer"),
    "half of a photo": ("halb.jpg", a_photo(size=(900, 900), quality=95).getvalue()[:9000], "beschädigt"),
}


def a_file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def of(width: int, height: int) -> SimpleUploadedFile:
    """Red on top, blue below; red left, blue right for a wide one."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (0, height // 2, width, height) if height > width else (width // 2, 0, width, height))
    out = BytesIO()
    picture.save(out, "PNG")
    return SimpleUploadedFile("bild.png", out.getvalue(), "image/png")


@pytest.fixture
def page(cast: Cast, member):  # noqa: F811
    offer = cast.draft()
    return offer, f"/konto/angebote/{offer.pk}/bild/"


def shown(offer, cast: Cast) -> MediaFile:  # noqa: F811
    (image,) = editing.begin(offer, by=cast.member).content["images"]
    return MediaFile.objects.get(pk=image["media"])


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_refused_is_told_beside_the_field_and_on_top(page, member, case):  # noqa: F811
    name, content, sentence = REFUSED[case]
    address = page[1]
    answer = send(member, address, upload=a_file(name, content), **TEXTS)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Fehler:" in text
    assert 'href="#id_upload"' in text
    assert text.count(sentence) == 2
    assert MediaFile.objects.count() == 0
    # What was typed beside it is still there.
    assert form_of(member, address)["alt_text"] == ["Ein Ball"]


@pytest.mark.parametrize("name", ["foto.heic", "foto.jpg", "foto"])
def test_a_photo_of_an_iphone_is_converted_whatever_it_is_called(page, cast, member, name):  # noqa: F811
    offer, address = page
    heic = a_photo(fmt="HEIF", size=(640, 480)).getvalue()
    assert send(member, address, upload=a_file(name, heic), **TEXTS).status_code == 302
    with shown(offer, cast).file.open() as stored:
        assert Image.open(stored).format == "WEBP"


def test_a_wrong_extension_does_not_matter(page, cast, member):  # noqa: F811
    offer, address = page
    assert send(member, address, upload=a_file("notiz.txt", a_photo().getvalue()), **TEXTS).status_code == 302
    assert shown(offer, cast).width > 0


def test_where_a_photo_was_taken_is_gone(page, cast, member):  # noqa: F811
    offer, address = page
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (49.0, 14.0, 0.0), 3: "E", 4: (6.0, 59.0, 0.0)}
    out = BytesIO()
    Image.new("RGB", (640, 480), "green").save(out, "JPEG", exif=exif)
    assert b"Exif" in out.getvalue()
    send(member, address, upload=a_file("hier.jpg", out.getvalue()), **TEXTS)
    with shown(offer, cast).file.open() as stored:
        content = stored.read()
    assert not Image.open(BytesIO(content)).getexif()
    assert b"Exif" not in content


def test_the_field_takes_photos_of_a_phone_and_forces_no_camera(page, member):  # noqa: F811
    text = member.get(page[1]).content.decode()
    field = text[text.index('type="file"') :].split(">")[0]
    assert 'accept="image/*,.heic,.heif"' in text
    assert "capture" not in field


@pytest.mark.parametrize(
    ("size", "words", "word", "colour"),
    [
        ((600, 900), ["der obere Teil", "die Mitte", "der untere Teil"], "anfang", "red"),
        ((600, 900), ["der obere Teil", "die Mitte", "der untere Teil"], "ende", "blue"),
        ((1600, 300), ["der linke Teil", "die Mitte", "der rechte Teil"], "ende", "blue"),
    ],
)
def test_the_part_is_chosen_in_three_words(page, cast, member, size, words, word, colour):  # noqa: F811
    offer, address = page
    answer = send(member, address, "hochladen", upload=of(*size), **TEXTS)
    text = answer.content.decode()
    assert all(each in text for each in words)
    whole = shown(offer, cast)
    send(member, address, part=word)
    part = shown(offer, cast)
    assert part.original == whole
    assert abs(part.width / part.height - 16 / 9) < 0.02
    with part.file.open() as stored:
        red, _green, blue = Image.open(stored).convert("RGB").resize((1, 1)).getpixel((0, 0))
    assert (red > blue) == (colour == "red")
    # The words stay chosen, the texts too; sent as it stands nothing happens; and the whole is there again.
    fields = form_of(member, address)
    assert (fields["part"], fields["alt_text"]) == ([word], ["Ein Ball"])
    send(member, address)
    assert shown(offer, cast) == part
    send(member, address, part="ganz")
    assert shown(offer, cast) == whole


def test_a_box_is_cut_on_the_server_and_another_one_from_the_whole_again(page, cast, member):  # noqa: F811
    offer, address = page
    send(member, address, "hochladen", upload=of(1600, 1200), **TEXTS)
    whole = shown(offer, cast)
    send(member, address, box="0.5,0.25,0.5,0.375", part="")
    part = shown(offer, cast)
    assert (part.width, part.height) == (800, 450)
    assert form_of(member, address)["part"] == ["eigener"]
    send(member, address, box="0,0,0.25,0.1875")
    assert shown(offer, cast).original == whole
    assert shown(offer, cast).width == 400
    # The whole picture stays in the library as long as a part of it is shown.
    mark_unused()
    whole.refresh_from_db()
    assert whole.unused_since is None
    assert remove_unused() == 0


@pytest.mark.parametrize("box", ["1,1,1,1", "0,0,2,2", "a,b,c,d", "0,0,0,0", "nan,0,1,1", "1e400,0,1,1", "0,0,1"])
def test_a_box_that_is_none_is_refused(page, member, box):  # noqa: F811
    _offer, address = page
    send(member, address, "hochladen", upload=of(1600, 1200), **TEXTS)
    answer = send(member, address, box=box)
    assert answer.status_code == 200
    assert "liegt außerhalb des Bildes" in answer.content.decode()


def test_description_credit_and_permission_are_asked_for_at_the_end(page, cast, member):  # noqa: F811
    offer, address = page
    send(member, address, upload=of(1600, 900))
    fields = ("alt_text", "copyright", "permission")
    text = member.get(f"/konto/angebote/{offer.pk}/pruefen/").content.decode()
    assert all(f'name="{field}"' in text for field in fields)
    assert send(member, f"/konto/angebote/{offer.pk}/pruefen/", "abschicken").status_code == 200
    send(member, address, **TEXTS)
    text = member.get(f"/konto/angebote/{offer.pk}/pruefen/").content.decode()
    assert not any(f'name="{field}"' in text for field in fields)
