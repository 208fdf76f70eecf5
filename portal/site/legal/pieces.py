"""From answers to simple markup. Everything an editor wrote is escaped; German, because it is content."""

from collections.abc import Mapping
from html import escape

from core.phones import phone_uri

Answers = Mapping[str, str]


def said(answers: Answers, name: str) -> str:
    """An answer, safe to stand in markup; a gap says that it is one."""
    value = answers.get(name, "").strip()
    return escape(value) if value else "<strong>[fehlt noch]</strong>"


def lines(*parts: str) -> str:
    """A paragraph of lines; those that are empty are left out."""
    kept = [each for each in parts if each]
    return f"<p>{'<br>'.join(kept)}</p>" if kept else ""


def paragraphs(text: str) -> str:
    """What an editor wrote in a large field: an empty line makes a paragraph."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{'<br>'.join(escape(line) for line in block.splitlines())}</p>" for block in blocks if block)


def heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def mail(answers: Answers, name: str = "email") -> str:
    """An address as a link."""
    value = answers.get(name, "").strip()
    return f'<a href="mailto:{escape(value)}">{escape(value)}</a>' if value else said(answers, name)


def phone(answers: Answers, name: str = "phone") -> str:
    """A number as a link where it is one; nothing where there is none."""
    value = answers.get(name, "").strip()
    uri = phone_uri(value) if value else ""
    return f'<a href="{escape(uri)}">{escape(value)}</a>' if uri else escape(value)


def link(url: str) -> str:
    return f'<a href="{escape(url)}">{escape(url)}</a>'


def labelled(label: str, value: str) -> str:
    """`Telefon: …`, or nothing."""
    return f"{label}: {value}" if value else ""


def address(answers: Answers) -> str:
    """Name, street and town."""
    return lines(said(answers, "body"), said(answers, "street"), f"{said(answers, 'postcode')} {said(answers, 'city')}")


def bullets(*items: str) -> str:
    return f"<ul>{''.join(f'<li>{each}</li>' for each in items)}</ul>"
