"""The library of pictures: what each lacks, where it is shown, replacing it everywhere, room it takes."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from audit.models import Entry
from core.access import Role
from portal.media.models import MediaFile
from portal.media.pictures import Box
from portal.media.services import DAYS, cropped, mark_unused, receive, remove_unused
from portal.offers.models import OfferImage
from portal.site.library.listing import storage
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

pytestmark = pytest.mark.both_stores

HERE = "/redaktion/medien/"


def picture(colour: str = "red", size: tuple[int, int] = (300, 200), kind: str = "PNG") -> BytesIO:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    out.seek(0)
    return out


def upload(colour: str = "red", **options: object) -> SimpleUploadedFile:
    return SimpleUploadedFile("bild.png", picture(colour, **options).read(), "image/png")


def shown_in_offer(media: MediaFile, **more: object) -> OfferImage:
    offer = an_offer(title="Töpfern für alle")
    return OfferImage.objects.create(
        offer=offer,
        media=media,
        image=str(media.file),
        kind=OfferImage.Kind.CONTENT,
        copyright="Foto: M",
        width=3,
        height=2,
        **more,
    )


WORDS = {"alt_text": "Kinder pflanzen Bohnen", "copyright": "Foto: Maria Muster"}


def test_a_picture_of_the_town_needs_a_description_and_a_credit(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    refused = editor.post(f"{HERE}neu/", {"upload": upload()})
    assert refused.status_code == 200
    for field in ("id_alt_text", "id_copyright"):
        assert f'href="#{field}"' in refused.content.decode()
    with inside(ahausen):
        assert not MediaFile.objects.exists()
    for _press in range(2):
        accepted = editor.post(f"{HERE}neu/", {"upload": upload(), **WORDS})
        assert accepted.status_code == 302
    with inside(ahausen):
        row = MediaFile.objects.get()
        assert (row.kept, row.owner, row.alt_text) == (True, None, "Kinder pflanzen Bohnen")
        assert Entry.objects.filter(action="media.added").count() == 1


@pytest.mark.parametrize(
    "content", [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"]
)
def test_what_is_no_picture_is_told_beside_the_field(ahausen, signed_in, content):
    sent = {"upload": SimpleUploadedFile("a.png", content), **WORDS}
    answer = signed_in(ahausen, Role.EDITOR).post(f"{HERE}neu/", sent)
    assert answer.status_code == 200
    assert 'href="#id_upload"' in answer.content.decode()


def test_what_is_in_the_library_stays_and_what_nobody_uses_goes(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    editor.post(f"{HERE}neu/", {"upload": upload("red"), **WORDS})
    with inside(ahausen):
        receive(picture("blue"), by="test")
        long_ago = MediaFile.objects.get(kept=True).created_at.replace(year=2001)
        mark_unused(long_ago)
        assert remove_unused() == 1
        assert MediaFile.objects.get().kept
        assert DAYS == 30


def test_where_a_picture_is_shown_stands_beside_it_a_part_of_it_too(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        whole = receive(picture(), by="test", alt_text="Ton", copyright="Foto: M")
        part = cropped(whole, Box(0, 0, 0.5, 1), by="test")
        shown = shown_in_offer(part)
    page = editor.get(f"{HERE}{whole.pk}/").content.decode()
    assert "Töpfern für alle" in page
    assert f"/redaktion/angebote/{shown.offer_id}/" in page
    assert "dort ohne Beschreibung" in page
    assert editor.get(f"{HERE}{part.pk}/").status_code == 404
    assert "einmal verwendet" in editor.get(HERE).content.decode()


def test_filters_find_what_lacks_a_description_and_what_nobody_uses(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        provider = a_provider(name="Verein Mitte")
        receive(picture("red"), by="test", alt_text="Rotes Bild")
        receive(picture("blue"), by="test", provider=provider)
        shown_in_offer(receive(picture("green"), by="test", alt_text="Grünes Bild"))

    def number(query: str) -> str:
        page = editor.get(f"{HERE}?{query}").content.decode()
        return page.partition('<h2 id="treffer">')[2].partition("</h2>")[0]

    assert number("") == "3 Bilder"
    assert number("beschreibung=fehlt") == "1 Bild"
    assert number("wessen=eigene") == "2 Bilder"
    assert number("benutzt=ja") == "1 Bild"
    assert number("benutzt=nein&wessen=eigene") == "1 Bild"
    assert number("q=Grünes") == "1 Bild"
    assert number("q=Mitte") == "1 Bild"
    assert number("q=%25") == ""


def test_replacing_shows_the_new_picture_everywhere_and_removes_the_old_file(
    ahausen, signed_in, django_capture_on_commit_callbacks
):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        whole = receive(picture("red", (400, 200)), by="test", alt_text="Rot", copyright="Foto: M")
        part = cropped(whole, Box(0, 0, 0.5, 1), by="test")
        one, two = shown_in_offer(whole), shown_in_offer(part)
        old = [str(whole.file), str(part.file)]
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"upload": upload("blue", size=(800, 600))}
        assert editor.post(f"{HERE}{whole.pk}/ersetzen/", sent).url == f"{HERE}{whole.pk}/"
    with inside(ahausen):
        for media, image in ((whole, one), (part, two)):
            media.refresh_from_db()
            image.refresh_from_db()
            assert str(image.image) == str(media.file)
            assert (image.width, image.height) == (media.width, media.height)
            with default_storage.open(str(media.file)) as file:
                red, _green, blue = Image.open(file).convert("RGB").getpixel((5, 5))
            assert blue > 200 > red
        # The part keeps its shape: it was square.
        assert abs(part.width / part.height - 1) < 0.02
        assert not any(default_storage.exists(name) for name in old)
        assert whole.alt_text == "Rot"
        assert Entry.objects.filter(action="media.replaced").count() == 1


def test_replacing_by_the_same_picture_changes_nothing(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        media = receive(picture("red"), by="test")
    editor.post(f"{HERE}{media.pk}/ersetzen/", {"upload": upload("red")})
    with inside(ahausen):
        assert str(MediaFile.objects.get().file) == str(media.file)
        assert not Entry.objects.filter(action="media.replaced").exists()


def test_replacing_by_no_picture_says_so_and_keeps_the_old_one(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        media = receive(picture("red"), by="test")
    answer = editor.post(f"{HERE}{media.pk}/ersetzen/", {"upload": SimpleUploadedFile("a.png", b"nichts")})
    assert 'role="alert"' in answer.content.decode()
    assert 'role="alert"' in editor.post(f"{HERE}{media.pk}/ersetzen/").content.decode()
    with inside(ahausen):
        assert default_storage.exists(str(MediaFile.objects.get().file))


def test_what_is_shown_cannot_be_deleted_and_the_rest_is_asked_for(
    ahausen, signed_in, django_capture_on_commit_callbacks
):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        used, free = receive(picture("red"), by="test"), receive(picture("blue"), by="test")
        shown_in_offer(used)
    assert editor.post(f"{HERE}{used.pk}/loeschen/").url == f"{HERE}{used.pk}/"
    assert editor.get(f"{HERE}{free.pk}/loeschen/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(f"{HERE}{free.pk}/loeschen/").url == HERE
    with inside(ahausen):
        assert list(MediaFile.objects.all()) == [used]
        assert not default_storage.exists(str(free.file))


def test_the_room_they_take_is_told(ahausen):
    with inside(ahausen):
        own = receive(picture("red"), by="test")
        other = receive(picture("blue"), by="test", provider=a_provider())
        part = cropped(own, Box(0, 0, 0.5, 1), by="test")
        assert storage() == {
            "number": 2,
            "size": own.bytes + other.bytes + part.bytes,
            "own_number": 1,
            "own_size": own.bytes + part.bytes,
        }


def test_the_list_asks_the_same_number_of_statements_for_few_and_many(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        shown_in_offer(receive(picture(), by="test"))
    editor.get(HERE)

    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            assert editor.get(HERE).status_code == 200
        return len(found)

    few = statements()
    with inside(ahausen):
        MediaFile.objects.bulk_create(MediaFile(file=f"mediafile/{n}.webp", width=3, height=2) for n in range(60))
    assert statements() == few
