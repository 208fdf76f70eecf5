"""What people really send: drawings with scripts, pictures for print, a hair as a logo, white on white."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.appearance.conftest import FRAME, LOOK, START, picture, send
from theming.models import PartnerLogo, Theme

pytestmark = pytest.mark.django_db
SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(2)</script></svg>"


def wrong(desk, address=LOOK, **values) -> str:
    """It is refused beside the field and in the summary, and what was typed stays."""
    answer = send(desk, address, **values)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Der Entwurf ist noch nicht gespeichert" in page
    assert answer.context["draft"] is None
    return page


@pytest.mark.parametrize("name", ["logo.svg", "logo.png", "logo.jpg"])
def test_a_drawing_with_a_script_is_refused_whatever_it_is_called(desk, name):
    page = wrong(desk, logo=SimpleUploadedFile(name, SCRIPT, "image/png"), logo_alt="Wappen")
    assert "SVG" in page
    assert "als PNG" in page
    assert 'value="Wappen"' in page
    assert "alert(" not in page


def test_a_picture_for_print_becomes_one_for_screens(desk):
    send(desk, tun="online", logo=picture(800, 400, "JPEG", "CMYK"))
    theme = Theme.load()
    with theme.logo.open() as stored:
        found = Image.open(stored)
        assert (found.format, found.mode) == ("WEBP", "RGB")
    assert (theme.logo_width, theme.logo_height) == (384, 192)


def test_a_logo_like_a_hair_is_refused(desk):
    out = BytesIO()
    Image.new("RGB", (20_000, 10), "red").save(out, "PNG")
    page = wrong(desk, logo=SimpleUploadedFile("logo.png", out.getvalue()))
    assert "zu klein oder zu schmal" in page


def test_too_many_pixels_too_few_and_no_picture_at_all(desk):
    out = BytesIO()
    Image.new("1", (12_000, 9_000)).save(out, "PNG")
    assert "60 Millionen" in wrong(desk, logo=SimpleUploadedFile("a.png", out.getvalue()))
    assert "nur 40 × 40 Pixel" in wrong(desk, favicon=picture(40, 40))
    assert "kein Bild" in wrong(desk, logo=SimpleUploadedFile("a.png", b"hallo"))
    assert "leer" in wrong(desk, logo=SimpleUploadedFile("a.png", b""))


def test_a_favicon_is_square_and_a_shared_picture_has_its_shape(desk):
    send(desk, LOOK, favicon=picture(300, 100, mode="RGBA"))
    send(desk, START, tun="online", social_image=picture(2000, 2000))
    theme = Theme.load()
    with theme.favicon.open() as icon, theme.social_image.open() as social:
        assert (Image.open(icon).size, theme.favicon.name[-4:]) == ((96, 96), ".png")
        found = Image.open(social)
        assert (found.size, found.format) == ((1200, 630), "JPEG")
        assert social.size < 300_000


def test_white_on_white_is_taken_made_readable_and_said(desk):
    send(desk, tun="online", brand_color="#ffffff", accent_color="#FFFFFF")
    assert Theme.load().brand_color == "#ffffff"
    page = desk.get(LOOK).content.decode()
    assert page.count("kaum zu sehen") >= 2
    assert "1,0 : 1" in page
    assert "dunkler" in page


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("0B4F8A", "#0b4f8a"), (" #abc ", "#aabbcc"), ("11, 79, 138", "#0b4f8a"), ("rgb(255,0,0)", "#ff0000")],
)
def test_colours_are_understood_as_people_write_them(desk, typed, meant):
    send(desk, tun="online", brand_color=typed)
    assert Theme.load().brand_color == meant


@pytest.mark.parametrize("typed", ["rot", "#12345", "300, 0, 0", "#1234567", "#00519e;}", "١٢٣٤٥٦", ""])
def test_what_is_no_colour_is_refused_with_what_to_do(desk, typed):
    page = wrong(desk, brand_color=typed)
    if typed:
        assert "#00519e" in page


def test_a_picture_without_its_maker_is_refused_and_so_is_a_town_without_a_name(desk):
    assert "wer das Bild gemacht hat" in wrong(desk, START, hero_image=picture(900, 600))
    assert "Dieses Feld ist zwingend" in wrong(desk, FRAME, portal_name=" ")
    assert "fünf Ziffern" in wrong(desk, FRAME, postcode="1067")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "https://", "http://[::1"])
def test_a_logo_that_leads_to_what_runs_or_to_nowhere_is_refused(desk, address):
    logo = {"partner-0-name": "Land", "partner-0-image": picture(90, 90), "partner-0-url": address}
    assert "gültige Adresse" in wrong(desk, FRAME, **logo)


def test_half_a_logo_and_a_second_one_of_the_same_name_are_refused(desk):
    assert "Bitte wählen Sie das Bild dieses Logos." in wrong(desk, FRAME, **{"partner-0-name": "Land"})
    assert "wessen Logo das ist" in wrong(desk, FRAME, **{"partner-0-image": picture(90, 90)})
    send(desk, FRAME, tun="mehr-partner", **{"partner-0-name": "Land", "partner-0-image": picture(90, 90)})
    answer = send(desk, FRAME, **{"partner-1-name": "Land", "partner-1-image": picture(90, 90)})
    assert answer.status_code == 400
    assert "Ein anderes Logo hat schon diesen Namen." in answer.content.decode()


def test_a_thousand_lines_are_no_way_in(desk):
    for number in ("1000", "x", "-1", "٣"):
        assert send(desk, FRAME, **{"partner-zahl": number}).status_code in {302, 400}
    assert not PartnerLogo.objects.exists()


def test_no_picture_weighs_more_than_the_first_view_can_bear(desk):
    send(desk, LOOK, logo=picture(700, 280, noise=True), favicon=picture(200, 200, noise=True))
    send(desk, START, hero_image=picture(700, 470, noise=True), hero_image_copyright="Foto: M")
    send(desk, FRAME, tun="online", **{"partner-0-name": "A", "partner-0-image": picture(400, 150, noise=True)})
    theme, partner = Theme.load(), PartnerLogo.objects.get()
    assert theme.logo.size <= 12_000
    assert theme.hero_image.size <= 40_000
    assert theme.favicon.size <= 12_000
    assert partner.image.size <= 8_000


def test_a_logo_for_dark_grounds_is_said_to_be_hardly_seen(desk):
    out = BytesIO()
    Image.new("RGBA", (200, 100), (250, 250, 250, 255)).save(out, "PNG")
    send(desk, logo=SimpleUploadedFile("weiss.png", out.getvalue()))
    assert "Ihr Logo ist sehr hell" in desk.get(LOOK).content.decode()
    send(desk, logo=picture(200, 100))
    assert "Ihr Logo ist sehr hell" not in desk.get(LOOK).content.decode()
