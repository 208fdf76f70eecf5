"""HTML written by people outside: made safe on the way in (nh3), never trusted on the way out."""

import re
from html import unescape

import nh3

ALLOWED_TAGS = {"p", "br", "strong", "b", "em", "i", "ul", "ol", "li", "a", "h2", "h3", "h4", "blockquote"}
ALLOWED_ATTRIBUTES = {"a": {"href", "title"}}
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}
_BLOCKS = re.compile(r"</?(?:div|section|article)[^>]*>", re.IGNORECASE)
_BLANK = re.compile(r"\s+")


def clean_html(dirty: str) -> str:
    """Keep simple text markup and safe links, drop everything else together with script and style contents.

    `div`s, which editors of old systems produce for every line, become paragraphs.
    """
    paragraphs = _BLOCKS.sub(lambda tag: "</p>" if tag[0].startswith("</") else "<p>", dirty)
    clean = nh3.clean(
        paragraphs,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="noopener nofollow",
    )
    return clean.replace("<p></p>", "").strip()


def plain_text(markup: str) -> str:
    """The readable words of some HTML on one line, for search, teasers and descriptions."""
    spaced = re.sub(r"<(?:br|/p|/li|/h\d|p|li)[^>]*>", " ", markup, flags=re.IGNORECASE)
    return _BLANK.sub(" ", unescape(nh3.clean(spaced, tags=set()))).strip()
