"""The demo's start pages: the usual composition with tiles and a box of their own."""

from demo.content.types import ImageSpec
from demo.pictures import Gallery
from portal.start.models import Entry, Kind, Section
from portal.start.services import bring_in_news

# Title, text, icon, where it leads, and a motif of demo/media/motifs.
TIPS = (
    (
        "Neu in der Stadt?",
        "Deutsch lernen, Behördengänge, Menschen treffen: ein guter Anfang.",
        "integration",
        "/angebote/?q=deutsch",
        "sprache",
    ),
    (
        "Raus an die frische Luft",
        "Garten, Wald und Bewegung: was draußen Freude macht, auch im Winter.",
        "nature",
        "/angebote/?q=wald",
        "wald",
    ),
    (
        "Zeit schenken: Engagement vor Ort",
        "Vereine und Initiativen suchen Menschen, die ein paar Stunden Zeit haben.",
        "volunteer",
        "/angebote/?engagement=1",
        "",
    ),
)
PARTNER = (
    "Sie bieten selbst etwas an?",
    "Verein, Beratungsstelle oder Kursleitung: Ihr Angebot gehört hierher. Erzählen Sie uns davon.",
    "/kontakt/schreiben/",
    "Schreiben Sie uns",
)


def fill_start_page(gallery: Gallery) -> None:
    """Show the editors' tiles, the emergency numbers and the invitation, which are hidden elsewhere."""
    tiles = Section.objects.get(kind=Kind.TILES)
    tiles.title = "Tipps aus der Redaktion"
    tiles.visible = True
    tiles.save()
    for position, (title, text, icon, link, motif) in enumerate(TIPS):
        entry = Entry(section=tiles, position=position, title=title, text=text, icon=icon, link=link)
        if motif:
            picture = gallery.file(ImageSpec(f"motifs/{motif}.webp", "", "Chancenportal Demo"), Entry)
            entry.image, entry.copyright = picture["image"], "Chancenportal Demo"
        entry.save()
    partner = Section.objects.get(kind=Kind.PARTNER)
    partner.title, partner.text, partner.link, partner.link_label = PARTNER
    partner.visible = True
    partner.save()
    Section.objects.filter(kind=Kind.EMERGENCY).update(visible=True)
    bring_in_news(by="seed_demo")
