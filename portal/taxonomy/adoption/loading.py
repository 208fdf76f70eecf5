"""The municipality's lists and what it took of the catalogue, read as the engine wants them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from portal.taxonomy.adoption.engine.town import PARENT, Base, Link, Row, Town
from portal.taxonomy.adoption.kinds import Adoptable, kinds
from portal.taxonomy.adoption.models import Adopted, Proposal
from shared_categories.reading import Snapshot


@dataclass
class Loaded:
    """`objects`: the rows of the tables, by kind and number."""

    town: Town
    objects: dict[str, dict[int, Any]] = field(default_factory=dict)


def load() -> Loaded:
    """Everything, one statement a list."""
    found = Loaded(Town())
    for each in kinds():
        rows = each.rows()
        found.objects[each.kind] = {row.pk: row for row in rows}
        found.town.rows[each.kind] = {}
        found.town.order[each.kind] = {}
        for row in rows:
            found.town.put(each.kind, _row(each, row))
    found.town.links = {row.code: link_of(row) for row in Adopted.objects.all()}
    refused = Proposal.objects.exclude(refused_at=None).values_list("code", "object_id")
    found.town.refused = frozenset(refused)
    return found


def _row(adoptable: Adoptable, row: Any) -> Row:
    parent = row.parent_id if adoptable.shape.tree else None
    retired = row.retired if adoptable.shape.retires else False
    return Row(row.pk, adoptable.values_of(row), parent, retired)


def link_of(row: Adopted) -> Link:
    """An adopted entry as the engine knows it."""
    return Link(row.code, row.kind, row.object_id, bases_of(row.base))


def bases_of(written: dict[str, Any]) -> dict[str, Base]:
    """Read what `written_bases` wrote: places are pairs."""
    return {
        name: Base(tuple(value) if name == PARENT else value, release) for name, (value, release) in written.items()
    }


def written_bases(link: Link) -> dict[str, Any]:
    """What a link remembers, as JSON."""
    return {
        name: [list(base.value) if name == PARENT else base.value, base.release] for name, base in link.base.items()
    }


def look_for_uses(town: Town, releases: Iterable[Snapshot]) -> None:
    """On which of the rows that may have to go something hangs: asked only where the catalogue let go of something."""
    gone: dict[str, set[int]] = {}
    for release in releases:
        for link, row in town.all_active():
            value = release.values.get(link.code)
            if value is not None and value.removed:
                gone.setdefault(link.kind, set()).add(row.pk)
    town.used = frozenset((each.kind, pk) for each in kinds() if each.kind in gone for pk in each.used(gone[each.kind]))


def codes_of(kind: str) -> dict[int, str]:
    """The entry of each row that has one: for whoever compares municipalities."""
    rows = Adopted.objects.filter(kind=kind, object_id__isnull=False).values_list("object_id", "code")
    return {pk: code for pk, code in rows if pk is not None}
