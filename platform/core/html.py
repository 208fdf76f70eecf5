"""HTML written by people outside: made safe on the way in, never trusted on the way out.

By turbohtml's parser alone, without a regular expression. Whoever builds HTML's tree takes a time that grows with the
square of the text where elements are nested deep (html5ever and so nh3; nh3 also where many `&` stand in a row: 320 KB
of them take 2 s). So what comes from outside is first taken apart by the tokenizer, which is linear whatever it is fed,
and written anew: only elements that we know, each of them closed, none nested deeper than DEEPEST. The sanitizer reads
that and has the last word on what is safe.
"""

import functools
import html
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.lazy import lazy

if TYPE_CHECKING:
    import turbohtml
    from turbohtml import clean as cleaning
else:
    turbohtml = lazy("turbohtml")
    cleaning = lazy("turbohtml.clean")

ALLOWED_TAGS = frozenset(
    {"p", "br", "strong", "b", "em", "i", "ul", "ol", "li", "a", "h2", "h3", "h4", "blockquote"},
)
LINK_ATTRIBUTES = frozenset({"href", "title"})
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# Signs of markup a field takes; the longest text found in practice (a privacy statement) has 60,000.
LONGEST = 200_000
DEEPEST = 24
# Elements that old editors and Word write for each line or block: what stands in them becomes a paragraph.
_BLOCKS = frozenset({
    "div", "section", "article", "main", "header", "footer", "aside", "nav", "address", "center", "figure",
    "figcaption", "fieldset", "form", "details", "table", "caption", "tr", "dl", "dt", "dd", "pre",
})  # fmt: skip
# In a row of a table words of two cells must not become one.
_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset({"h2", "h3", "h4"})
_SAME = {"h1": "h2", "h5": "h4", "h6": "h4"}
_ENDS_PARAGRAPH = frozenset({"p", "ul", "ol", "li", "blockquote"}) | _HEADINGS | _BLOCKS
_SPACED = _ENDS_PARAGRAPH | _CELLS | frozenset({"br", "hr", "option"}) | frozenset(_SAME)
_DROPPED_WITH_CONTENT = frozenset({"script", "style"})
_ACTIVE = frozenset({
    "script", "style", "iframe", "frame", "object", "embed", "applet", "form", "input", "button", "svg", "img",
    "video", "audio", "link", "meta", "base",
})  # fmt: skip
_ACTIVE_SCHEMES = ("javascript:", "data:", "vbscript:")


def clean_html(dirty: str) -> str:
    """Keep simple text markup and safe links, drop everything else together with script and style contents.

    `div`s, which editors of old systems produce for every line, become paragraphs. Takes a time in proportion to
    the length, whatever the text is; the length itself is bounded where a text is kept (`check_length`).
    """
    return sanitized(_Writer().written(dirty)).strip()


def with_links_of(markup: str, source: str) -> str:
    """The markup made safe, without links that the source does not have."""
    allowed = {value for token in _tokens(source) for name, value in token.attrs or () if name == "href"}
    return sanitized(
        _Writer().written(markup),
        keep=lambda _tag, name, value: None if name == "href" and value not in allowed else value,
    ).strip()


def sanitized(
    markup: str, *, marks: frozenset[str] = frozenset(), keep: Callable[[str, str, str], str | None] | None = None
) -> str:
    """Balanced, shallow markup of our own writing made safe; `marks` are further elements without attributes."""
    if keep is None:
        return _sanitizer(marks).sanitize(markup)
    return _made(marks, keep).sanitize(markup)


@functools.cache
def _sanitizer(marks: frozenset[str]) -> "cleaning.Sanitizer":
    return _made(marks, None)


def _made(marks: frozenset[str], keep: Callable[[str, str, str], str | None] | None) -> "cleaning.Sanitizer":
    return cleaning.Sanitizer(
        cleaning.Policy(
            tags=ALLOWED_TAGS | marks,
            attributes={"a": LINK_ATTRIBUTES | {"rel"}},
            url_schemes=_SCHEMES,
            allow_fragment_urls=True,
            set_attributes={"a": {"rel": "noopener nofollow"}},
            on_disallowed_tag=cleaning.OnDisallowed.STRIP,
            attribute_filter=keep,
        )
    )


def plain_text(markup: str) -> str:
    """The readable words of some HTML on one line, for search, teasers and descriptions."""
    return " ".join("".join(_words(markup)).split())


def has_active_content(markup: str) -> bool:
    """Whether there is something that would run, load or ask for input, and that `clean_html` takes away."""
    for token in _tokens(markup):
        if token.type != turbohtml.TokenType.START_TAG:
            continue
        if token.tag in _ACTIVE:
            return True
        for name, value in token.attrs or ():
            # Browsers read over spaces and control characters in an address.
            written = "".join((value or "").split()).lower()
            if name.startswith("on") or written.startswith(_ACTIVE_SCHEMES):
                return True
    return False


def check_length(markup: str) -> None:
    """ValidationError, with a sentence for who wrote it, where a text has more signs than is kept."""
    if len(markup) > LONGEST:
        raise ValidationError(
            _("This text is too long: it has %(length)d characters, at most %(most)d are possible. Please shorten it.")
            % {"length": len(markup), "most": LONGEST},
            code="too_long",
        )


def links_of(markup: str) -> list[str]:
    """The addresses of all links, in their order."""
    return [
        value
        for token in _tokens(markup)
        if token.type == turbohtml.TokenType.START_TAG and token.tag == "a"
        for name, value in token.attrs or ()
        if name == "href" and value
    ]


def blocks_of(markup: str) -> Iterator[tuple[str, str]]:
    """The text (`"text", words`) between the elements that begin (`"begin", tag`) or end (`"end", tag`)."""
    for token in _tokens(markup):
        if token.type == turbohtml.TokenType.TEXT:
            yield "text", token.data or ""
        elif token.type == turbohtml.TokenType.START_TAG:
            yield "begin", token.tag or ""
        elif token.type == turbohtml.TokenType.END_TAG:
            yield "end", token.tag or ""


def _words(markup: str) -> Iterator[str]:
    for kind, what in blocks_of(markup):
        if kind == "text":
            yield what
        elif what in _SPACED:
            yield " "


def _tokens(markup: str) -> "Iterator[turbohtml.Token]":
    """The tokens without what scripts and styles hold, and without signs that are none: NUL, half a surrogate pair."""
    whole = markup.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    inside = ""
    for token in turbohtml.tokenize(whole):
        if token.type == turbohtml.TokenType.START_TAG and token.tag in _DROPPED_WITH_CONTENT:
            inside = token.tag or ""
            yield token
        elif not inside:
            yield token
        elif token.type == turbohtml.TokenType.END_TAG and token.tag == inside:
            inside = ""


class _Writer:
    """Writes tokens down as simple, balanced, shallow HTML."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        # What is open. A block of an old editor is one too, but nothing is written for it but paragraphs.
        self._open: list[str] = []
        # Elements too deep to be opened, whose ends are yet to come.
        self._passed_over = 0

    def written(self, markup: str) -> str:
        """The whole text."""
        for token in _tokens(markup):
            if token.type == turbohtml.TokenType.TEXT:
                self._text(token.data or "")
            elif token.type == turbohtml.TokenType.START_TAG:
                self._begin(_SAME.get(token.tag or "", token.tag or ""), token)
            elif token.type == turbohtml.TokenType.END_TAG:
                self._end(_SAME.get(token.tag or "", token.tag or ""))
        while self._open:
            self._close()
        return "".join(self._parts)

    def _text(self, text: str) -> None:
        if text.strip():
            self._paragraph_if_due()
        elif not self._open or self._open[-1] in _BLOCKS:
            # What kept the line of an old editor open, usually `&nbsp;`.
            text = "\n" if "\n" in text else " "
        self._parts.append(html.escape(text, quote=False))

    def _begin(self, tag: str, token: "turbohtml.Token") -> None:
        if tag in _CELLS:
            self._parts.append(" ")
        if tag not in ALLOWED_TAGS and tag not in _BLOCKS:
            return
        self._make_room(tag)
        if tag == "br":
            self._paragraph_if_due()
            self._parts.append("<br>")
        elif len(self._open) >= DEEPEST:
            self._passed_over += 1
        else:
            if tag not in _ENDS_PARAGRAPH:
                self._paragraph_if_due()
            self._push(tag, _attributes(token) if tag == "a" else "")

    def _end(self, tag: str) -> None:
        if tag not in self._open:
            return
        if self._passed_over:
            self._passed_over -= 1
            return
        while self._close() != tag:
            pass

    def _make_room(self, tag: str) -> None:
        """Close what cannot hold the element, as browsers do: a paragraph, a heading, an item, a link in a link."""
        if tag in _ENDS_PARAGRAPH:
            self._close_through({"p"}, up_to={"li", "blockquote", "ul", "ol"} | _BLOCKS)
        if tag in _HEADINGS:
            self._close_through(_HEADINGS, up_to={"li", "blockquote", "ul", "ol"})
        if tag == "li":
            self._close_through({"li"}, up_to={"ul", "ol"})
        if tag == "a":
            self._close_through({"a"}, up_to=set())

    def _close_through(self, tags: set[str] | frozenset[str], *, up_to: set[str] | frozenset[str]) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place] in tags:
                while len(self._open) > place:
                    self._close()
                return
            if self._open[place] in up_to:
                return

    def _paragraph_if_due(self) -> None:
        if self._open and self._open[-1] in _BLOCKS and len(self._open) < DEEPEST:
            self._push("p", "")

    def _push(self, tag: str, attributes: str) -> None:
        self._open.append(tag)
        self._parts.append("" if tag in _BLOCKS else f"<{tag}{attributes}>")

    def _close(self) -> str:
        tag = self._open.pop()
        if tag == "p" and self._parts[-1] == "<p>":
            self._parts.pop()
        elif tag not in _BLOCKS:
            self._parts.append(f"</{tag}>")
        return tag


def _attributes(token: "turbohtml.Token") -> str:
    kept = [(name, value or "") for name, value in token.attrs or () if name in LINK_ATTRIBUTES]
    return "".join(f' {name}="{html.escape(value)}"' for name, value in kept)
