"""The nightly look for doubles: offers and providers, with what they share; decided pairs stay decided."""

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from core.text import fold
from portal.authoring.doubles import words_of
from portal.offers.models import Location, Offer
from portal.providers.models import Provider
from portal.quality.doubles.alike import Entry, Twins, twins_among
from portal.quality.models import Pair, Subject

MOST = 500
_PROVIDER, _PLACE = "anbieter", "ort"
# What a name has besides: a club with and without its legal form is the same.
_FORMS = frozenset(
    {"e.v.", "ev", "e.v", "e.", "v.", "gmbh", "ggmbh", "ug", "eg", "kg", "e.k.", "der", "die", "das", "und"}
)


def place_of(street: str, postcode: str, city: str) -> str:
    """A place as it is compared; empty where only the town is known."""
    return "|".join((fold(street), postcode or fold(city))) if street else ""


def _offers() -> list[Entry]:
    places: dict[int, set[str]] = {}
    rows = Offer.objects.current().order_by()
    where = Location.objects.filter(offer__in=rows.values("pk"), hide_exact_address=False).order_by()
    for offer, *address in where.values_list("offer_id", "street", "postcode", "city"):
        places.setdefault(offer, set()).add(place_of(*address))
    return [
        Entry(pk, words_of(title), _groups({_PROVIDER: [str(provider)], _PLACE: places.get(pk, ())}))
        for pk, title, provider in rows.values_list("pk", "title", "provider_id")
    ]


def _providers() -> list[Entry]:
    found = []
    names = ("pk", "name", "email", "website", "phone", "street", "postcode", "city")
    for pk, name, email, website, phone, *address in Provider.objects.public().order_by().values_list(*names):
        words = words_of(name) - _FORMS
        groups = {
            "name": [" ".join(sorted(words))],
            "mail": [email.lower()],
            "web": [_site(website)],
            "telefon": ["".join(filter(str.isdigit, phone))],
            _PLACE: [place_of(*address)],
        }
        found.append(Entry(pk, words, _groups(groups)))
    return found


def _groups(found: Mapping[str, Iterable[str]]) -> frozenset[str]:
    return frozenset(f"{kind}:{value}" for kind, values in found.items() for value in values if value)


def _site(website: str) -> str:
    parts = urlsplit(website)
    return (parts.netloc.lower().removeprefix("www.") + parts.path.rstrip("/")) if parts.netloc else ""


KINDS: dict[Subject, Callable[[], list[Entry]]] = {Subject.OFFER: _offers, Subject.PROVIDER: _providers}


def find_doubles() -> None:
    """Look for doubles in the municipality we are inside."""
    for kind, entries_of in KINDS.items():
        entries = entries_of()
        _keep(kind, twins_among(entries)[:MOST], {each.pk for each in entries})


def likeness_of(twins: Twins) -> float:
    """How alike two are in all: mostly by their names, and by each thing more they share."""
    return min(0.7 * twins.words_alike + 0.15 * len(twins.shared), 1.0)


@transaction.atomic
def _keep(kind: Subject, found: list[Twins], there: set[int]) -> None:
    wanted = {(each.first, each.second): likeness_of(each) for each in found}
    known = {
        (each.first_id, each.second_id): each
        for each in Pair.objects.select_for_update().order_by("pk").filter(kind=kind)
    }
    gone = [
        each.pk
        for key, each in known.items()
        if (each.decided_at is None and key not in wanted) or not there.issuperset(key)
    ]
    Pair.objects.filter(pk__in=gone).delete()
    now = timezone.now()
    for key, each in known.items():
        if each.decided_at is None and key in wanted:
            each.likeness = wanted[key]
    Pair.objects.bulk_update([each for key, each in known.items() if key in wanted], ["likeness"], batch_size=500)
    Pair.objects.bulk_create(
        [
            Pair(kind=kind, first_id=first, second_id=second, likeness=likeness, found_at=now)
            for (first, second), likeness in wanted.items()
            if (first, second) not in known
        ],
        batch_size=500,
    )
