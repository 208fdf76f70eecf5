"""A list of differences as the component `components/difference.html` draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.differences.coming import coming_lines
from portal.differences.groups import grouped
from portal.differences.places import PinMap, distance_in_words, moved_by, pin_map, spots
from portal.differences.shots import Files, Shot, files_of, shots
from portal.differences.sides import NOTHING, Block, Pair, folded, printed, whole, words_changed
from portal.revisions.kinds import Difference, Kind
from portal.revisions.models import Revision
from portal.revisions.wording import compare_lines, compare_text

LISTS = frozenset({"list", "dates", "places", "hours"})


@dataclass(frozen=True, slots=True)
class Side:
    """What one version says. `below`: a line in small print, safe HTML."""

    blocks: tuple[Block, ...]
    pictures: tuple[Shot, ...] = ()
    below: SafeString = NOTHING


@dataclass(frozen=True, slots=True)
class Shown:
    """One field, before and after. `badge` says in a few words what happened; `fresh`: there was nothing before, so
    only the new side is drawn; `names` are the keys of the text it is about."""

    name: str
    label: str
    badge: str
    old: Side
    new: Side
    map: PinMap | None = None
    too_long: bool = False
    fresh: bool = False
    names: frozenset[str] = frozenset()


def shown(
    differences: Sequence[Difference],
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    *,
    fresh: bool = False,
) -> list[Shown]:
    """Everything for the component. `before` and `after` are the contents, for map, pictures and next dates; `fresh`:
    nobody has seen any of it yet. Two statements at most (pictures, holidays), however many fields there are."""
    old, new = before or {}, after or {}
    files = files_of(differences)
    return [_shown(each, keys, old, new, files, fresh=fresh) for each, keys in grouped(differences, old, new)]


def shown_change(kind: Kind, revision: Revision, row: Any) -> list[Shown]:
    """What an open text would change in the row as it is now."""
    before, after = kind.take(row), kind.content_of(revision)
    return shown(kind.differences(before, after), before, after)


def _shown(
    each: Difference,
    names: frozenset[str],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    files: Files,
    *,
    fresh: bool,
) -> Shown:
    label = capfirst(each.label)
    if each.kind == "images":
        before, after = shots(each, old, new, files)
        badge = "" if fresh else _pictures_changed(before, after)
        return Shown(each.name, label, badge, Side((), before), Side((), after), fresh=fresh, names=names)
    pair, badge = _text(each)
    below = coming_lines(old, new) if each.kind == "dates" else (NOTHING, NOTHING)
    if fresh:
        pair, badge = Pair((), _unmarked(each)), ""
        below = (NOTHING, coming_lines(new, new)[1] if each.kind == "dates" else NOTHING)
    here = (spots(old), spots(new)) if each.kind == "places" else ([], [])
    far = None if fresh else moved_by(*here)
    return Shown(
        each.name, label, badge if far is None else distance_in_words(far),
        Side(pair.old, below=below[0]), Side(pair.new, below=below[1]),
        map=None if each.kind != "places" else pin_map([] if fresh else here[0], here[1]),
        too_long=each.too_long and not fresh, fresh=fresh, names=names,
    )  # fmt: skip


def _text(each: Difference) -> tuple[Pair, str]:
    """Both sides with their marks; in full where they were too long to compare."""
    pieces = each.pieces
    if not pieces and each.kind in LISTS:
        pieces = compare_lines(each.old, each.new)
    elif not pieces and each.kind == "text" and not each.too_long:
        pieces = compare_text("\n".join(each.old), "\n".join(each.new))
    if not pieces:
        mark = ("", "") if each.too_long else ("del", "ins")
        return Pair(whole(each.old, mark[0]), whole(each.new, mark[1])), _turned(each)
    if each.kind in LISTS:
        return folded(pieces), _turned(each)
    return folded(pieces), _words(each, *words_changed(pieces))


def _unmarked(each: Difference) -> tuple[Block, ...]:
    """What somebody says for the first time, without marks."""
    if each.pieces:
        said = (piece.html.replace("<ins>", "").replace("</ins>", "") for piece in each.pieces)
        return tuple(Block(printed(markup)) for markup in said if markup)
    return whole(each.new)


def _words(each: Difference, new: int, gone: int) -> str:
    if each.too_long:
        return ""
    said = [
        ngettext("%(number)d word new", "%(number)d words new", new) % {"number": new} if new else "",
        ngettext("%(number)d gone", "%(number)d gone", gone) % {"number": gone} if gone else "",
    ]
    return ", ".join(part for part in said if part) or _("only formatting")


def _turned(each: Difference) -> str:
    if not each.old:
        return _("was empty")
    if not each.new:
        return _("is empty now")
    new, gone = len(set(each.new) - set(each.old)), len(set(each.old) - set(each.new))
    if new == gone or each.kind not in LISTS:
        return _("changed")
    if new and gone:
        return _("%(new)d new, %(gone)d gone") % {"new": new, "gone": gone}
    only_new = _("%(number)d new") % {"number": new}
    return only_new if new else pgettext("lines", "%(number)d gone") % {"number": gone}


def _pictures_changed(before: Sequence[Shot], after: Sequence[Shot]) -> str:
    if not before:
        return pgettext("a picture", "new")
    if not after:
        return _("taken away")
    return (
        _("replaced") if {each.url for each in before} != {each.url for each in after} else _("description or credit")
    )
