"""A few items of news, with days that are never far."""

from datetime import date, timedelta

from portal.news.models import NewsItem

# Title, text, how many days ago (a later one is scheduled), link and its words.
ITEMS = (
    (
        "Das Portal spricht jetzt neun Sprachen",
        "Alle Angebote lassen sich in neun Sprachen lesen, auch auf Arabisch und Ukrainisch.\n\n"
        "Die Sprache wählen Sie oben auf jeder Seite.",
        12,
        "/leichte-sprache/",
        "Auch in Leichter Sprache",
    ),
    (
        "Gesucht: Vorlesepatinnen und Vorlesepaten",
        "Kitas und Büchereien suchen Menschen, die eine Stunde in der Woche vorlesen. Erfahrung ist nicht nötig.",
        30,
        "/angebote/?engagement=1",
        "Alle Angebote zum Mitmachen",
    ),
    (
        "Ferienprogramm: jetzt eintragen",
        "Vereine und Einrichtungen können ihre Angebote für die Osterferien eintragen. Wir helfen gern dabei.",
        75,
        "",
        "",
    ),
    ("Unser Portal ist online", "Seit heute finden Sie hier, was es in der Region für Sie gibt.", 400, "", ""),
    ("Portal ruht am Dreikönigstag", "An diesem Tag beantwortet die Redaktion keine Anfragen.", -30, "", ""),
)


def leave_news(today: date) -> None:
    """Public ones of this year and the last, and one that is scheduled."""
    NewsItem.objects.bulk_create(
        NewsItem(title=title, text=text, day=today - timedelta(days=days), link=link, link_label=label, released=True)
        for title, text, days, link, label in ITEMS
    )
