"""Fields that are read together: what costs it, where the organisation is. One difference instead of several."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.offers.models import Offer
from portal.revisions.fielding import said
from portal.revisions.kinds import Difference


@dataclass(frozen=True)
class Group:
    """Its keys, and what people read of them."""

    name: str
    label: Promise
    keys: frozenset[str]
    lines: Callable[[Mapping[str, Any]], tuple[str, ...]]
    kind: str = "list"


def _costs(content: Mapping[str, Any]) -> tuple[str, ...]:
    names = ("cost_amount", "cost_text") if content["cost_amount"] else ("cost_kind", "cost_text")
    told = (said(Offer._meta.get_field(name), content[name]) for name in names)  # type: ignore[arg-type]
    return tuple(line for line in told if line)


def _address(content: Mapping[str, Any]) -> tuple[str, ...]:
    town = f"{content['postcode']} {content['city']}".strip()
    return tuple(line for line in (content["street"], town) if line)


GROUPS = (
    Group("cost", _("Costs"), frozenset({"cost_kind", "cost_amount", "cost_text"}), _costs),
    Group(
        "address", _("Address"), frozenset({"street", "postcode", "city", "latitude", "longitude", "precision"}),
        _address, "places",
    ),
)  # fmt: skip


def grouped(
    differences: Sequence[Difference], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[Difference, frozenset[str]]]:
    """The differences, those of a group as one at the place of its first; with the keys each is about."""
    found: list[tuple[Difference, frozenset[str]]] = []
    seen = set[str]()
    for each in differences:
        group = next((group for group in GROUPS if each.name in group.keys and _complete(group, before, after)), None)
        if group is None:
            found.append((each, frozenset({each.name})))
        elif group.name not in seen:
            seen.add(group.name)
            lines = group.lines(before), group.lines(after)
            found.append((Difference(group.name, str(group.label), group.kind, *lines), group.keys))
    return found


def _complete(group: Group, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return all(name in content for name in group.keys for content in (before, after))
