"""A page of the demo made of every kind of block, online, with a draft that goes on from it."""

from django.core.files.base import ContentFile

from accounts.models import User
from demo.content.types import ImageSpec
from demo.pictures import Gallery
from portal.blocks import drafts
from portal.blocks.models import Document
from portal.media.models import MediaFile
from portal.pages.models import PROFESSIONALS, Menu, Page
from portal.pages.shapes import Block
from portal.providers.models import Provider
from portal.taxonomy.models import Category

SLUG = "gut-ankommen"
_WELCOME = (
    "<p>Sie sind neu in der Stadt? Herzlich willkommen!</p><p>Hier finden Sie Deutschkurse, Beratung in Ihrer Sprache "
    "und Menschen, die Ihnen den Weg zeigen. Alle Beratungen sind kostenfrei. Sie müssen keinen Ausweis mitbringen.</p>"
)
_INTRODUCED = (
    "<p>Sie beraten, betreuen oder unterrichten in der Stadt? Hier finden Sie Netzwerke zum Mitmachen und was Sie für "
    "Ihre Arbeit leihen können.</p>"
)
_LENT = (
    "<p>Gruppenräume, Beamer, Spielekisten und Dolmetschgeräte leiht die Stadt Einrichtungen kostenfrei.</p>"
    "<h2>So geht es</h2><ul><li>Schreiben Sie uns zwei Wochen vorher.</li><li>Holen Sie das Material selbst ab.</li>"
    "</ul>"
)
_SAID = "Im Sprachcafé habe ich meine erste Freundin gefunden."
_PICTURES = (
    ("sprache", "Zwei Sprechblasen mit verschiedenen Schriften"),
    ("beratung", "Zwei Menschen an einem Tisch im Gespräch"),
    ("kaffee", "Eine Tasse Kaffee auf einem Tisch"),
    ("familie", "Eine Familie mit zwei Kindern"),
)
_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n"
)


def a_page_in_blocks(gallery: Gallery, editor: User) -> Page:
    """“Gut ankommen”, as an editor would put it together."""
    blocks = _blocks([_media(gallery, *each).pk for each in _PICTURES], _document(editor).pk)
    page = Page(slug=SLUG, title="Gut ankommen", menu=Menu.HEADER, position=20)
    page.write(blocks)
    page.save()
    said = {**page.blocks[0]["data"], "title": "Ihre ersten Schritte in Saarbrücken"}
    drafts.write(page, "schritt", said, seen=drafts.digest(page.blocks[0]["data"]), by=editor)
    drafts.hide(page, "zitat1", hidden=True, by=editor)
    _for_professionals()
    return page


def _for_professionals() -> None:
    """What introduces their area, and a page that stands there."""
    menu = {"menu": Menu.NONE, "position": 21}
    Page.objects.create(slug=PROFESSIONALS, title="Für Fachkräfte", body=_INTRODUCED, **menu)
    Page.objects.create(
        slug="raeume-und-material", title="Räume und Material leihen", body=_LENT, for_professionals=True, **menu
    )


def _media(gallery: Gallery, motif: str, alt: str) -> MediaFile:
    stored = gallery.file(ImageSpec(f"motifs/{motif}.webp", alt), MediaFile)
    size = {"width": stored["width"], "height": stored["height"]}
    made, _new = MediaFile.objects.get_or_create(
        file=stored["image"], defaults={"alt_text": alt, "copyright": "Chancenportal Demo", **size}
    )
    return made


def _document(editor: User) -> Document:
    made = Document(name="Merkblatt Anmeldung.pdf", bytes=len(_PDF), sha256="demo", uploaded_by=editor)
    made.file.save("datei.pdf", ContentFile(_PDF), save=False)
    made.save()
    return made


def _block(kind: str, pk: str, **data: object) -> Block:
    return {"id": pk, "kind": kind, "hidden": False, "data": data}


def _blocks(pictures: list[int], document: int) -> list[Block]:
    shown = [
        {"picture": pk, "alt": alt, "credit": "Chancenportal Demo"}
        for pk, (_motif, alt) in zip(pictures, _PICTURES, strict=True)
    ]
    providers = list(Provider.objects.public().order_by("pk").values_list("pk", flat=True)[:5])
    topic = Category.objects.filter(parent=None).order_by("position", "pk").values_list("pk", flat=True)[0]
    return [
        _block("text", "schritt", title="Ihre ersten Schritte", html=_WELCOME),
        _block("image", "bild01", **shown[0], caption="Deutsch lernen, jeden Tag ein bisschen."),
        _block("tiles", "kacheln", title="Womit möchten Sie anfangen?", items=_tiles()),
        _block("offers", "angebot", title="Das können Sie bald besuchen", search=f"kategorie={topic}", number="3"),
        _block("quote", "zitat1", text=_SAID, name="Amira", role="seit zwei Jahren hier"),
        _block("gallery", "galerie", title="Eindrücke", items=shown[1:]),
        _block("questions", "fragen", title="Was viele fragen", items=_questions()),
        _block("video", "film01", title="So finden Sie ein Angebot", link="https://video.example.org/suche"),
        _block("download", "dateien", title="Zum Mitnehmen", items=[{"document": document, "label": "Merkblatt"}]),
        _block("providers", "anbiet", title="Hier hilft man Ihnen", items=[{"provider": pk} for pk in providers[:2]]),
        _network(providers),
        _block("map", "karte1", title="Anlaufstellen", items=_places()),
        _block("contact", "kontakt", provider=providers[0]),
    ]


def _tiles() -> list[dict[str, str]]:
    said = (
        ("Deutsch lernen", "Kurse und Treffen für jede Stufe.", "deutsch"),
        ("Beratung", "Wohnung, Arbeit, Schule, Papiere.", "beratung"),
        ("Menschen treffen", "Cafés, Vereine, Feste.", "treff"),
    )
    return [{"title": title, "text": text, "link": f"/angebote/?q={word}"} for title, text, word in said]


def _questions() -> list[dict[str, str]]:
    said = (
        ("Was kostet ein Kurs?", "Viele Kurse sind kostenfrei. Sonst steht der Preis beim Angebot."),
        ("Muss ich mich anmelden?", "Das steht bei jedem Angebot. Zu offenen Treffen kommen Sie einfach."),
    )
    return [{"question": question, "answer": f"<p>{text}</p>"} for question, text in said]


def _places() -> list[dict[str, str]]:
    return [
        {"name": "Rathaus, Bürgerbüro", "address": "Rathausplatz 1", "place": "49.2354, 6.9969"},
        {"name": "Haus der Familie", "address": "Am Markt 4", "place": "49.2420, 7.0060"},
    ]


def _network(providers: list[int]) -> Block:
    return _block(
        "network",
        "netzwerk",
        title="Netzwerk Willkommen",
        html="<p>Einrichtungen, die Menschen beim Ankommen begleiten, stimmen sich hier ab.</p>",
        name="Miriam Weber",
        role="Fachstelle Integration im Rathaus",
        phone="0681 5550100",
        email="netzwerk@rathaus.example",
        join="anfrage",
        items=[{"provider": pk} for pk in providers],
    )
