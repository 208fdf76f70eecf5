"""Makes a page keep its language: every link and form of ours in it carries `sprache=xx` on.

Done once on the finished page and not in every template, because links also come from editors' texts, from data and
from rooms yet to be built. It reads HTML as our templates and `core.html` do: quoted attributes, `>` never bare outside
quotes. What it does not recognise it leaves as it is.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.translation.languages import PARAMETER

# What is never closed reaches to the end; else each of many beginnings would be followed to the end in vain.
_SKIPPED = r"<(?:script|style|textarea)\b[\s\S]*?(?:</(?:script|style|textarea)>|\Z)|<!--[\s\S]*?(?:-->|\Z)"
# No `<` outside quotes: a tag that is not finished ends where the next one begins.
_ATTRIBUTES = r"((?:\s+[^\s=><\"'/]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s><\"']+))?)+)\s*/?>"
# Almost all links are tags of these names; scripts, text areas and comments are passed over whole.
_LINKS = re.compile(rf"{_SKIPPED}|<(a|area|form|link){_ATTRIBUTES}")
# Of the many other tags only those are looked at that hold such an attribute.
_OTHER = re.compile(rf"<(?!(?:a|area|form|link)[\s>])([a-z][a-z0-9]*){_ATTRIBUTES}")
_PATH_ATTRIBUTE = re.compile(r"\s(?:data-[a-z-]+=[\"'][/?]|formaction=)")
# Which attributes lead to pages; data-* (htmx, our scripts) where the value is a path. A <link> does so only as
# canonical, prev or next.
_LEADING = re.compile(
    r"(\s(?:href|action|formaction|data-[a-z-]+(?==[\"'][/?]))=)"
    r"(?:\"([^\"]*)\"|'([^']*)')"
)
_PAGE_LINK = re.compile(r"\srel=\"(?:canonical|prev|next)\"")
_HREFLANG = re.compile(r"\shreflang=")
_POSTED = re.compile(r"\smethod=[\"']?(?:post|dialog)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_KEPT = re.compile(rf"(?:[?&;]|&amp;){PARAMETER}=")
# The hash of a fragment, not of an entity such as &#x27;.
_FRAGMENT = re.compile(r"(?<!&)#")
# By far the most links: a plain path, which needs no further look.
_PLAIN_PATH = re.compile(r"/(?!/|static/|media/|theme/)[a-z0-9/-]*")
_NO_PAGES = ("/static/", "/media/", "/theme/")


class Place(NamedTuple):
    """Where the page is: its own address without the path (`http://ahausen.localhost:8000`), and its language."""

    origin: str
    language: str


def keep_language(address: str, place: Place, *, separator: str = "&") -> str:
    """The address with the language in it, where it leads to a page of ours; any other address as it is."""
    if _PLAIN_PATH.fullmatch(address):
        return f"{address}?{PARAMETER}={place.language}"
    if not address or address.startswith(("#", "//", "\\")) or _KEPT.search(address):
        return address
    rest = address
    if _SCHEME.match(address):
        if not address.startswith(place.origin) or address[len(place.origin) :][:1] not in {"", "/", "?", "#"}:
            return address
        rest = address[len(place.origin) :]
    cut = _FRAGMENT.search(address)
    head, tail = (address[: cut.start()], address[cut.start() :]) if cut else (address, "")
    path = _FRAGMENT.split(rest, maxsplit=1)[0].partition("?")[0]
    # A dot in the last part names a file (termine.ics, robots.txt): files have no interface.
    if path.startswith(_NO_PAGES) or "." in path.rpartition("/")[2].strip("."):
        return address
    if "?" not in head:
        return f"{head}?{PARAMETER}={place.language}{tail}"
    begins = head.endswith("?") and head.count("?") == 1
    between = "" if begins or head.endswith(("&", "&amp;")) else separator
    return f"{head}{between}{PARAMETER}={place.language}{tail}"


def keep_language_in_page(page: str, place: Place) -> str:
    """The page, or a part of one, with the language in all its links and forms. Doing it twice changes nothing.

    Left alone: links that say `hreflang` (they choose a language), files, other hosts, and places on the same page.
    """

    def attribute(found: re.Match[str]) -> str:
        double = found[2] is not None
        kept = keep_language(found[2] if double else found[3], place, separator="&amp;")
        return f'{found[1]}"{kept}"' if double else f"{found[1]}'{kept}'"

    def tag(found: re.Match[str]) -> str:
        name, attributes, whole = found[1], found[2], found[0]
        if name is None or "=" not in attributes or _HREFLANG.search(attributes):
            return whole
        if name == "link" and not _PAGE_LINK.search(attributes):
            return whole
        if name == "form" and not _POSTED.search(attributes):
            return _with_hidden(found, place)
        return whole.replace(attributes, _LEADING.sub(attribute, attributes), 1)

    page = _LINKS.sub(tag, page)
    done, parts = 0, []
    for start in _tags_with_paths(page):
        found = _OTHER.match(page, start)
        if found is not None:
            parts += [page[done:start], tag(found)]
            done = found.end()
    return "".join([*parts, page[done:]])


def _tags_with_paths(page: str) -> Iterator[int]:
    """Where the tags begin that may hold such an attribute, each once, from the first to the last."""
    looked, last = 0, -1
    for found in _PATH_ATTRIBUTE.finditer(page):
        start = page.rfind("<", looked, found.start())
        looked = found.start()
        if start > last:
            last = start
            yield start


def _with_hidden(form: re.Match[str], place: Place) -> str:
    """A GET form with the language as a field: a browser drops the query of its address when it is sent."""
    whole, page = form[0], form.string
    target = re.search(r"\saction=(?:\"([^\"]*)\"|'([^']*)')", form[2])
    address = (target[1] or target[2] or "") if target else ""
    outside = address and keep_language(address, place) == address and not _KEPT.search(address)
    # A form ends where it is closed, at the latest where the next one begins.
    end = _place(page, "<form", form.end(), len(page))
    end = _place(page, "</form>", form.end(), end)
    there = page.find(f'name="{PARAMETER}"', form.end(), end) != -1
    return whole if outside or there else f'{whole}<input type="hidden" name="{PARAMETER}" value="{place.language}">'


def _place(page: str, what: str, start: int, end: int) -> int:
    """Where something stands between two places, else the latter."""
    found = page.find(what, start, end)
    return end if found == -1 else found
