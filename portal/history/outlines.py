"""The outlines of the districts, which are changed together with the map's settings and are part of their state."""

from typing import Any

from django.utils.translation import gettext as _

from portal.history.plain import Besides
from portal.history.wording import outline_in_words
from portal.revisions.fielding import names_of
from portal.revisions.kinds import Difference
from portal.taxonomy.models import District

NAME = "districts"


def _take(_row: Any) -> dict[str, Any]:
    found = District.objects.exclude(outline=None).order_by("pk").values_list("pk", "outline")
    return {str(pk): outline for pk, outline in found}


def _apply(_row: Any, wanted: dict[str, Any]) -> list[str]:
    left_out = len(set(map(int, wanted)) - set(District.objects.values_list("pk", flat=True)))
    for district in District.objects.select_for_update().order_by("pk"):
        outline = wanted.get(str(district.pk))
        if outline != district.outline:
            District.objects.filter(pk=district.pk).update(outline=outline)
    return [_("Outlines of districts that do not exist any more are left out.")] if left_out else []


def _differences(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    changed = sorted({*old, *new}, key=int)
    changed = [pk for pk in changed if old.get(pk) != new.get(pk)]
    if not changed:
        return []
    names = dict(zip(changed, names_of(District)([int(pk) for pk in changed]), strict=True))
    sides = [
        tuple(f"{names[pk]}: {outline_in_words(side[pk])}" for pk in changed if side.get(pk)) for side in (old, new)
    ]
    return [Difference(NAME, _("outlines of the districts"), "list", sides[0], sides[1])]


OUTLINES = Besides(NAME, _take, _apply, _differences, {})
