"""Finding providers by text: they are few, so their words are kept in memory."""

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from core.html import plain_text
from core.ordering import ByName, name_key
from core.text import fold
from portal.providers.cards import with_provider_card_data
from portal.providers.models import Provider
from portal.search.columns import current_columns
from portal.search.packed import weight_of
from portal.search.text import Term, terms_of, words_of
from tenants.running.changes import followed
from tenants.running.row_changes import Changed

# Shorter words count where a word begins only: “rat” is not meant by “Beratung”.
SHORTEST_PART = 4


@dataclass(frozen=True, slots=True)
class Known:
    """A public provider with its folded words, a space before each."""

    id: int
    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class _AllKnown:
    """All public providers by name."""

    providers: tuple[Known, ...]

    @property
    def weight(self) -> int:
        """Bytes in memory."""
        return weight_of(self.providers)


def _load() -> _AllKnown:
    return _AllKnown(tuple(_read(Provider.objects.public())))


def _read(providers: QuerySet[Provider]) -> list[Known]:
    fields = ("pk", "name", "tagline", "summary", "description", "city", "district__name")
    found = []
    for pk, name, *rest in providers.order_by(ByName("name"), "pk").values_list(*fields):
        text = " ".join(plain_text(part) for part in rest if part)
        found.append(Known(pk, name, _spaced(name), _spaced(f"{name} {text}")))
    return found


def _keep_up(old: _AllKnown, changed: Mapping[str, Changed]) -> _AllKnown | None:
    """The changed ones anew; districts, whose names count, are not told one by one."""
    ids = changed.get("providers")
    if "taxonomy" in changed or ids is None:
        return None
    kept = [each for each in old.providers if each.id not in ids]
    fresh = _read(Provider.objects.public().filter(pk__in=ids))
    for each in fresh:
        insort(kept, each, key=lambda known: (name_key(known.name), known.id))
    return _AllKnown(tuple(kept))


def _spaced(text: str) -> str:
    return "".join(f" {word}" for word in words_of_all(text))


def words_of_all(text: str) -> list[str]:
    """The folded words of a text."""
    return "".join(sign if sign.isalnum() else " " for sign in fold(text)).split()


def known_providers() -> Sequence[Known]:
    """All public providers by name."""
    return followed("search.providers", _load, _keep_up, rooms=("providers", "taxonomy")).providers


def find_providers(text: str) -> list[int]:
    """The ids of public providers that contain all words of a text; those with the first of them in their name first,
    then by name."""
    terms = [_parts(term) for term in terms_of(words_of(text))]
    found = [each for each in known_providers() if all(_contains(each.text, parts) for parts in terms)]
    if terms:
        found.sort(key=lambda each: not _contains(each.title, terms[0]))
    return [each.id for each in found]


def _parts(term: Term) -> list[str]:
    """What of a text counts as the term: a short word only where a word begins."""
    spaced = [_spaced(word) for word in (term.text, *term.others)]
    return [words.strip() if len(words) > SHORTEST_PART else words for words in spaced if words]


def _contains(text: str, parts: list[str]) -> bool:
    return any(part in text for part in parts)


def cards_of(ids: Sequence[int]) -> Iterable[Provider]:
    """These providers in this order, ready for cards."""
    found = with_provider_card_data(Provider.objects.public()).in_bulk(list(ids))
    return [found[pk] for pk in ids if pk in found]


def offer_counts(now: datetime) -> Counter[int]:
    """The number of current offers of each provider."""
    columns = current_columns()
    return Counter(columns.providers[columns.ends >= now.timestamp()].tolist())
