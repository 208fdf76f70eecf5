"""All kinds of offers the demo knows, by key; one module per field of life."""

from demo.content.patterns import advice, community, culture, family, language, learning, moving, youth
from demo.content.types import Pattern

ALL: dict[str, Pattern] = {
    pattern.key: pattern
    for module in (language, advice, family, youth, learning, moving, culture, community)
    for pattern in module.PATTERNS
}
