"""From the Markdown of a page to its HTML: headings one can link to, pictures with their sizes, and nothing else.

The texts are our own; raw HTML in them stays text all the same.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from core.lazy import lazy
from portal.handbook.contents import Page

if TYPE_CHECKING:
    import markdown_it
    from markdown_it.token import Token
else:
    markdown_it = lazy("markdown_it")

PICTURES = Path(__file__).parent / "static" / "handbook" / "pictures"
KNOWN = PICTURES / "pictures.json"
_SCHEME = "picture:"
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"})


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as HTML, with the headings of its parts."""

    html: SafeString
    parts: list[dict[str, str]]


@lru_cache(maxsize=1)
def known_pictures() -> dict[str, dict[str, Any]]:
    """The pictures there are: their sizes, and what they show (see tests/handbook)."""
    found: dict[str, dict[str, Any]] = json.loads(KNOWN.read_text(encoding="utf-8")) if KNOWN.exists() else {}
    return found


def anchor(words: str) -> str:
    """The name of a heading in addresses."""
    return slugify(words.translate(_UMLAUTS))


@lru_cache(maxsize=128)
def rendered(page: Page) -> Rendered:
    """The page as it is shown."""
    reader = markdown_it.MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("image", _image)
    tokens = reader.parse(page.source)
    parts = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            words = tokens[place + 1].content
            token.attrSet("id", anchor(words))
            parts.append({"label": words, "url": f"#{anchor(words)}"})
    return Rendered(SafeString(reader.renderer.render(tokens, reader.options, {})), parts)


def _image(_renderer: Any, tokens: "Sequence[Token]", place: int, _options: Any, _env: Any) -> str:
    """`![What it shows](picture:name)`: a picture that the tests made."""
    name, alt = str(tokens[place].attrs["src"]).removeprefix(_SCHEME), tokens[place].content
    size = known_pictures().get(name)
    if size is None:
        # Not made yet: the text must do without it.
        return ""
    return format_html(
        '<img class="handbook__picture" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        static(f"handbook/pictures/{name}.webp"), alt, size["width"], size["height"],
    )  # fmt: skip
