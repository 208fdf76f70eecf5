"""Makes the description of the interface (OpenAPI 3.1) from its views; `tools/api_schema.py` writes it down."""

import json
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings

from portal.interfaces.urls import api_patterns

# Whoever names fields gets no others, so of these only the number is always there.
_SPARSE = {"Offer", "Provider", "Category", "TargetGroup", "District", "Page", "WholePage"}
# What is sent says nothing that nobody knows.
_STRICT = {"WrittenOffer", "ChangedOffer", "WrittenCost", "WrittenPlace", "WrittenSchedule", "Contact"}
_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Chancenportal",
    "DESCRIPTION": "What residents may see of offers and organisations, for other programs. Reading needs no account, "
    "writing a token of the municipality.",
    "VERSION": "1.1.0",
    "LICENSE": {"name": "As the municipality chose: see licence at /api/v1/"},
    "SERVERS": [{"url": "/", "description": "The portal of a municipality"}],
    "ENUM_NAME_OVERRIDES": {},
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "COMPONENT_SPLIT_REQUEST": False,
    "COMPONENT_SPLIT_PATCH": False,
    "SORT_OPERATIONS": False,
    "POSTPROCESSING_HOOKS": [],
    "SCHEMA_PATH_PREFIX": "/api/v1",
}


def description() -> dict[str, Any]:
    """The whole description."""
    with patched_settings(_SETTINGS):
        made_by: Any = SchemaGenerator
        generator = made_by(patterns=api_patterns, api_version="1.1.0")
        found: dict[str, Any] = generator.get_schema(request=None, public=True)
    shapes = found["components"]["schemas"]
    for name in _SPARSE & set(shapes):
        shapes[name]["required"] = ["id"]
    for name in _STRICT & set(shapes):
        shapes[name]["additionalProperties"] = False
    for shape in shapes.values():
        if "oneOf" in shape and "discriminator" not in shape:
            shape["anyOf"] = shape.pop("oneOf")
    found["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            writes = method != "get" or path.endswith("/state/")
            operation["security"] = [{"token": []}] if writes else [{}, {"token": []}]
            if not writes:
                # A token may be shown, and one that opens nothing is refused.
                operation["responses"].setdefault("401", operation["responses"]["429"])
    return found


def as_text() -> str:
    """As it is checked in."""
    return json.dumps(description(), indent=1, ensure_ascii=False) + "\n"
