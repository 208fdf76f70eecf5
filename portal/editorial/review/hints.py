"""What a careful colleague would notice before the decision. It never blocks."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.html import plain_text
from portal.differences.showing import Shown
from portal.offers.choices import Accessibility, CostKind
from portal.offers.snapshot.checking import CREDITED as OFFERS_CREDITED
from portal.providers.snapshot import CREDITED as PROFILES_CREDITED

# Bounded repetitions: whatever is written, each sign is looked at a few dozen times at most.
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w{2}")
_PHONE = re.compile(r"(?<![\d.,/])(?:\+\d{2}|0\d)[\d\s/()-]{5,20}\d(?![\d.,]\d)")
_TEXTS = ("summary", "description", "conditions")


@dataclass(frozen=True, slots=True)
class Hint:
    """`target` is the key whose difference it is about; `note` the sentence that stands there too."""

    icon: str
    text: str | Promise
    target: str
    note: str | Promise


def hints(kind: str, before: Mapping[str, Any], after: Mapping[str, Any], *, is_change: bool) -> list[Hint]:
    """Of a text (`after`), and of what is public now (`before`) where it changes that."""
    found = [
        *_credit(kind, before, after),
        *_in_text(before, after, is_change=is_change),
        *_access(before, after, is_change=is_change),
    ]
    return [*found, *_costs(before, after)] if is_change else found


def _credit(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Hint]:
    asked = OFFERS_CREDITED if kind == "offer" else PROFILES_CREDITED
    if any(each["kind"] in asked and not each["copyright"] for each in after["images"]):
        note = _("Without a credit the new picture does not go online, everything else does. The one of before stays.")
        fresh = _("Without a credit the picture does not go online, everything else does.")
        yield Hint("warning", _("Credit of the picture is missing"), "images", note if before["images"] else fresh)


def _in_text(before: Mapping[str, Any], after: Mapping[str, Any], *, is_change: bool) -> Iterable[Hint]:
    for name in _TEXTS:
        said = plain_text(str(after.get(name) or ""))
        if not said or (is_change and before.get(name) == after.get(name)):
            continue
        if _PHONE.search(said):
            note = _("There is a telephone number in the text. When it changes, it is easily forgotten there.")
            yield Hint("info", _("Telephone number in the text"), name, note)
        if _MAIL.search(said):
            note = _("There is an e-mail address in the text. It belongs into the field for it, safe from advertising.")
            yield Hint("info", _("E-mail address in the text"), name, note)


def _access(before: Mapping[str, Any], after: Mapping[str, Any], *, is_change: bool) -> Iterable[Hint]:
    if after.get("accessibility") != Accessibility.UNKNOWN or not after.get("locations"):
        return
    if not is_change or before["locations"] != after["locations"]:
        note = _("Nobody has said yet whether this place can be reached without steps.")
        yield Hint("info", _("Accessibility of the place unknown"), "locations", note)


def _costs(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Hint]:
    paid = (CostKind.AMOUNT, CostKind.TEXT)
    if before.get("cost_kind") == CostKind.FREE and after.get("cost_kind") in paid:
        yield Hint("info", _("It was free of charge"), "cost_kind", _("Until now it was free of charge."))


def notes_on(each: Shown, found: Iterable[Hint]) -> list[dict[str, str]]:
    """What stands below one difference."""
    return [{"icon": hint.icon, "text": str(hint.note)} for hint in found if hint.target in each.names]


def anchors(shown: Iterable[Shown], found: Iterable[Hint]) -> list[dict[str, str]]:
    """The hints as links to their differences; without a link where the field is not shown."""
    at = {name: each.name for each in shown for name in each.names}
    return [
        {
            "icon": hint.icon,
            "text": str(hint.text),
            "url": f"#feld-{at[hint.target]}" if hint.target in at else "",
        }
        for hint in found
    ]
