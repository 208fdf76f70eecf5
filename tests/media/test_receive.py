"""What people upload: made safe and small, or refused with a sentence that says what to do."""

import io
import struct
import zlib
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image, ImageCms

from portal.media.models import MediaFile
from portal.media.orphans import remove_orphans
from portal.media.pictures import Box, prepare
from portal.media.services import complete, cropped, mark_unused, receive, remove_unused
from portal.offers import editing
from portal.offers.models import OfferImage
from tests.factories import a_provider
from tests.revisions.conftest import Cast, change

pytestmark = pytest.mark.both_stores


def a_photo(size=(400, 300), color=(200, 30, 30), fmt="JPEG", **options) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, fmt, **options)
    out.seek(0)
    return out


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "GIF", "HEIF"])
def test_every_kind_of_photo_becomes_a_webp(fmt):
    found = opened(prepare(a_photo(fmt=fmt)).content)
    assert (found.format, found.size) == ("WEBP", (400, 300))
    red, green, blue = found.convert("RGB").getpixel((200, 150))
    assert red > 180
    assert max(green, blue) < 60


def test_position_and_camera_are_gone_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held sideways
    exif[0x010F] = "Kamera"
    exif.get_ifd(0x8825)[2] = (49.0, 14.0, 0.0)
    found = opened(prepare(a_photo(exif=exif)).content)
    assert found.size == (300, 400)
    assert not dict(found.getexif())
    assert "exif" not in found.info


def test_an_animation_becomes_its_first_frame():
    out = io.BytesIO()
    frames = [Image.new("RGB", (60, 60), color) for color in ("red", "blue", "green")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    found = opened(prepare(out).content)
    assert getattr(found, "n_frames", 1) == 1
    assert found.convert("RGB").getpixel((30, 30))[0] > 200


def test_transparency_stays_and_other_modes_are_understood():
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (10, 200, 10, 0)).save(out, "PNG")
    assert opened(prepare(out).content).convert("RGBA").getpixel((25, 25))[3] == 0
    for mode, fmt in (("L", "PNG"), ("1", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("I;16", "PNG"), ("CMYK", "JPEG")):
        out = io.BytesIO()
        Image.new(mode, (50, 50)).save(out, fmt)
        assert opened(prepare(out).content).size == (50, 50), mode


def test_another_colour_profile_is_turned_into_the_webs():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert "icc_profile" not in opened(prepare(a_photo(icc_profile=lab)).content).info
    assert opened(prepare(a_photo(icc_profile=b"nonsense")).content).size == (400, 300)


def test_a_large_picture_is_made_as_large_as_pages_need():
    assert opened(prepare(a_photo(size=(6000, 3000))).content).size == (2560, 1280)
    assert opened(prepare(a_photo(size=(3000, 2600), fmt="PNG")).content).size == (2560, 2219)


def a_bomb(width: int, height: int) -> io.BytesIO:
    """A PNG of a few bytes that says it is large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b""))


def without_its_end(file: io.BytesIO) -> io.BytesIO:
    content = file.getvalue()
    return io.BytesIO(content[: len(content) * 2 // 3])


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "no picture": (io.BytesIO(b"PK\x03\x04 not a picture"), "no_picture"),
    "a text": (io.BytesIO(b"Guten Tag"), "no_picture"),
    "empty": (io.BytesIO(b""), "empty"),
    "svg": (io.BytesIO(SVG), "svg"),
    "svg without a head": (io.BytesIO(b"\n  <svg><script/></svg>"), "svg"),
    "31 MB": (io.BytesIO(b"\xff\xd8" + b"\0" * (30 * 2**20)), "too_large"),
    "100 megapixels": (a_bomb(10_000, 10_000), "too_many_pixels"),
    "10,000 megapixels": (a_bomb(100_000, 100_000), "too_many_pixels"),
    "half a JPEG": (without_its_end(a_photo(size=(900, 900), quality=95)), "damaged"),
    "half a PNG": (without_its_end(a_photo(size=(900, 900), fmt="PNG")), "damaged"),
    "a PNG of zeros": (a_bomb(500, 500), "damaged"),
    "too small": (a_photo(size=(8, 8)), "too_small"),
    "a line": (a_photo(size=(4000, 20)), "too_small"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_usable_picture_is_refused_with_a_sentence(case):
    upload, code = REFUSED[case]
    with pytest.raises(ValidationError) as caught:
        prepare(upload)
    assert caught.value.code == code
    assert caught.value.message.endswith((".", ")."))


def test_half_a_heic_is_refused():
    with pytest.raises(ValidationError):
        prepare(without_its_end(a_photo(fmt="HEIF", size=(600, 600))))


def test_a_part_is_cut_out_on_the_server_in_the_shape_its_use_needs():
    picture = Image.new("RGB", (400, 200), "red")
    picture.paste("blue", (200, 0, 400, 200))
    out = io.BytesIO()
    picture.save(out, "PNG")
    right = opened(prepare(out, crop=Box(0.5, 0, 0.5, 1)).content).convert("RGB")
    assert right.size == (200, 200)
    assert right.getpixel((20, 100))[2] > 200
    assert opened(prepare(out, shape=1.0).content).size == (200, 200)
    assert opened(prepare(out, crop=Box(0, 0, 1, 0.5), shape=2.0).content).size == (200, 100)
    for box in (Box(0.6, 0, 0.5, 1), Box(-0.1, 0, 0.5, 1), Box(0, 0, 0, 1), Box(0, 0, 0.001, 0.001)):
        with pytest.raises(ValidationError):
            prepare(out, crop=box)


@pytest.mark.django_db
def test_an_upload_is_one_row_and_the_same_picture_again_the_same(cast: Cast):
    first = receive(a_photo(), by=cast.member, provider=cast.club, alt_text="Rot")
    again = receive(a_photo(), by=cast.administrator, provider=cast.club, copyright="Foto: M")
    other = receive(a_photo(), by=cast.stranger, provider=cast.other_club)
    own = receive(a_photo(), by=cast.editor)
    assert (again.pk, again.alt_text, again.copyright) == (first.pk, "Rot", "Foto: M")
    assert len({first.pk, other.pk, own.pk}) == 3
    assert (first.width, first.height, first.owner, first.uploaded_by) == (400, 300, cast.club, cast.member)
    assert first.bytes == first.file.size
    assert str(first.file).startswith("mediafile/")
    assert str(first.file).endswith(".webp")
    assert set(MediaFile.objects.usable_by(cast.member)) == {first}
    part = cropped(again, Box(0, 0, 0.5, 0.5), by=cast.member)
    assert (part.width, part.height, part.copyright) == (200, 150, "Foto: M")


@pytest.mark.django_db(transaction=False)
def test_a_picture_in_an_offer_or_its_history_stays_and_any_other_goes_after_thirty_days(
    cast: Cast,
    django_capture_on_commit_callbacks,
):
    shown, formerly, waiting, loose = (
        receive(a_photo(color=(number, 0, 0)), by=cast.member, provider=cast.club) for number in (10, 80, 160, 240)
    )
    offer = cast.public()

    def picture(media):
        return [{"media": media.pk, "kind": "hero", "copyright": "Foto: M"}]

    for media in (formerly, shown):
        change(offer, cast.editor, images=picture(media))
        editing.submit(offer, by=cast.editor)
    change(offer, cast.member, images=picture(waiting))
    assert str(OfferImage.objects.get().image) == str(shown.file)
    start = timezone.now()
    mark_unused(start)
    assert list(MediaFile.objects.filter(unused_since__isnull=False)) == [loose]
    assert remove_unused(start + timedelta(days=29)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_unused(start + timedelta(days=31)) == 1
    assert not default_storage.exists(str(loose.file))
    assert all(default_storage.exists(str(each.file)) for each in (shown, formerly, waiting))


@pytest.mark.django_db
def test_what_is_used_again_is_not_removed(cast: Cast):
    media = receive(a_photo(), by=cast.member, provider=cast.club)
    start = timezone.now()
    mark_unused(start)
    change(cast.public(), cast.member, images=[{"media": media.pk, "kind": "hero", "copyright": "Foto: M"}])
    assert remove_unused(start + timedelta(days=31)) == 0
    mark_unused(start + timedelta(days=31))
    assert MediaFile.objects.get().unused_since is None


@pytest.mark.django_db
def test_files_from_before_the_library_are_read_and_files_without_a_row_removed(ahausen):
    from django.core.files.base import ContentFile

    from tenants.running.context import inside

    with inside(ahausen):
        names = [default_storage.save("offerimage/alt.jpg", ContentFile(a_photo().getvalue())) for _each in range(2)]
        club = a_provider()
        for name in names:
            MediaFile.objects.create(file=name, owner=club)
        assert complete() == 2
        assert sorted(bool(row.sha256) for row in MediaFile.objects.all()) == [False, True]
        assert all(row.bytes > 100 for row in MediaFile.objects.all())
        default_storage.save("mediafile/verwaist.webp", ContentFile(b"x"))
        assert remove_orphans() == 0
        assert remove_orphans(timezone.now() + timedelta(days=2)) == 1
