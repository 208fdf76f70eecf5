"""Topics and target groups of the shared catalogue in these lists (`portal.taxonomy.adoption`)."""

import re
from collections.abc import Callable, Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.text import fold
from portal.offers.tasks import refresh_offers_of
from portal.start.models import Entry, Section
from portal.subscriptions.models import Subscription
from portal.taxonomy.adoption.engine.town import Shape
from portal.taxonomy.adoption.kinds import Adoptable, register
from portal.vocabulary.kinds import CATEGORIES, TARGET_GROUPS, Kind
from portal.vocabulary.merging import merge
from portal.vocabulary.rows import DEEPEST, lock
from shared_categories.models import Kind as SharedKind


def _name(values: Any) -> frozenset[str]:
    return frozenset({fold(values["name"])})


def _used(kind: Kind) -> Callable[[Collection[int]], set[int]]:
    """As `uses_of`, of many at once: drafts and the bin count, what stands below is the engine's matter."""

    def used(pks: Collection[int]) -> set[int]:
        found: set[int] = set()
        for links in kind.links:
            rows = links.model._default_manager.filter(**{f"{links.column}__in": list(pks)}).order_by()
            found.update(rows.values_list(links.column, flat=True).distinct())
        rest = [pk for pk in pks if pk not in found]
        return found | _searched(kind, rest) if rest else found

    return used


def _searched(kind: Kind, pks: Collection[int]) -> set[int]:
    """Those that saved searches and links of the start page ask for."""
    pattern = rf"(?:^|[?&]){kind.parameter}=({'|'.join(map(str, pks))})(?:&|$)"
    written = [
        *Subscription.objects.filter(query__regex=pattern).values_list("query", flat=True),
        *Entry.objects.filter(link__regex=pattern).values_list("link", flat=True),
        *Section.objects.filter(link__regex=pattern).values_list("link", flat=True),
    ]
    # Two beside each other share the sign between them.
    whole = re.compile(rf"(?<![^?&]){kind.parameter}=(\d+)(?![^&])")
    return {int(pk) for each in written for pk in whole.findall(each)} & set(pks)


def _written(relation: str) -> Callable[[Collection[int]], None]:
    return lambda pks: refresh_offers_of.defer_many([{"relation": relation, "pk": pk} for pk in pks])


def _merge(kind: Kind) -> Callable[..., Any]:
    return lambda old, new, *, by, called: merge(kind, old, new, by=by, called=called)


register(
    Adoptable(
        SharedKind.CATEGORY,
        CATEGORIES.model,
        Shape(
            lambda value: {"name": value.name, "icon": value.icon, "color": value.color},
            _name,
            tree=True,
            deepest=DEEPEST,
        ),
        {"name": ("name",), "icon": ("icon",), "color": ("color",)},
        CATEGORIES.words.title,
        CATEGORIES.entry_url,
        used=_used(CATEGORIES),
        written=_written("categories"),
        merge=_merge(CATEGORIES),
        lock=lambda: lock(CATEGORIES),
        words={"name": _("name"), "icon": _("sign"), "color": _("colour")},
        order=10,
    )
)
register(
    Adoptable(
        SharedKind.TARGET_GROUP,
        TARGET_GROUPS.model,
        Shape(lambda value: {"name": value.name, "ages": [value.min_age, value.max_age]}, _name),
        {"name": ("name",), "ages": ("min_age", "max_age")},
        TARGET_GROUPS.words.title,
        TARGET_GROUPS.entry_url,
        used=_used(TARGET_GROUPS),
        written=_written("target_groups"),
        merge=_merge(TARGET_GROUPS),
        lock=lambda: lock(TARGET_GROUPS),
        words={"name": _("name"), "ages": _("ages")},
        order=20,
    )
)
