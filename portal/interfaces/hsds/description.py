"""OpenAPI 3.1 of these addresses. The specification's own file cannot be handed on as it is: it refers to files at a
foreign host, names the wrong schema for one address and gives two operations one name."""

from typing import Any

from portal.interfaces.hsds.asking import DAYS, MOST, USUAL

_TEXT: dict[str, Any] = {"type": "string"}
_WHOLE: dict[str, Any] = {"type": "integer"}
_YES: dict[str, Any] = {"type": "string", "enum": ["true", "false"]}
_ID: dict[str, Any] = {"type": "string", "format": "uuid"}
_PARAMETERS: dict[str, tuple[str, dict[str, Any]]] = {
    "search": ("Words, understood as on the portal.", _TEXT),
    "page": ("The page, beginning with 1.", {"type": "integer", "minimum": 1, "maximum": 10**9, "default": 1}),
    "per_page": ("Things on a page.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}),
    "format": ("ndjson: all of them, one a line.", {"type": "string", "enum": ["json", "ndjson"]}),
    "taxonomy_term_id": ("Only with these terms, separated by commas.", _TEXT),
    "taxonomy_id": ("Only with a term of this taxonomy.", _TEXT),
    "organization_id": ("Only of this organisation.", _TEXT),
    "modified_after": ("Changed at this moment or later, also by what a service names. Next time: x_as_of.", _TEXT),
    "minimal": ("Only the identifier and the moment of the last change.", _YES),
    "full": ("With everything there are several of.", _YES),
    "full_service": ("With the whole of each service.", _YES),
    "minimum_age": ("Open to somebody of at least this age.", {"type": "integer", "minimum": 0, "maximum": 150}),
    "maximum_age": ("Open to somebody of at most this age.", {"type": "integer", "minimum": 0, "maximum": 150}),
    "start_time": ("Begins at this time or later, as 17:00.", _TEXT),
    "end_time": ("Ends at this time or earlier.", _TEXT),
    "day": (f"On one of these days: {', '.join(DAYS)}, separated by commas.", _TEXT),
    "postcode": ("Around the middle of this postcode.", _TEXT),
    "proximity": ("Metres around it.", {"type": "integer", "minimum": 1, "maximum": 100_000}),
    "parent_id": ("Only those directly below this term.", _TEXT),
    "top_only": ("Only those with nothing above.", _YES),
}
_PAGES = ("search", "page", "per_page", "format")
_TERMS = ("taxonomy_term_id", "taxonomy_id")
_TIMES = ("minimum_age", "maximum_age", "start_time", "end_time", "day", "postcode", "proximity")
_FILTERS = (*_PAGES, *_TERMS, "organization_id", "modified_after", "full", *_TIMES)
_LISTS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "services": ("Service", (*_FILTERS, "minimal"), ()),
    "organizations": ("Organization", (*_PAGES, *_TERMS, "full", "full_service"), ("full_service",)),
    "service_at_locations": ("ServiceAtLocation", _FILTERS, ()),
    "taxonomies": ("Taxonomy", _PAGES, ()),
    "taxonomy_terms": ("TaxonomyTerm", (*_PAGES, "taxonomy_id", "parent_id", "top_only"), ()),
}
_STATUS = {"type": "string", "enum": ["active", "inactive", "defunct", "temporarily closed"]}
_NAMED: dict[str, Any] = {"id": _ID, "name": _TEXT, "description": _TEXT}
_SHAPES: dict[str, Any] = {
    # With minimal=true there is neither a name nor a status.
    "Service": {**_NAMED, "status": _STATUS, "last_modified": {"type": "string", "format": "date-time"}},
    "Organization": _NAMED,
    "ServiceAtLocation": {"id": _ID, "service_id": _ID, "location_id": _ID, "name": _TEXT, "status": _STATUS},
    "Taxonomy": _NAMED,
    "TaxonomyTerm": {**_NAMED, "parent_id": _ID, "taxonomy_id": _ID},
}
_PAGE: dict[str, Any] = {
    "total_items": _WHOLE,
    "total_pages": _WHOLE,
    "page_number": _WHOLE,
    "size": _WHOLE,
    **{name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")},
}
_AS_OF: dict[str, Any] = {
    "x_as_of": {
        "type": "string",
        "format": "date-time",
        "description": "With modified_after: what to give next time.",
    }
}


def description(version: str, server: str) -> dict[str, Any]:
    """The whole description, for the specification's version and the address it is asked at."""
    paths: dict[str, Any] = {"/": {"get": _operation("getApi", "What this is", (), _answer({"type": "object"}))}}
    for name, (shape, parameters, of_one) in _LISTS.items():
        listed = {
            "type": "object",
            "required": [*_PAGE, "contents"],
            "properties": {**_PAGE, **_AS_OF, "contents": {"type": "array", "items": _ref(shape)}},
        }
        whole = _answer(listed)
        whole["200"]["content"]["application/x-ndjson"] = {"schema": _TEXT}
        paths[f"/{name}"] = {"get": _operation(f"list{shape}", f"{shape}: all or some", parameters, whole)}
        one = _operation(f"get{shape}", f"{shape}: one", of_one, {**_answer(_ref(shape)), **_problems("404", "410")})
        one["parameters"].insert(0, {"name": "id", "in": "path", "required": True, "schema": _TEXT})
        paths[f"/{name}/{{id}}"] = {"get": one}
    return {
        "openapi": "3.1.0",
        "info": {"title": f"HSDS {version}", "version": version, "description": "What the portal shows to everybody."},
        "servers": [{"url": server.rstrip("/")}],
        "paths": paths,
        "components": {
            "schemas": {
                "Problem": {"type": "object", "required": ["title", "status"], "properties": {"title": _TEXT}},
                **{name: {"type": "object", "required": ["id"], "properties": has} for name, has in _SHAPES.items()},
            }
        },
    }


def _ref(shape: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{shape}"}


def _answer(schema: dict[str, Any]) -> dict[str, Any]:
    return {"200": {"description": "Found.", "content": {"application/json": {"schema": schema}}}}


def _problems(*codes: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": _ref("Problem")}}
    return {code: {"description": "A refusal (RFC 9457).", "content": content} for code in codes}


def _operation(name: str, summary: str, parameters: tuple[str, ...], answers: dict[str, Any]) -> dict[str, Any]:
    told = [
        {"name": each, "in": "query", "description": _PARAMETERS[each][0], "schema": _PARAMETERS[each][1]}
        for each in parameters
    ]
    return {
        "operationId": name,
        "summary": summary,
        "parameters": told,
        "responses": {**answers, **_problems("400", "401", "429")},
    }
