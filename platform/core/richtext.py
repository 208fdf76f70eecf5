"""Long texts: as people type them into a plain field, as the editor above that field sends them, and back.

A blank line makes a paragraph, a dash at the start of a line a list. What a text has beyond that (bold words, headings,
links) is not shown in the plain field; it stays as long as nobody changes the text (`forms.base.changes_of`).
"""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from core.html import blocks_of, clean_html

_ITEM = re.compile(r"^\s*[-–•*]\s+(.*)$")
_PLAIN = frozenset({"p", "br", "ul", "li"})
_HEADINGS = frozenset({"h2", "h3", "h4"})
_BLOCKS = frozenset({"p", "ul", "ol", "blockquote"}) | _HEADINGS
_SPACE = r"(?:\s|&nbsp;|\u00a0|<br ?/?>)"
_EMPTY = re.compile(rf"<(p|h2|h3|h4|li)>{_SPACE}*</\1>")
_ITEM_TEXT = re.compile(r"<li><p>((?:(?!</?p>).)*)</p>(?=</li>|<ul>|<ol>)", re.DOTALL)
# What Word puts in front of an item of a list when it writes it as a paragraph.
_MARKED = re.compile(rf"<p>{_SPACE}*(?:[·•▪–§]|o(?=\u00a0|&nbsp;)){_SPACE}+((?:(?!</?p>).)*)</p>\s*", re.DOTALL)
_MARKED_LINES = re.compile(rf"(?:{_MARKED.pattern})+", re.DOTALL)


RICH = "data-html"
"""What a plain field with a bar of formats carries for that bar (components/rich_text.html)."""


def beside(name: str) -> str:
    """The field in which the bar of formats sends the markup of a field."""
    return f"{name}_html"


def written(sent: Mapping[str, Any], name: str, text: str) -> str:
    """The markup of a field: what the editor sent beside it, else what stands in the plain field."""
    markup = sent.get(beside(name))
    return to_html(text) if markup is None else from_editor(str(markup))


def shown(sent: Mapping[str, Any], name: str, kept: str) -> str:
    """The markup a page gives the editor: as it was sent, else as it is kept, where the plain field still says that."""
    markup = sent.get(beside(name))
    if markup is not None:
        return from_editor(str(markup))
    typed = str(sent.get(name) or "")
    return kept if to_html(typed) == to_html(to_text(kept)) else to_html(typed)


def from_editor(markup: str) -> str:
    """Markup of the editor, or pasted from anywhere, as we keep it: safe, without empty lines, lists as lists."""
    clean = _MARKED_LINES.sub(_as_list, _without_empty(clean_html(markup)))
    return _without_empty(_ITEM_TEXT.sub(r"<li>\1", clean)).strip()


def _without_empty(markup: str) -> str:
    while True:
        fewer = _EMPTY.sub("", markup)
        if fewer == markup:
            return markup
        markup = fewer


def _as_list(found: re.Match[str]) -> str:
    items = [line[1].strip() for line in _MARKED.finditer(found[0])]
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def to_html(text: str) -> str:
    """The markup of what somebody typed."""
    return "".join(_block(block.split("\n")) for block in re.split(r"\n[ \t]*\n+", _lines(text)) if block.strip())


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _block(lines: Iterable[str]) -> str:
    parts, words, items = list[str](), list[str](), list[str]()
    for line in lines:
        found = _ITEM.match(line)
        if found:
            parts += _paragraph(words)
            items.append(f"<li>{html.escape(found[1].strip(), quote=False)}</li>")
        elif line.strip():
            parts += _list(items)
            words.append(html.escape(line.strip(), quote=False))
    return "".join(parts + _paragraph(words) + _list(items))


def _paragraph(words: list[str]) -> list[str]:
    made = [f"<p>{'<br>'.join(words)}</p>"] if words else []
    words.clear()
    return made


def _list(items: list[str]) -> list[str]:
    made = [f"<ul>{''.join(items)}</ul>"] if items else []
    items.clear()
    return made


def to_text(markup: str) -> str:
    """The words of some markup as somebody would have typed them."""
    parts: list[str] = []
    for kind, what in blocks_of(markup):
        if kind == "text":
            parts.append(re.sub(r"\s+", " ", html.unescape(what) if "&" in what else what))
        elif what == "br":
            parts.append("\n")
        elif what == "li":
            parts.append("\n- " if kind == "begin" else "\n")
        elif what in _BLOCKS:
            parts.append("\n\n")
    lines = [line.strip() for line in "".join(parts).split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip())
    # Items follow each other without a gap.
    return re.sub(r"(?m)^(- .*)\n\n(?=- )", r"\1\n", text)


def holds_more(markup: str) -> bool:
    """Whether there are formats that the plain field cannot show."""
    return any(what not in _PLAIN for kind, what in blocks_of(markup) if kind == "begin")
