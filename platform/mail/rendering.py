"""From a text with placeholders to a mail's subject, plain text and HTML.

Values are filled in and never looked into: braces or markup in a provider's name stay what they are. The HTML is
plain paragraphs, links and buttons without any style; the look comes when the mail leaves (`mail.layout`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import escape

from mail.kinds import PLACEHOLDER, Kind

LONGEST_SUBJECT = 200
_LINK = re.compile(r"https?://[^\s<>\"]+")
# Signs that end a sentence rather than an address.
_NOT_OF_THE_LINK = ".,;:!?)]}'“”»›…"
_RULE = re.compile(r"[-–—_=*]{3,}\Z")


@dataclass(frozen=True, slots=True)
class Letter:
    """A worded mail."""

    subject: str
    text: str
    html: str


def letter(kind: Kind, subject: str, body: str, values: Mapping[str, str]) -> Letter:
    """Fill a text of this kind. Placeholders nobody fills stay as they are, so they are noticed."""
    lines = _kept_lines(kind, body, values)
    return Letter(_one_line(_filled(subject, values)), _plain(lines, values), "".join(_html(kind, lines, values)))


def _one_line(text: str) -> str:
    """A subject: without a line break no header line can be smuggled in."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_SUBJECT else words[: LONGEST_SUBJECT - 1].rstrip() + "…"


def _filled(text: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def _kept_lines(kind: Kind, body: str, values: Mapping[str, str]) -> list[str]:
    """Without lines that name something that is not there this time, and without the gap they would leave."""
    missing = {name for name, each in kind.placeholders.items() if each.sometimes and not values.get(name, "").strip()}
    kept: list[str] = []
    for line in body.strip().splitlines():
        if missing.intersection(PLACEHOLDER.findall(line)):
            continue
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line.rstrip())
    return kept


def _plain(lines: list[str], values: Mapping[str, str]) -> str:
    return "\n".join(_filled(line, values).rstrip() for line in lines).strip() + "\n"


def _html(kind: Kind, lines: list[str], values: Mapping[str, str]) -> Iterator[str]:
    waiting: list[str] = []
    for line in lines:
        button = _button(kind, line, values)
        if button:
            yield from _paragraphs("\n".join(waiting))
            waiting = []
            yield button
        else:
            waiting.append(_filled(line, values))
    yield from _paragraphs("\n".join(waiting))


def _button(kind: Kind, line: str, values: Mapping[str, str]) -> str:
    """A link alone on its line, as a button with its address below: who is careful reads where it leads."""
    found = PLACEHOLDER.fullmatch(line.strip())
    known = kind.placeholders.get(found[1]) if found else None
    if found is None or known is None or not known.button:
        return ""
    address = values.get(found[1], "").strip()
    if not _LINK.fullmatch(address):
        return ""
    href = escape(address)
    label = escape(str(known.button))
    return f'<p class="go"><a class="button" href="{href}">{label}</a></p><p class="address">{_linked(address)}</p>'


def _paragraphs(text: str) -> Iterator[str]:
    for block in re.split(r"\n[^\S\n]*\n\s*", text.strip("\n")):
        if block.strip():
            yield from _block(block)


def _block(block: str) -> Iterator[str]:
    """Lines of dashes part what stands above from what stands below."""
    lines: list[str] = []
    for line in block.splitlines():
        if _RULE.match(line.strip()):
            yield from _lines(lines)
            lines = []
            yield "<hr>"
        else:
            lines.append(line)
    yield from _lines(lines)


def _lines(lines: list[str]) -> Iterator[str]:
    if lines:
        yield "<p>" + "<br>".join(_linked(line.strip()) for line in lines) + "</p>"


def _linked(line: str) -> str:
    """Escaped, its addresses as links."""
    parts: list[str] = []
    end = 0
    for found in _LINK.finditer(line):
        address = found[0].rstrip(_NOT_OF_THE_LINK)
        parts.append(escape(line[end : found.start()]))
        parts.append(f'<a href="{escape(address)}">{escape(address)}</a>')
        end = found.start() + len(address)
    return "".join([*parts, escape(line[end:])])
