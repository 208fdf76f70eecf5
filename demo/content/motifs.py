"""The drawings offers and providers may show, by motif; patterns without a drawing of their own borrow one."""

from demo.content.types import ImageSpec

DRAWINGS: dict[str, ImageSpec] = {
    key: ImageSpec(f"motifs/{key}.webp", alt)
    for key, alt in {
        "sprache": "Zwei Sprechblasen mit Buchstaben",
        "beratung": "Zwei Menschen im Gespräch an einem Tisch",
        "haus": "Eine Reihe bunter Häuser",
        "familie": "Eltern mit zwei Kindern an der Hand",
        "baby": "Bauklötze und ein Ball auf einer Decke",
        "ferien": "Ein Zelt unter Bäumen bei Sonnenschein",
        "buecher": "Ein Stapel bunter Bücher",
        "computer": "Ein Laptop auf einem Schreibtisch",
        "arbeit": "Eine Mappe mit Unterlagen und ein Stift",
        "sport": "Ein Ball auf einer Wiese mit Tor",
        "schwimmen": "Wellen und ein Schwimmring",
        "musik": "Noten über einer Gitarre",
        "theater": "Ein roter Vorhang vor einer Bühne",
        "kunst": "Eine Palette mit Farben und ein Pinsel",
        "kaffee": "Eine dampfende Tasse und ein Stück Kuchen",
        "werkzeug": "Ein Schraubenschlüssel und ein Zahnrad",
        "garten": "Ein Hochbeet mit Blumen und Gießkanne",
        "wald": "Ein Weg durch einen Wald mit Hügeln",
        "senioren": "Zwei Menschen auf einer Bank im Park",
        "ersthilfe": "Ein Verbandskasten mit Kreuz",
    }.items()
}

BORROWED = {
    "essen": "kaffee",
    "fest": "haus",
    "haende": "beratung",
    "jugend": "musik",
    "kita": "baby",
    "kreis": "beratung",
    "museum": "kunst",
    "rad": "wald",
    "tanz": "theater",
    "turnen": "sport",
    "vortrag": "theater",
    "yoga": "wald",
}


def drawing(motif: str) -> ImageSpec | None:
    """The drawing for a motif, or None where there is none."""
    return DRAWINGS.get(BORROWED.get(motif, motif))
