"""Rough outlines of the demo's towns and their districts, made by tools/outlines/demo.py; © OpenStreetMap contributors
(ODbL), GeoNames (CC BY 4.0)."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def outlines_of(slug: str) -> dict[str, Any]:
    """`municipality`: a GeoJSON polygon; `districts`: one by the key of each district that has a name of its own."""
    found: dict[str, Any] = json.loads((files(__name__) / f"{slug}.json").read_text())
    return found
