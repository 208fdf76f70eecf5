"""Files as people and attackers send them: what can be read is read, everything else ends in a sentence, in time."""

import io
import struct
import time
import zlib
from datetime import date

import pytest
from PIL import Image

from portal.drafting.flyer import running
from portal.drafting.flyer.running import read_flyer
from portal.drafting.reading.everything import read
from portal.drafting.working import _is_something
from tests.drafting.conftest import ENCRYPTED, ROWS, SCRIPT, a_cat, a_pdf
from tests.drafting.drawing import Flyer, as_pdf, picture_of

TODAY = date(2026, 11, 28)
FLYER = Flyer("Nachbarschaftsfest", ("Samstag, 12. Juni 2027", "14 bis 18 Uhr", "Bürgerhaus, Schulstraße 5"), ())


def test_the_text_of_a_pdf_is_read_without_any_recognition():
    told: list[int] = []
    seen = read_flyer(a_pdf(ROWS), tell=told.append)
    found = read(seen.sheet, today=TODAY)
    assert (seen.trouble, seen.pages, seen.sheet.seen, len(seen.shown)) == ("", 1, False, 1)
    assert (found.title, found.title_sure) == ("Sommerfest am Teich", True)
    assert (found.when.rules[0]["first_date"], found.when.rules[0]["end_time"], found.when.doubts) == (
        "2027-06-12", "18:00", set())  # fmt: skip
    assert (found.place.name, found.place.street, found.place.postcode, found.place.city) == (
        "Bürgerhaus", "Schulstraße 5", "66111", "Saarbrücken")  # fmt: skip
    assert (found.cost.kind, str(found.cost.amount), found.cost.sure) == ("amount", "5.00", True)
    assert (found.contact.name, found.contact.phone, found.contact.mail) == (
        "Maria Schmidt", "0681 9876543", "fest@verein.example")  # fmt: skip
    assert told
    assert told == sorted(told)


def test_of_two_hundred_pages_the_first_are_read():
    began = time.monotonic()
    seen = read_flyer(a_pdf(ROWS, pages=200))
    assert (seen.pages, seen.read, len(seen.shown), seen.trouble) == (200, 3, 3, "")
    assert time.monotonic() - began < 30


def test_a_pdf_of_pictures_is_recognised():
    seen = read_flyer(as_pdf(FLYER))
    assert (seen.sheet.seen, read(seen.sheet, today=TODAY).title) == (True, "Nachbarschaftsfest")


def test_a_cat_is_no_offer():
    seen = read_flyer(a_cat())
    assert seen.trouble == ""
    assert not _is_something(read(seen.sheet, today=TODAY))


def test_heic_and_a_picture_on_its_side_are_read():
    out = io.BytesIO()
    picture_of(FLYER).resize((800, 1131)).save(out, "HEIF", quality=80)
    assert read(read_flyer(out.getvalue()).sheet, today=TODAY).title == "Nachbarschaftsfest"
    out = io.BytesIO()
    picture_of(FLYER).rotate(90, expand=True).save(out, "JPEG")
    assert read(read_flyer(out.getvalue()).sheet, today=TODAY).title == "Nachbarschaftsfest"


def a_bomb() -> bytes:
    """A PNG of a few kilobytes that says it has 3,600 million pixels."""
    head = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    body = zlib.compress(b"\0" * 10_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def cut_off() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((1200, 900), 40).save(out, "JPEG")
    return out.getvalue()[:20_000]


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (a_pdf(ROWS, trailer=ENCRYPTED), "password"),
        (b"%PDF-1.7\nand then nothing", "damaged"),
        (a_pdf(ROWS)[:300], "damaged"),
        (b"", "no_file"),
        (b"MZ\x90" + b"x" * 1000, "no_file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no_file"),
        (a_bomb(), "too_large"),
        (cut_off(), "no_file"),
    ],
    ids=["password", "no pdf", "half a pdf", "empty", "program", "svg", "bomb", "half a photo"],
)
def test_what_cannot_be_read_says_why(content, trouble):
    assert read_flyer(content).trouble == trouble


def test_scripts_of_a_pdf_do_not_run():
    began = time.monotonic()
    seen = read_flyer(a_pdf(ROWS, more=SCRIPT))
    assert (seen.trouble, read(seen.sheet, today=TODAY).title) == ("", "Sommerfest am Teich")
    assert time.monotonic() - began < 20


def test_nobody_waits_longer_than_allowed_and_nothing_goes_on_afterwards():
    import psutil

    began = time.monotonic()
    assert read_flyer(as_pdf(FLYER, FLYER, FLYER), seconds=0.6).trouble == "too_long"
    assert time.monotonic() - began < 10
    assert [child for child in psutil.Process().children(recursive=True) if "tesseract" in child.name()] == []


def test_without_recognition_a_photo_is_refused_and_a_pdf_with_text_is_read(monkeypatch):
    monkeypatch.setattr(running, "can_recognise", lambda: False)
    assert read_flyer(a_cat()).trouble == "no_recognition"
    assert read_flyer(as_pdf(FLYER)).trouble == "no_text_layer"
    assert read(read_flyer(a_pdf(ROWS)).sheet, today=TODAY).title == "Sommerfest am Teich"


def test_the_process_that_opens_files_is_bounded():
    """A file that takes all memory ends that process, not the worker."""
    import subprocess
    import sys

    code = (
        "from portal.drafting.flyer.child import _bounded\n_bounded()\n"
        "try:\n    x = bytearray(3 * 2**30)\nexcept MemoryError:\n    print('bounded')"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert said.stdout == "bounded\n"
