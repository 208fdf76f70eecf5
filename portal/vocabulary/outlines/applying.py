"""Doing what was shown, all of it or nothing."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit.services import record
from portal.offers.models import Location
from portal.taxonomy.models import District
from portal.vocabulary.drafts import follow, open_texts_of
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.kinds import DISTRICTS
from portal.vocabulary.outlines.planning import Plan, middle, plan
from portal.vocabulary.rows import lock


class ChangedError(RefusedError):
    """The districts are others than when the plan was shown."""


@transaction.atomic
def take_over(areas: list[dict[str, Any]], name_from: str, *, seen: str, assign: bool, by: Any) -> Plan:
    """Write outlines and new districts; `assign`: put offers into the district they lie in."""
    lock(DISTRICTS)
    made = plan(areas, name_from)
    if made.errors or made.digest != seen:
        raise ChangedError(
            _("The districts were changed in the meantime. Nothing was taken over; please look at it again.")
        )
    told = {
        "new": [None, [part.name for part in made.new]],
        "changed": [None, [part.name for part in made.changed]],
    }
    last = District.objects.aggregate(last=Max("position"))["last"]
    position = -1 if last is None else last
    for part in made.parts:
        if part.same:
            continue
        lat, lon = middle(part.outline)
        if part.pk is None:
            position += 1
            row = District.objects.create(
                name=part.name, outline=part.outline, latitude=lat, longitude=lon, position=position
            )
            part.pk = row.pk
        else:
            District.objects.filter(pk=part.pk).update(outline=part.outline)
            District.objects.filter(pk=part.pk, latitude=None).update(latitude=lat, longitude=lon)
    moved = _assign(made) if assign else 0
    record(
        "vocabulary.outlines",
        District(name=str(DISTRICTS.words.title)),
        by=by,
        changes={**told, "offers": [None, moved]},
    )
    return made


def _assign(made: Plan) -> int:
    """Texts that are being written follow, as they do after a merge."""
    by_part: dict[int, list[int]] = {}
    for place, key in made.moves.items():
        by_part.setdefault(key, []).append(place)
    offers = set(Location.objects.filter(pk__in=list(made.moves)).values_list("offer_id", flat=True))
    texts = open_texts_of("offer", offers)
    with follow(texts, "locations"):
        for key, places in by_part.items():
            Location.objects.filter(pk__in=places).update(district_id=made.parts[key].pk)
    return len(offers)
