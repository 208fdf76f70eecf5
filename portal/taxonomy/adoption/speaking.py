"""What topics and target groups are called in the language of the page.

What somebody translated here comes first, a person's words before a machine's; then the catalogue's, as long as the
German name is the one that was taken from it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from core.lazy import lazy
from core.text import Spoken
from portal.taxonomy.adoption.engine.town import NAME, SPOKEN
from portal.taxonomy.adoption.models import Adopted
from portal.translation.languages import SOURCE
from portal.translation.models import Translation
from portal.translation.sources import Text

if TYPE_CHECKING:
    from portal.translation import texts
else:
    texts = lazy("portal.translation.texts")

CATEGORY, TARGET_GROUP = "category", "target_group"
# By number, then by language.
Names = Mapping[int, Mapping[str, str]]


def names_of(kind: str, rows: Mapping[int, str], *, by_people: bool = False) -> dict[int, dict[str, str]]:
    """The names of rows (by number, with their German name) in other languages, or only those that somebody wrote here:
    two statements at most."""
    found = {} if by_people else _taken(kind, rows)
    by_hash: dict[str, list[int]] = {}
    for pk, name in rows.items():
        by_hash.setdefault(texts.hash_of(Text("", name)), []).append(pk)
    given = Translation.objects.filter(source_hash__in=by_hash).order_by("-machine", "pk")
    if by_people:
        given = given.filter(machine=False)
    for source, target, text in given.values_list("source_hash", "target", "text"):
        for pk in by_hash[source]:
            found.setdefault(pk, {})[target] = text
    return found


def _taken(kind: str, rows: Mapping[int, str]) -> dict[int, dict[str, str]]:
    """The catalogue's, where the German name is still the one that was taken with them."""
    found: dict[int, dict[str, str]] = {}
    adopted = Adopted.objects.filter(kind=kind, object_id__isnull=False).values_list("object_id", "base")
    for pk, base in adopted:
        if pk is not None and NAME in base and SPOKEN in base and base[NAME][0] == rows.get(pk):
            found[pk] = dict(base[SPOKEN][0])
    return found


def said(names: Names, pk: int, name: str) -> Spoken:
    """A name in the language of the page, where there is one in it."""
    language = get_language() or SOURCE
    known = names.get(pk, {}).get(language) if language != SOURCE else None
    return Spoken(known, language) if known else Spoken(name)


def is_foreign() -> bool:
    """Whether the page is in another language than the municipality's data."""
    return (get_language() or SOURCE) != SOURCE
