"""What texts name of the municipality's lists, and what of it is there today."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _

from portal.offer_fields import answers
from portal.offer_fields.reading import offer_fields
from portal.revisions.kinds import Content
from portal.taxonomy.aliases import Holding
from portal.taxonomy.models import Category, District, Marker, TargetGroup

LINKED = {"categories": Category, "target_groups": TargetGroup, "markers": Marker}
Named = tuple[Content, Collection[str]]
"""A text, and those of its keys that are to be written."""


class There:
    """Asked once for many texts, so that each costs no statement. Inside a transaction: what is there stays."""

    def __init__(self, texts: Iterable[Named]) -> None:
        told = list(texts)
        self._linked = {
            name: Holding(model, (number for content, names in told if name in names for number in content[name]))
            for name, model in LINKED.items()
        }
        asked = {place["district"] for content, names in told if "locations" in names
                 for place in content["locations"] if place["district"] is not None}  # fmt: skip
        self._districts = Holding(District, sorted(asked))
        self._fields = (
            offer_fields() if any("extras" in names and content["extras"] for content, names in told) else None
        )

    def known(self, content: Content, names: Collection[str]) -> tuple[Content, list[str]]:
        """The text without what was deleted since, and a sentence on each kind of such things."""
        kept, told = dict(content), list[str]()
        sentences = {
            "categories": _("Some categories were left out: they do not exist any more."),
            "target_groups": _("Some target groups were left out: they do not exist any more."),
            "markers": _("Some markers were left out: they do not exist any more."),
        }
        for name, linked in self._linked.items():
            if name not in names:
                continue
            there = linked.held(kept[name])
            if len(there) < len(linked.followed(kept[name])):
                told.append(sentences[name])
            kept[name] = sorted(there)
        if "extras" in names and kept["extras"] and self._fields is not None:
            kept["extras"], fewer = answers.known(kept["extras"], self._fields)
            if fewer:
                told.append(_("Some details were left out: they are not asked here any more."))
        if "locations" in names:
            kept["locations"], gone = self._in_districts(kept["locations"])
            told += gone
        return kept, told

    def _in_districts(self, places: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
        kept = [
            place if place["district"] is None else {**place, "district": self._districts.of_today(place["district"])}
            for place in places
        ]
        vanished = any(
            now["district"] is None and place["district"] is not None for now, place in zip(kept, places, strict=True)
        )
        return kept, [_("A district was left out: it does not exist any more.")] if vanished else []
