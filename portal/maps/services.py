"""What happens to the map's settings."""

from typing import Any

from django.db import transaction

from audit.services import record
from portal.maps.models import MapSettings
from portal.taxonomy.models import District


def save_map(
    chosen: MapSettings,
    *,
    by: Any,
    changed: list[str],
    outline: dict[str, Any] | None = None,
    districts: dict[int, dict[str, Any]] | None = None,
    remove_outlines: bool = False,
) -> None:
    """Keep the settings; new outlines replace the old ones, `remove_outlines` takes all of them away first."""
    districts = districts or {}
    with transaction.atomic():
        if remove_outlines:
            chosen.outline = None
        if outline is not None:
            chosen.outline = outline
        # Before the districts: whoever keeps what was there looks when this row is saved.
        chosen.save()
        if remove_outlines:
            District.objects.exclude(outline=None).update(outline=None)
        for pk, shape in districts.items():
            District.objects.filter(pk=pk).update(outline=shape)
        record(
            "maps.change",
            chosen,
            by=by,
            changes={
                "fields": [[], changed],
                "outline": [None, outline is not None],
                "districts": [None, len(districts)],
                "outlines_removed": [None, remove_outlines],
            },
        )
