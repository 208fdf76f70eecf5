"""A release in the words of SKOS (W3C), as JSON-LD: what any tool for vocabularies reads."""

from typing import Any

from shared_categories.values import Link, Snapshot, Value

RELATIONS = {"exact": "exactMatch", "close": "closeMatch", "broader": "broadMatch", "narrower": "narrowMatch"}
_CONTEXT = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "id": "@id",
    "type": "@type",
    "ConceptScheme": "skos:ConceptScheme",
    "Concept": "skos:Concept",
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
    "definition": {"@id": "skos:definition", "@container": "@language"},
    "note": {"@id": "skos:note", "@language": "de"},
    "notation": "skos:notation",
    "broader": {"@id": "skos:broader", "@type": "@id"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
    "hasTopConcept": {"@id": "skos:hasTopConcept", "@type": "@id"},
    "deprecated": "owl:deprecated",
    "isReplacedBy": {"@id": "dct:isReplacedBy", "@type": "@id"},
    "issued": "dct:issued",
    "kind": "cp:kind",
    "minAge": "cp:minAge",
    "maxAge": "cp:maxAge",
    "mappings": "cp:mapping",
}


def scheme(snapshot: Snapshot, address: str) -> dict[str, Any]:
    """The whole release; `address` is its own, and concepts have theirs by their code behind #."""
    return {
        "@context": {**_CONTEXT, "cp": f"{address.rpartition('/')[0]}/#"},
        "id": address,
        "type": "ConceptScheme",
        "number": snapshot.number,
        "issued": snapshot.issued_at.isoformat(),
        "note": snapshot.note,
        "hasTopConcept": [f"{address}#{value.code}" for value in snapshot.children.get("", ())],
        "concepts": [_concept(value, address) for value in snapshot.values.values()],
    }


def _concept(value: Value, address: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": f"{address}#{value.code}",
        "type": "Concept",
        "inScheme": address,
        "notation": value.code,
        "kind": value.kind.value,
        "prefLabel": {"de": value.name} | _spoken(value, "name"),
        "definition": ({"de": value.definition} if value.definition else {}) | _spoken(value, "definition"),
        "altLabel": {"de": list(value.words)} if value.words else {},
        "broader": f"{address}#{value.parent}" if value.parent else "",
        "minAge": value.min_age,
        "maxAge": value.max_age,
        "note": value.text,
        "mappings": [_mapping(link) for link in value.mappings],
        "deprecated": value.removed or None,
        "isReplacedBy": f"{address}#{value.replaced_by}" if value.replaced_by else "",
    }
    return {name: each for name, each in said.items() if each not in ("", None, {}, [])}


def _spoken(value: Value, part: str) -> dict[str, str]:
    return {language: parts[part] for language, parts in value.translations.items() if part in parts}


def _mapping(link: Link) -> dict[str, str]:
    return {"vocabulary": link.vocabulary, "code": link.code, "relation": f"skos:{RELATIONS[link.relation]}"}
