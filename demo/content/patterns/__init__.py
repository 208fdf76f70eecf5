"""All kinds of offers the demo knows, by key; one module per field of life."""

from demo.content.patterns import (
    advice,
    childcare,
    children,
    community,
    culture,
    digital,
    family,
    health,
    language,
    learning,
    life_advice,
    moving,
    seniors,
    youth,
)
from demo.content.types import Pattern

MODULES = (
    advice,
    childcare,
    children,
    community,
    culture,
    digital,
    family,
    health,
    language,
    learning,
    life_advice,
    moving,
    seniors,
    youth,
)

ALL: dict[str, Pattern] = {pattern.key: pattern for module in MODULES for pattern in module.PATTERNS}
