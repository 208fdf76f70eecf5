"""A block in one line, for the editor's list."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.html import plain_text
from portal.pages.shapes import Block, Shape, kind_of, parts_of

_LONGEST = 90


def summary_of(block: Block) -> str:
    """How it begins, and how many entries it has."""
    kind = kind_of(block)
    if kind is None or not block["data"]:
        return _("still empty")
    said = _first_words(block)
    number = len(block["data"].get("items", ()))
    if not kind.items or not number:
        return said
    counted = ngettext("%(number)d entry", "%(number)d entries", number) % {"number": number}
    return f"{counted} · {said}" if said else counted


def _first_words(block: Block) -> str:
    for _name, field, value in parts_of(block):
        if field.shape in {Shape.LINE, Shape.LINES}:
            return Truncator(value).chars(_LONGEST)
        if field.shape == Shape.MARKUP:
            return Truncator(plain_text(value)).chars(_LONGEST)
    return ""
