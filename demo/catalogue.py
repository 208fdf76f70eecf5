"""The demo's shared catalogue: its first release is what the product brings, the second has something of everything."""

from collections.abc import Sequence

from django.db import transaction

from demo.fill import BY
from portal.taxonomy.adoption import services as adoption
from portal.taxonomy.adoption.linking import propose
from portal.vocabulary.catalogue.counting import note_uses
from shared_categories import services, start
from shared_categories.models import Entry, Kind, Release
from tenants.models import Municipality
from tenants.running.context import inside, inside_public

FIRST = "Die erste Ausgabe: die Listen des Chancenportals, neu geordnet, mit Beschreibungen und Namen in acht Sprachen."
SECOND = (
    "Auf Wunsch mehrerer Kommunen: ein Thema für Kinderrechte, Demenz steht bei der Beratung zu Pflege, „Hochaltrige“ "
    "geht in „Seniorinnen und Senioren“ auf. „Schulklassen und Kita-Gruppen“ entfällt: Gruppen fragen die Anbieter."
)
# Age and care with what the second release moves, counselling with what it renames, a group that it removes.
ADOPTED = ("K-065", "K-067", "K-073", "K-018", "K-025", "Z-027")


def fill_catalogue() -> None:
    """Make it once; what is there is left alone. Municipalities that adopt the first release find differences."""
    with inside_public(), transaction.atomic():
        if Entry.objects.exists() or Release.objects.exists():
            return
        start.begin(by=BY)
        services.issue_release(FIRST, by=BY)
        _work_on_it()
        services.issue_release(SECOND, by=BY)


def adopt_some(slugs: Sequence[str]) -> None:
    """The last of the towns has taken a part of the first release, so that the second brings it differences: a name, a
    place, something that was removed, and own topics that may be the same. Once; what somebody did since stays."""
    with inside_public():
        town = Municipality.objects.filter(slug=slugs[-1]).first()
    if town is None:
        return
    with inside(town), transaction.atomic():
        if adoption.current().taken == 0:
            adoption.adopt(ADOPTED, by=BY, release=1)
            propose()
            # What the operator's statistics would know after the first night.
            note_uses()


def _work_on_it() -> None:
    entries = {entry.code: entry for entry in Entry.objects.all()}
    services.create(
        Kind.CATEGORY,
        by=BY,
        parent=entries["K-074"],
        name="Kinderrechte",
        icon="child",
        definition="Wo Kinder und Jugendliche ihre Rechte kennenlernen und vertreten: Räte, Paten, Aktionstage.",
        translations={
            "en": {"name": "Children’s rights"},
            "fr": {"name": "Droits de l’enfant"},
            "tr": {"name": "Çocuk hakları"},
            "ar": {"name": "حقوق الطفل"},
            "uk": {"name": "Права дитини"},
            "ru": {"name": "Права ребёнка"},
            "fa": {"name": "حقوق کودک"},
        },
    )
    services.change(entries["K-025"], by=BY, name="Sucht und Abhängigkeit")
    services.move(entries["K-073"], parent=entries["K-067"], behind=None, by=BY)
    services.merge(entries["A-008"], into=entries["A-007"], by=BY)
    services.remove(entries["Z-027"], by=BY)
