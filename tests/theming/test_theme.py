"""The row, its services and the sheet as visitors get it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from audit.models import Entry
from tenants.models import Municipality
from tenants.running.context import inside
from theming import css
from theming.models import PartnerLogo, Theme
from theming.services import add_partner_logo, current_theme, save_theme

Visitor = Callable[[str], Client]


def picture(width: int = 3000, height: int = 2000, kind: str = "JPEG") -> SimpleUploadedFile:
    out = BytesIO()
    Image.effect_noise((width, height), 80).convert("RGB").save(out, kind)
    return SimpleUploadedFile(f"bild.{kind.lower()}", out.getvalue())


def test_a_new_municipality_has_its_own_theme(ahausen: Municipality, bedorf: Municipality) -> None:
    with inside(ahausen):
        assert current_theme().portal_name == "Chancenportal Stadt Ahausen"
        theme = current_theme()
        theme.brand_color = "#E2001A"
        save_theme(theme, by="test")
    with inside(bedorf):
        assert current_theme().portal_name == "Chancenportal Gemeinde Bedorf"
    with inside(ahausen):
        assert current_theme().brand_color == "#e2001a"


def test_saving_notes_what_changed(ahausen: Municipality) -> None:
    with inside(ahausen):
        theme = current_theme()
        theme.claim = "Für alle"
        save_theme(theme, by="test")
        entry = Entry.objects.get(action="theming.saved")
        assert entry.changes == {"claim": ["", "Für alle"]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"brand_color": "rot"},
        {"accent_color": "#ff"},
        {"postcode": "123"},
        {"font": "comic"},
        {"corner": "spitz"},
        {"id": 2},
        {"hero_image": "ohne-urheber.webp"},
    ],
)
def test_the_database_itself_refuses_what_is_wrong(ahausen: Municipality, wrong: dict[str, Any]) -> None:
    with inside(ahausen), pytest.raises(IntegrityError), transaction.atomic():
        Theme.objects.update(**wrong)


def test_wrong_values_are_refused_with_a_sentence_and_nothing_is_saved(ahausen: Municipality) -> None:
    with inside(ahausen):
        with pytest.raises(ValidationError) as refused:
            save_theme(Theme(brand_color="rot", postcode="1067"), by="test")
        assert "brand_color" in refused.value.message_dict
        assert current_theme().brand_color == css.Look().brand


def test_pictures_are_made_small_and_lose_their_names(ahausen: Municipality) -> None:
    with inside(ahausen):
        theme = current_theme()
        theme.hero_image = picture()
        theme.hero_image_copyright = "Foto: Maria Muster"
        theme.logo = picture(900, 300, "PNG")
        save_theme(theme, by="test")
        assert theme.hero_image.name.endswith(".webp")
        assert "bild" not in theme.hero_image.name
        assert (theme.hero_image_width or 0) <= 1040
        assert (theme.logo_width, theme.logo_height) == (480, 160)
        with theme.hero_image.open() as stored:
            assert Image.open(stored).format == "WEBP"


def test_what_is_no_picture_is_refused(ahausen: Municipality) -> None:
    with inside(ahausen):
        theme = current_theme()
        theme.logo = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>")
        with pytest.raises(ValidationError) as refused:
            save_theme(theme, by="test")
        assert list(refused.value.message_dict) == ["logo"]


def test_partner_logos_stay_few(ahausen: Municipality) -> None:
    with inside(ahausen):
        add_partner_logo("Land", image=picture(400, 200, "PNG"), by="test")
        PartnerLogo.objects.bulk_create(
            PartnerLogo(name=f"Partner {n}", image="x.webp", width=1, height=1) for n in range(PartnerLogo.MOST - 1)
        )
        with pytest.raises(ValidationError, match="12"):
            add_partner_logo("Noch einer", image=ContentFile(b""), by="test")


def sheet_url(client: Client) -> str:
    answer = client.get("/theme/alt.css")
    assert answer.status_code == 302
    return str(answer["Location"])


def test_the_sheet_is_public_cacheable_for_ever_and_sets_no_cookie(ahausen: Municipality, visitor: Visitor) -> None:
    client = visitor("ahausen")
    answer = client.get(sheet_url(client))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert b"--t-brand:#1d5a8f" in answer.content


def test_a_change_gives_a_new_address_and_the_old_one_leads_there(ahausen: Municipality, visitor: Visitor) -> None:
    client = visitor("ahausen")
    before = sheet_url(client)
    with inside(ahausen):
        theme = current_theme()
        theme.brand_color = "#7a1fa2"
        save_theme(theme, by="test")
    answer = client.get(before)
    assert answer.status_code == 302
    assert answer["Cache-Control"] == "no-cache"
    assert b"--t-brand:#7a1fa2" in client.get(answer["Location"]).content


def test_the_colours_of_other_rooms_are_in_the_sheet(
    ahausen: Municipality, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(css, "_providers", {})
    css.register(lambda: [css.color_class("kategorie-1", "#c6d200")])
    client = visitor("ahausen")
    assert b".kategorie-1{--c-tint:" in client.get(sheet_url(client)).content


def test_the_sheet_costs_one_query_beside_those_of_the_other_rooms(
    ahausen: Municipality, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(css, "_providers", {})
    client = visitor("ahausen")
    address = sheet_url(client)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    assert len([query for query in seen.captured_queries if "theming_" in query["sql"]]) == 1
