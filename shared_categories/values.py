"""The catalogue as values that nobody can change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any

from shared_categories.models import Kind


@dataclass(frozen=True, slots=True)
class Link:
    """Where an entry has its like in a public vocabulary."""

    vocabulary: str
    code: str
    relation: str


@dataclass(frozen=True, slots=True)
class Value:
    """An entry as it was issued. `parent` and `replaced_by` are codes, empty where there is none.

    What was removed or merged stays in all later releases, as it was last, with `removed` and `replaced_by`, so that
    whoever skipped releases still learns of it. `replaced_by` names an entry that is merged into no other; that one
    may have been removed later.
    """

    code: str
    kind: Kind
    name: str
    definition: str = ""
    parent: str = ""
    position: int = 0
    icon: str = ""
    color: str = ""
    min_age: int | None = None
    max_age: int | None = None
    words: tuple[str, ...] = ()
    text: str = ""
    # Language to {"name": …, "definition": …}; German is in the value itself.
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    mappings: tuple[Link, ...] = ()
    replaced_by: str = ""
    removed: bool = False

    def name_in(self, language: str) -> str:
        """The name in a language; the German one where nobody translated it."""
        return self.translations.get(language, {}).get("name", self.name)


@dataclass(frozen=True)
class Snapshot:
    """The whole catalogue as it was issued once; `values` by code, in the order of the catalogue."""

    number: int
    issued_at: datetime
    note: str
    values: Mapping[str, Value]

    @cached_property
    def children(self) -> Mapping[str, tuple[Value, ...]]:
        """What stands below a code, in order; below the empty one what stands at the top. Without what is removed."""
        below: dict[str, list[Value]] = {}
        for value in self.values.values():
            if not value.removed:
                below.setdefault(value.parent, []).append(value)
        return MappingProxyType({parent: tuple(values) for parent, values in below.items()})

    def of_kind(self, kind: Kind) -> tuple[Value, ...]:
        """What there is of a kind without what is removed: those above before those below, each in its order."""
        return tuple(value for top in self.children.get("", ()) if top.kind == kind for value in self._walk(top))

    def _walk(self, value: Value) -> tuple[Value, ...]:
        below = self.children.get(value.code, ())
        return (value, *(each for child in below for each in self._walk(child)))


def parsed(content: list[dict[str, Any]]) -> Mapping[str, Value]:
    """The values of a release's content (`shared_categories.content` writes it)."""
    return MappingProxyType({each["code"]: _value(each) for each in content})


def _value(written: dict[str, Any]) -> Value:
    translations = {language: MappingProxyType(parts) for language, parts in written["translations"].items()}
    return Value(
        **{
            **written,
            "kind": Kind(written["kind"]),
            "words": tuple(written["words"]),
            "translations": MappingProxyType(translations),
            "mappings": tuple(Link(**each) for each in written["mappings"]),
        }
    )
