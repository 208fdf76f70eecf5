"""Topics, target groups and districts as taxonomies and their terms."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from gazetteer.models import STATES
from portal.interfaces import others
from portal.interfaces.hsds.ids import Entity, identifier, part
from portal.interfaces.records import Record
from portal.preferences.models import Preferences
from portal.taxonomy.tree import Tree, load_tree


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One of ours: the kind of its terms, and by which parameter of the search they are found."""

    number: int
    terms: Entity
    parameter: str
    # What an attribute of a service means that names such a term.
    link_type: str


TAXONOMIES = (
    Taxonomy(1, Entity.CATEGORY, "kategorie", "service_category"),
    Taxonomy(2, Entity.TARGET_GROUP, "zielgruppe", "audience"),
    Taxonomy(3, Entity.DISTRICT, "ortsteil", "district"),
)


def _names() -> dict[int, tuple[str, str]]:
    return {
        1: (_("Topics"), _("What offers are about, as a tree.")),
        2: (_("Target groups"), _("For whom offers are.")),
        3: (_("Districts"), _("Where offers take place.")),
    }


class Terms:
    """What all answers of a request name of the municipality we are inside: its terms and its state, read once."""

    def __init__(self, town: str, base: str) -> None:
        self.town, self._base = town, base

    @cached_property
    def tree(self) -> Tree:
        """The topics."""
        return load_tree()

    @cached_property
    def state(self) -> str:
        """The federal state, for addresses; empty where nobody chose it."""
        known: Any = STATES
        return str(known.get(Preferences.current().federal_state, ""))

    @cached_property
    def _records(self) -> dict[Entity, dict[int, Record]]:
        """What is told of all terms, by number, in the town's order."""
        told = {
            Entity.CATEGORY: others.categories(self.tree, self._base),
            Entity.TARGET_GROUP: others.target_groups(self._base),
            Entity.DISTRICT: others.districts(self._base),
        }
        return {entity: {record["id"]: record for record in records} for entity, records in told.items()}

    def id_of(self, taxonomy: Taxonomy) -> str:
        """The identifier of a taxonomy."""
        return identifier(self.town, Entity.TAXONOMY, taxonomy.number)

    def taxonomy(self, taxonomy: Taxonomy) -> Record:
        """A taxonomy."""
        name, about = _names()[taxonomy.number]
        return {"id": self.id_of(taxonomy), "name": name, "description": about, "uri": f"{self._base}/api/"}

    def numbers(self, taxonomy: Taxonomy) -> list[int]:
        """All terms of one."""
        return list(self._records[taxonomy.terms])

    def term(self, taxonomy: Taxonomy, number: int) -> Record | None:
        """A term by its number."""
        record = self._records[taxonomy.terms].get(number)
        if record is None:
            return None
        about = str(record["name"])
        parent = record.get("parent_id")
        above = self._records[taxonomy.terms].get(parent) if parent else None
        found: Record = {
            "id": identifier(self.town, taxonomy.terms, number),
            "code": str(number),
            "name": about,
            "description": f"{above['name']}: {about}" if above else about,
            "taxonomy": _names()[taxonomy.number][0],
            "taxonomy_id": self.id_of(taxonomy),
            "language": "de",
            "term_uri": record["url"],
        }
        if above:
            found["parent_id"] = identifier(self.town, taxonomy.terms, above["id"])
        return found

    def attributes(self, entity: str, link: str, numbers: dict[Entity, Iterable[int]]) -> list[Record]:
        """The terms of something as HSDS ties them to it."""
        found: list[dict[str, Any]] = []
        for taxonomy in TAXONOMIES:
            for number in dict.fromkeys(numbers.get(taxonomy.terms, ())):
                term = self.term(taxonomy, number)
                if term is not None:
                    found.append(
                        {
                            "id": part(link, taxonomy.parameter, number),
                            "link_id": link,
                            "link_entity": entity,
                            "link_type": taxonomy.link_type,
                            "label": term["name"],
                            "taxonomy_term_id": term["id"],
                            "taxonomy_term": term,
                        }
                    )
        return found
