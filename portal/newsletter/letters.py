"""The mails of the newsletter: an issue as text and HTML, and what is written to readers about their reading."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.richtext import to_text
from mail.rendering import Letter
from mail.services import Addressed, post_kind
from mail.wording import worded
from portal.newsletter.models import Issue, Newsletter, Reader
from portal.newsletter.showing import Entry, Section, sections
from portal.newsletter.tokens import confirm_token, manage_token
from portal.subscriptions.links import one_click
from tenants.urls import own_address

ISSUE = "newsletter_issue"
CONFIRM = "newsletter_confirm"
_STOP = "abmelden/"
# Leads to the page that says: this link is no longer valid.
_SAMPLE = "muster"
_RELATIVE = re.compile(r'href="/(?!/)')


def _manage_address(reader: Reader, base: str) -> str:
    return f"{base}/newsletter/abo/{manage_token(reader)}/"


def _base() -> str:
    return own_address().rstrip("/")


def _values(newsletter: Newsletter, base: str, manage: str) -> dict[str, Any]:
    return {
        "newsletter": newsletter.name,
        "newsletter_link": base + newsletter.get_absolute_url(),
        "description": newsletter.description,
        "manage_link": manage,
    }


def _post(kind: str, reader: Reader, **more: str) -> None:
    base = _base()
    values = {**_values(reader.newsletter, base, _manage_address(reader, base)), **more}
    post_kind(kind, to=reader.email, values=values, language=reader.language)


def _confirm_address(reader: Reader, base: str) -> str:
    return f"{base}/newsletter/bestaetigen/{confirm_token(reader)}/"


def ask_to_confirm(reader: Reader) -> None:
    """The first mail: it says what was asked for and nothing else."""
    _post(CONFIRM, reader, link=_confirm_address(reader, _base()))


def asking(readers: Sequence[Reader]) -> list[Addressed]:
    """The same for many readers of one newsletter: worded once a language."""
    base = _base()
    made: dict[str, tuple[Letter, str]] = {}
    found = []
    for reader in readers:
        if reader.language not in made:
            mark = f"{base}/newsletter/bestaetigen/{uuid4().hex}/"
            values = {**_values(reader.newsletter, base, ""), "link": mark}
            made[reader.language] = worded(CONFIRM, values, language=reader.language), mark
        letter, mark = made[reader.language]
        found.append(Addressed(reader.email, _filled(letter, {mark: _confirm_address(reader, base)}), reader.language))
    return found


def _filled(letter: Letter, addresses: Mapping[str, str]) -> Letter:
    """With addresses in the place of marks, which stand in it as they are: no editor can have written them."""
    text, page = letter.text, letter.html
    for mark, address in addresses.items():
        text, page = text.replace(mark, address), page.replace(mark, html.escape(address))
    return Letter(letter.subject, text, page)


def say_it_exists(reader: Reader) -> None:
    """Somebody asked for what they have already: the way to end it."""
    _post("newsletter_exists", reader)


def say_admitted(reader: Reader) -> None:
    """The editors admitted somebody who had asked."""
    _post("newsletter_admitted", reader)


def say_refused(reader: Reader) -> None:
    """The editors did not."""
    _post("newsletter_refused", reader)


def _paragraph(entry: Entry, base: str) -> SafeString:
    title = format_html('<a href="{}">{}</a>', base + entry.path, entry.title) if entry.path else entry.title
    lines = [format_html("<strong>{}</strong>", title), entry.about, entry.provider]
    if entry.item.note:
        lines.append(format_html("<em>{}</em>", entry.item.note))
    return format_html("<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines if line)))


def _as_html(issue: Issue, found: Sequence[Section], base: str) -> str:
    parts: list[str] = [_words_as_html(issue.preface, base)]
    for section in found:
        parts.append(format_html("<h2>{}</h2>", section.label))
        for topic, entries in section.groups:
            parts += [format_html("<h3>{}</h3>", topic)] if topic else []
            parts += [_paragraph(each, base) for each in entries]
    return "".join([*parts, _words_as_html(issue.closing, base)])


def _words_as_html(markup: str, base: str) -> str:
    """What editors wrote (sanitized when it was saved); links into the portal lead there from a mail too."""
    return _RELATIVE.sub(f'href="{base}/', markup)


def _as_text(issue: Issue, found: Sequence[Section], base: str) -> str:
    blocks = [to_text(issue.preface)]
    for section in found:
        blocks.append(f"{str(section.label).upper()}\n{'-' * len(str(section.label))}")
        for topic, entries in section.groups:
            blocks += [f"{topic}:"] if topic else []
            blocks += [_lines(each, base) for each in entries]
    return "\n\n".join(block for block in [*blocks, to_text(issue.closing)] if block)


def _lines(entry: Entry, base: str) -> str:
    address = base + entry.path if entry.path else ""
    return "\n".join(line for line in (entry.title, entry.about, entry.provider, entry.item.note, address) if line)


@dataclass(frozen=True, slots=True)
class Template:
    """An issue in one language, ready but for the reader's own links: `stop` and `manage` stand in their place."""

    letter: Letter
    base: str
    stop: str
    manage: str
    list_id: str

    def for_reader(self, manage: str) -> Letter:
        """With the links of one reader."""
        return _filled(self.letter, {self.stop: f"{manage}{_STOP}", self.manage: manage})


def template(issue: Issue, newsletter: Newsletter, language: str) -> Template:
    """The issue, with the words of its kind of mail below it. Made once for all readers of a language."""
    base = _base()
    # They look like addresses, so that they become links.
    stop, manage = (f"{base}/newsletter/abo/{uuid4().hex}/{word}/" for word in ("stop", "manage"))
    archive = base + issue.get_absolute_url() if newsletter.archived else ""
    values = {
        "title": issue.title,
        "newsletter": newsletter.name,
        "archive_link": archive,
        "stop_link": stop,
        "manage_link": manage,
    }
    below = worded(ISSUE, values, language=language)
    with translation.override(language):
        found = sections(issue, by_topic=newsletter.by_topic)
        text = f"{_as_text(issue, found, base)}\n\n---\n{below.text}"
        named = _named(below.html, {stop: _("Stop it"), archive: issue.title})
        page = f"{_as_html(issue, found, base)}<hr>{named}"
    host = urlsplit(base).hostname or "localhost"
    return Template(Letter(below.subject, text, page), base, stop, manage, f"<{newsletter.slug}.newsletter.{host}>")


def _named(page: str, labels: Mapping[str, str]) -> str:
    """Links say where they lead instead of showing an address of three lines."""
    for address, label in labels.items():
        page = page.replace(f">{html.escape(address)}</a>", f">{html.escape(label)}</a>") if address else page
    return page


def addressed(reader: Reader, made: Template) -> Addressed:
    """An issue for one reader, with the header lines of a mailing list (RFC 2369, 2919, 8058)."""
    manage = _manage_address(reader, made.base)
    headers = {**one_click(f"{manage}{_STOP}"), "List-Id": made.list_id, "Precedence": "bulk"}
    return Addressed(reader.email, made.for_reader(manage), reader.language, headers)


def sample(issue: Issue, language: str) -> Letter:
    """The issue as a reader would get it, its links leading nowhere: for looking and trying."""
    made = template(issue, issue.newsletter, language)
    return made.for_reader(f"{made.base}/newsletter/abo/{_SAMPLE}/")


def marked(letter: Letter) -> Letter:
    """As a test is sent."""
    return Letter(_("[Test] %(subject)s") % {"subject": letter.subject}, letter.text, letter.html)
