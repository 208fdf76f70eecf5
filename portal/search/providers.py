"""Finding providers by text: they are few, so their words are kept in memory."""

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from core.html import plain_text
from core.ordering import name_key
from core.text import fold
from portal.offers.documents import lexemes_in
from portal.providers.cards import with_provider_card_data
from portal.providers.models import Provider
from portal.search.columns import current_columns
from portal.search.packed import weight_of
from portal.search.questions import Matcher, understand
from tenants.running.changes import followed
from tenants.running.row_changes import Changed


@dataclass(frozen=True, slots=True)
class Known:
    """A public provider with the lexemes of its name and of all that is said of it, and how many bytes that takes: told
    once, for weighing all anew after each change took longer than the change."""

    id: int
    name: str
    title: frozenset[str]
    text: frozenset[str]
    district: str
    weight: int = field(default=0, compare=False)

    @classmethod
    def of(cls, pk: int, name: str, said: str, district: str) -> "Known":
        """By what is said of it."""
        title = lexemes_in(name)
        text = title | lexemes_in(said)
        return cls(pk, name, title, text, district, weight_of((name, title, text, district)))


@dataclass(frozen=True, slots=True)
class _AllKnown:
    """All public providers by name."""

    providers: tuple[Known, ...]

    @property
    def weight(self) -> int:
        """Bytes in memory."""
        return sum(each.weight for each in self.providers)


def _load() -> _AllKnown:
    return _AllKnown(tuple(_read(Provider.objects.public())))


def _read(providers: QuerySet[Provider]) -> list[Known]:
    fields = ("pk", "name", "district__name", "tagline", "summary", "description", "city")
    found = []
    for pk, name, district, *rest in providers.order_by("name_key", "pk").values_list(*fields):
        said = " · ".join(plain_text(part) for part in (*rest, district) if part)
        found.append(Known.of(pk, name, said, district or ""))
    return found


def _keep_up(old: _AllKnown, changed: Mapping[str, Changed]) -> _AllKnown | None:
    """The changed ones anew, and those whose district is called otherwise now."""
    ids = changed.get("providers", frozenset())
    if ids is None:
        return None
    if "taxonomy" in changed:
        districts = dict(Provider.objects.public().order_by().values_list("pk", "district__name"))
        ids |= {each.id for each in old.providers if (districts.get(each.id) or "") != each.district}
    kept = [each for each in old.providers if each.id not in ids]
    for each in _read(Provider.objects.public().filter(pk__in=ids)) if ids else ():
        insort(kept, each, key=lambda known: (name_key(known.name), known.id))
    return _AllKnown(tuple(kept))


def words_of_all(text: str) -> list[str]:
    """The folded words of a text."""
    return "".join(sign if sign.isalnum() else " " for sign in fold(text)).split()


def known_providers() -> Sequence[Known]:
    """All public providers by name."""
    return followed("search.providers", _load, _keep_up, rooms=("providers", "taxonomy")).providers


def find_providers(text: str) -> list[int]:
    """The ids of public providers that have all a question needs; those with the first of it in their name first,
    then by name."""
    return [each.id for _later, each in ranked_providers(text)]


def place_of(ranked: tuple[bool, Known]) -> tuple[bool, str, int]:
    """What they are ordered by."""
    later, each = ranked
    return later, name_key(each.name), each.id


def ranked_providers(text: str) -> list[tuple[bool, Known]]:
    """The same with whether each is among the later ones."""
    question = understand(text)
    if not question.terms:
        return [(False, each) for each in known_providers()] if not text else []
    matcher, first = Matcher(question.needed), Matcher(question.needed[:1])
    known, least = known_providers(), matcher.least
    possible = known if least is None else [each for each in known if not least.isdisjoint(each.text)]
    found = [(not first.fits(each.title), each) for each in possible if matcher.fits(each.text)]
    found.sort(key=lambda each: each[0])
    return found


def cards_of(ids: Sequence[int]) -> Iterable[Provider]:
    """These providers in this order, ready for cards."""
    found = with_provider_card_data(Provider.objects.public()).in_bulk(list(ids))
    return [found[pk] for pk in ids if pk in found]


def offer_counts(now: datetime) -> Counter[int]:
    """The number of current offers of each provider."""
    columns = current_columns()
    return Counter(columns.providers[columns.ends >= now.timestamp()].tolist())
