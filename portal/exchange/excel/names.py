"""Finding a municipality's categories, target groups and districts by what somebody wrote."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from core.text import clean_text, fold
from portal.exchange.excel.cells import CellError
from portal.taxonomy.models import Alias, District, TargetGroup
from portal.taxonomy.tree import load_tree

PATH = " > "
MOST_LISTED = 12
MOST_NEAR = 3
LIKE_ENOUGH = 60
"""Of 100: below this likeness nobody meant that word."""
_SEPARATORS = re.compile(r"[,;\n]")
_SPACES = re.compile(r"[\s,;]+")
_PATH_SIGN = re.compile(r" ?(?:>|›|→|») ?")


def _key(name: str) -> str:
    return _SPACES.sub(" ", fold(_PATH_SIGN.sub(PATH, " ".join(clean_text(name).split())))).strip()


@dataclass(frozen=True, slots=True)
class Entry:
    """`unique` is the name, or where several have it the path from the root: “Sport > Kurse”."""

    id: int
    unique: str


class Names:
    """A list one may choose from. Case, double spaces, umlauts written as ae do not matter."""

    def __init__(self, entries: Iterable[Entry], aliases: Mapping[str, list[Entry]] | None = None) -> None:
        self.entries = list(entries)
        self.by_id = {entry.id: entry for entry in self.entries}
        self._known: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self._known.setdefault(_key(entry.unique), []).append(entry)
        self._refused: dict[str, tuple[str, str]] = {}
        for name, meant in (aliases or {}).items():
            known = self._known.setdefault(_key(name), [])
            known += [entry for entry in meant if entry not in known]

    def __contains__(self, written: str) -> bool:
        return _key(written) in self._known

    def one(self, written: str) -> int:
        """The id of the one meant. Raises CellError with the nearest names."""
        found = self._known.get(_key(written), [])
        # Names that differ in a dash only: whoever writes one of them to the letter means it.
        found = [entry for entry in found if entry.unique == written.strip()] or found
        if len(found) == 1:
            return found[0].id
        if found:
            raise CellError(
                _("There are several of this name. Please write which is meant: %(names)s.")
                % {"names": _quoted(entry.unique for entry in found)}
            )
        if written not in self._refused:
            self._refused[written] = self._unknown(written)
        message, suggestion = self._refused[written]
        raise CellError(message, suggestion)

    def several(self, written: str) -> list[int]:
        """Ids of names separated by commas, semicolons or lines; names may hold commas themselves."""
        parts = [part.strip() for part in _SEPARATORS.split(written)]
        parts = [part for part in parts if part]
        ids: list[int] = []
        while parts:
            length = next((n for n in range(len(parts), 1, -1) if ", ".join(parts[:n]) in self), 1)
            try:
                found = self.one(", ".join(parts[:length]))
            except CellError as error:
                # The whole cell as it would be right.
                named = [self.by_id[each].unique for each in ids] + [error.suggestion, *parts[length:]]
                raise CellError(str(error), ", ".join(named) if error.suggestion else "") from None
            if found not in ids:
                ids.append(found)
            parts = parts[length:]
        return ids

    def _unknown(self, written: str) -> tuple[str, str]:
        """The sentence on a name that is not known, and the name that is meant, if there is a likely one."""
        if not self.entries:
            sentence = _("“%(name)s” is not known: the municipality has no entries of this kind yet.")
            return sentence % {"name": written}, ""
        near = nearest_of(_key(written), self._known)
        near += [key for key in self._known if key not in near and _is_part(_key(written), key)][
            : MOST_NEAR - len(near)
        ]
        if near:
            names = dict.fromkeys(self._known[key][0].unique for key in near)
            sentence = _("“%(name)s” is not known. Is it %(names)s?")
            return sentence % {"name": written, "names": _quoted(names, _("or"))}, next(iter(names))
        listed = [entry.unique for entry in self.entries[:MOST_LISTED]]
        more = " …" if len(self.entries) > MOST_LISTED else ""
        sentence = _("“%(name)s” is not known. Known are: %(names)s.")
        return sentence % {"name": written, "names": _quoted(listed) + more}, ""

    def text(self, ids: Iterable[int]) -> str:
        """The names for a cell, such that `several` finds the same."""
        return ", ".join(self.by_id[each].unique for each in ids)


def nearest_of(written: str, known: Iterable[str]) -> list[str]:
    """The most similar of some keys, the best first; none where nothing is similar."""
    found = process.extract(written, list(known), scorer=fuzz.ratio, limit=MOST_NEAR, score_cutoff=LIKE_ENOUGH)
    return [key for key, _score, _at in found]


def nearest(written: str, known: Iterable[str]) -> str:
    """The one that is most likely meant, or nothing."""
    return next(iter(nearest_of(written, known)), "")


def _is_part(written: str, key: str) -> bool:
    return len(written) >= 4 and (written in key or key in written)


def _quoted(names: Iterable[str], last: str = "") -> str:
    quoted = [f"„{name}“" for name in names]
    if last and len(quoted) > 1:
        return f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"
    return ", ".join(quoted)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The three lists of a municipality, loaded once."""

    categories: Names
    target_groups: Names
    districts: Names


def load() -> Vocabulary:
    """Four queries."""
    former = list(Alias.objects.order_by("pk").values_list("kind", "name", "new"))
    return Vocabulary(
        categories=_categories({name: new for kind, name, new in former if kind == "category"}),
        target_groups=_plain(TargetGroup, former),
        districts=_plain(District, former),
    )


def _plain(model: type[TargetGroup | District], former: Iterable[tuple[str, str, int]]) -> Names:
    """By their names, and by those of what was merged into them, unless somebody has that name today."""
    entries = {pk: Entry(pk, name) for pk, name in model.objects.values_list("pk", "name")}
    today = {_key(entry.unique) for entry in entries.values()}
    merged = {
        name: [entries[new]]
        for kind, name, new in former
        if kind == model._meta.model_name and new in entries and _key(name) not in today
    }
    return Names(entries.values(), merged)


def _categories(former: Mapping[str, int]) -> Names:
    nodes = list(load_tree())
    bearers: dict[str, int] = {}
    for node in nodes:
        bearers[_key(node.name)] = bearers.get(_key(node.name), 0) + 1
    entries, aliases = [], dict[str, list[Entry]]()
    for node in nodes:
        path = PATH.join(above.name for above in node.trail())
        # A root among namesakes below has no longer path: its name stays ambiguous, unless it is the only root.
        entry = Entry(node.id, node.name if bearers[_key(node.name)] == 1 else path)
        entries.append(entry)
        aliases.setdefault(path, []).append(entry)
        if node.depth == 0 or bearers[_key(node.name)] > 1:
            aliases.setdefault(node.name, []).append(entry)
    by_id = {entry.id: entry for entry in entries}
    for name, new in former.items():
        if new in by_id and _key(name) not in bearers:
            aliases.setdefault(name, []).append(by_id[new])
    return Names(entries, aliases)
