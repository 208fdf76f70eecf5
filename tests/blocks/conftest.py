"""Two editors of Ahausen, a page made of every kind of block, and what they press."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from accounts.models import User
from core.access import Role
from portal.blocks.models import Document, Draft
from portal.media.models import MediaFile
from portal.pages.models import Page
from portal.preferences.models import Preferences
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from tests.surveys.town import a_survey

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def a_picture(width: int = 800, height: int = 600, colour: str = "teal") -> bytes:
    """A picture as somebody sends it."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


def a_media_file(colour: str = "teal") -> MediaFile:
    row = MediaFile(alt_text="Alte Brücke", copyright="Foto: Rathaus", width=800, height=600, bytes=1)
    row.file.save("bild.jpg", ContentFile(a_picture(colour=colour)))
    return row


def a_document() -> Document:
    row = Document(name="Antrag.pdf", bytes=9, sha256="d" * 64)
    row.file.save("datei.pdf", ContentFile(b"%PDF-1.7\n"))
    return row


def block(kind: str, pk: str, *, hidden: bool = False, **data: Any) -> dict[str, Any]:
    return {"id": pk, "kind": kind, "hidden": hidden, "data": data}


def every_kind(picture: int, document: int, provider: int, category: int) -> list[dict[str, Any]]:
    """One block of each kind."""
    shown = {"picture": picture, "alt": "Die Alte Brücke im Morgenlicht", "credit": "Foto: Rathaus"}
    return [
        block("text", "text1", title="Ihre ersten Schritte", html="<p>Herzlich <strong>willkommen</strong>!</p>"),
        block("image", "image1", **shown, caption="Von hier geht es los."),
        block("gallery", "galle1", title="Bilder", items=[shown, {**shown, "alt": "", "plain": True}]),
        block("tiles", "tiles1", title="Weiter", items=[{"title": "Beratung", "text": "Rat", "link": "/kontakt/"}]),
        block("offers", "offer1", title="Angebote jetzt", search=f"kategorie={category}", number="3"),
        block("providers", "provi1", title="Wer hier hilft", items=[{"provider": provider}]),
        block("contact", "conta1", provider=provider, name="Mia Weber", phone="0681 123456"),
        block("download", "downl1", title="Formulare", items=[{"document": document, "label": "Antrag auf Freikarte"}]),
        block("video", "video1", title="Der Film", link="https://video.example.org/1"),
        block("quote", "quote1", text="Hier habe ich eine Freundin gefunden.", name="Amira", role="28 Jahre"),
        block("questions", "quest1", items=[{"question": "Was kostet es?", "answer": "<p>Nichts.</p>"}]),
        block("map", "mapab1", items=[{"name": "Rathaus", "address": "Markt 1", "place": "49.2354, 6.9969"}]),
        block("network", "netwo1", title="Netzwerk Frühe Hilfen", html="<p>Wir arbeiten zusammen.</p>", name="Jo Klein",
              role="Jugendamt", email="jo@amt.example", join="anfrage", mailing="https://liste.example/",
              items=[{"provider": provider}]),
        block("survey", "surve1", link="/umfrage/stadtteil/"),
    ]  # fmt: skip


@dataclass
class Desk:
    """Who works here, and on what."""

    mia: User
    tarek: User
    page: Page
    browsers: dict[str, Client]

    def press(self, who: str, button: dict[str, Any], *, open: str = "", **typed: Any) -> Any:  # noqa: A002
        """Press a button of the editor, with what its page says at the moment."""
        seen = self.seen(who, open)
        return self.browsers[who].post(self.url, {**seen, **typed, **button})

    def seen(self, who: str, open: str = "") -> dict[str, str]:  # noqa: A002 - as the page calls it
        """The hidden fields of the editor's page."""
        text = self.browsers[who].get(f"{self.url}?baustein={open}").content.decode()
        names = ("stand", "online", "offen", "gesehen", "art", "zeilen", "nach", "schluessel")
        found = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', text) for name in names}
        return {name: match[1] for name, match in found.items() if match}

    @property
    def url(self) -> str:
        return f"/redaktion/seiten/{self.page.pk}/"

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(page=self.page)

    def ids(self) -> list[str]:
        return [each["id"] for each in self.draft.blocks]


@pytest.fixture
def desk(ahausen: Any, person: Callable[..., User], visitor: Callable[[str], Client]) -> Any:
    mia = person(ahausen, Role.EDITOR, email="mia@ahausen.example")
    tarek = person(ahausen, Role.EDITOR, email="tarek@ahausen.example")
    with inside(ahausen):
        Preferences.load()
        Preferences.objects.update(second_factor="nobody")
        browsers = {}
        for name, who in (("mia", mia), ("tarek", tarek)):
            browsers[name] = visitor("ahausen")
            browsers[name].force_login(who, backend=BACKEND)
        page = Page.objects.create(slug="neu-hier", title="Neu hier?", body="<p>Guten Tag</p>")
        yield Desk(mia, tarek, page, browsers)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """The page has every kind of block, online."""
    category = Category.objects.create(name="Sprache")
    provider = a_provider(
        name="Bündnis Willkommen", phone="0681 4711", street="Markt 2", postcode="66111", city="Ahausen"
    )
    an_offer(provider=provider, title="Deutsch für Anfänger", categories=[category])
    a_survey("Was fehlt im Stadtteil?", slug="stadtteil")
    desk.page.write(every_kind(a_media_file().pk, a_document().pk, provider.pk, category.pk))
    desk.page.save()
    return desk
