"""Topics and target groups of the shared catalogue in these lists (`portal.taxonomy.adoption`)."""

import re
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.text import fold
from portal.offers.tasks import RELATIONS, refresh_offers_of_all
from portal.start.models import Entry, Section
from portal.subscriptions.models import Subscription
from portal.taxonomy.adoption.engine.town import Shape
from portal.taxonomy.adoption.kinds import Adoptable, register
from portal.vocabulary.kinds import CATEGORIES, TARGET_GROUPS, Kind
from portal.vocabulary.merging import merge_all
from portal.vocabulary.rows import DEEPEST, lock_name
from portal.vocabulary.uses import owners
from shared_categories.models import Kind as SharedKind


def _name(values: Any) -> frozenset[str]:
    return frozenset({fold(values["name"])})


def _used(kind: Kind) -> Callable[[Collection[int]], set[int]]:
    """As `uses_of`, of many at once: drafts and the bin count, what stands below is the engine's matter."""

    def used(pks: Collection[int]) -> set[int]:
        found = {pk for pairs in owners(kind.links, pks).values() for pk, _owner in pairs}
        rest = [pk for pk in pks if pk not in found]
        return found | _searched(kind, rest) if rest else found

    return used


def _searched(kind: Kind, pks: Collection[int]) -> set[int]:
    """Those that saved searches and links of the start page ask for."""
    pattern = rf"(?:^|[?&]){kind.parameter}=({'|'.join(map(str, pks))})(?:&|$)"
    first, *others = (
        rows.filter(**{f"{column}__regex": pattern}).order_by().values_list(column, flat=True)
        for rows, column in ((Subscription.objects, "query"), (Entry.objects, "link"), (Section.objects, "link"))
    )
    written = first.union(*others)
    # Two beside each other share the sign between them.
    whole = re.compile(rf"(?<![^?&]){kind.parameter}=(\d+)(?![^&])")
    return {int(pk) for each in written for pk in whole.findall(each)} & set(pks)


def _written(kind: Kind) -> Callable[[Collection[int]], None]:
    relation = RELATIONS[kind.model]
    return lambda pks: refresh_offers_of_all.defer_many([{"relation": relation, "pks": sorted(pks)}])


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
        written=_written(CATEGORIES),
        merge=partial(merge_all, CATEGORIES),
        lock_name=lock_name(CATEGORIES),
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
        written=_written(TARGET_GROUPS),
        merge=partial(merge_all, TARGET_GROUPS),
        lock_name=lock_name(TARGET_GROUPS),
        words={"name": _("name"), "ages": _("ages")},
        order=20,
    )
)
