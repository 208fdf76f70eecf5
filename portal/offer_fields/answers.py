"""The answers of one offer: `{"12": "text", "13": [4, 7], "14": true}`, by the ids of details and of their answers.

No key, no answer. JSON, so that an offer's text stays one value.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from portal.offer_fields.models import Kind
from portal.offer_fields.reading import Extra, OfferFields
from portal.revisions.scalars import ids, number, words

Answers = dict[str, Any]
LONGEST = 500


def canonical(given: Any) -> Answers:
    """The same answers in one spelling, whatever is given; asks no database."""
    if not isinstance(given, Mapping):
        return {}
    found = {str(pk): _clean(value) for key, value in given.items() if (pk := number(key)) is not None}
    return {key: found[key] for key in sorted(found, key=int) if found[key] not in ("", [], None)}


def _clean(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, list | tuple):
        return ids(value)
    return words(value) if isinstance(value, str) else None


def known(answers: Answers, fields: OfferFields) -> tuple[Answers, bool]:
    """Those to details that exist, and whether some were left out."""
    by_key = fields.by_key
    kept = {}
    for key, value in answers.items():
        fitting = _fitting(by_key[key], value) if key in by_key else None
        if fitting not in ("", [], None):
            kept[key] = fitting
    return kept, kept != answers


def _fitting(extra: Extra, value: Any) -> Any:
    """The answer, as far as it is one to this question."""
    if extra.kind == Kind.YES_NO:
        return value if isinstance(value, bool) else None
    if extra.kind == Kind.TEXT:
        return value if isinstance(value, str) else None
    if not isinstance(value, list):
        return None
    there = [each for each in value if extra.named(each)]
    return there if extra.several else there[:1]


def too_long(answers: Answers, fields: OfferFields) -> list[str]:
    """A sentence for each text that is too long."""
    return [
        _("Please shorten “%(name)s” to %(most)d characters.") % {"name": extra.name, "most": LONGEST}
        for extra in fields.extras
        if isinstance(said := answers.get(extra.key), str) and len(said) > LONGEST
    ]


def in_words(extra: Extra, value: Any) -> str:
    """An answer as people read it; empty where there is none."""
    if value is None:
        return ""
    if extra.kind == Kind.YES_NO:
        return _("yes") if value else _("no")
    if extra.kind == Kind.CHOICE:
        order = [each.pk for each in extra.choices]
        chosen = value if isinstance(value, list) else []
        return ", ".join(extra.named(pk) for pk in order if pk in chosen)
    return str(value)


def tokens(answers: Answers) -> list[str]:
    """The answers a search may filter by, as they stand in its address: `13-4`, `14-ja`."""
    found = []
    for key, value in answers.items():
        if isinstance(value, bool):
            found.append(f"{key}-{'ja' if value else 'nein'}")
        elif isinstance(value, list):
            found += [f"{key}-{pk}" for pk in value]
    return found
