"""Addresses that moved. They are kept flat: each leads straight to where it ends, so a reader is sent on once.

What leads in a ring is refused, and so is what nobody would ever reach, because a page of the portal answers there.
"""

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from audit.services import record
from core.addresses import answered
from core.text import clean_text
from portal.pages.models import Page, Redirect

LONGEST = 500
# What belongs to the service: an address below it would never be looked for.
_CLOSED = ("/redaktion", "/konto", "/auswertung", "/media", "/static", "/theme", "/api", "/healthz", "/readyz")
MOST_LINES = 5000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: what it says, and why it cannot be taken; `state` is new, changed, same or wrong."""

    number: int
    old: str
    new: str
    state: str
    problem: str = ""


def clean_path(written: str, host: str = "") -> str:
    """An address of ours as it is looked for: whole addresses of this host lose it, what browsers encode is decoded, no
    anchor. ValidationError where it is none."""
    text = clean_text(written).strip()
    parts = urlsplit(text)
    if parts.scheme or parts.netloc:
        if parts.scheme not in {"http", "https"} or (host and parts.hostname != host.partition(":")[0]):
            raise ValidationError(_("“%(text)s” is not an address of this portal.") % {"text": text[:80]})
        text = parts.path + (f"?{parts.query}" if parts.query else "")
    text = unquote(text.partition("#")[0])
    if not text.startswith("/") or text.startswith(("//", "/\\")) or any(sign in text for sign in " \t\n\r\\"):
        raise ValidationError(
            _("“%(text)s” is no address: please begin with / and use no blanks.") % {"text": text[:80]}
        )
    if len(text) > LONGEST:
        raise ValidationError(_("This address is too long: at most %(most)d letters.") % {"most": LONGEST})
    return text


def same_address(path: str) -> str:
    """An address without the slash at its end: with and without it are one."""
    return path.rstrip("/") or "/"


def check_old(path: str, slugs: Collection[str], taken: Collection[str]) -> None:
    """ValidationError where a page of the portal answers already. `slugs` are those of public pages, `taken` bare
    addresses of offers and the like."""
    bare = same_address(path.partition("?")[0])
    if bare == "/" or any(bare == each or bare.startswith(f"{each}/") for each in _CLOSED):
        raise ValidationError(_("“%(path)s” belongs to the portal itself and cannot lead elsewhere.") % {"path": path})
    if "?" in path:
        raise ValidationError(_("An old address ends before the question mark: what follows it is not looked at."))
    if bare.strip("/") in slugs or bare in taken:
        raise ValidationError(
            _("A public page stands at “%(path)s”. Please give it another address first.") % {"path": path}
        )
    try:
        match = resolve(f"{bare}/")
    except Resolver404:
        return
    if "<" not in match.route:
        raise ValidationError(
            _("A part of the portal stands at “%(path)s”: it cannot lead elsewhere.") % {"path": path}
        )


def end_of(path: str, known: Mapping[str, str]) -> str:
    """Where somebody sent to an address ends, by redirects that are known by their bare addresses."""
    seen: set[str] = set()
    while (bare := same_address(path)) in known:
        if bare in seen:
            raise ValidationError(_("These addresses would lead in a ring."))
        seen.add(bare)
        path = known[bare]
    return path


def _known(but: int | None = None) -> dict[str, str]:
    rows = Redirect.objects.exclude(pk=but) if but else Redirect.objects.all()
    return {same_address(old): new for old, new in rows.values_list("old_path", "new_path")}


def _slugs() -> set[str]:
    return set(Page.objects.public().values_list("slug", flat=True))


def _bare(written: str, host: str) -> str:
    """As it is looked for; empty where it is no address."""
    try:
        return same_address(clean_path(written, host))
    except ValidationError:
        return ""


@transaction.atomic
def save(row: Redirect, *, by: Any) -> Redirect:
    """Add or change one; those that led to its old address lead on. ValidationError, by field, where it cannot be."""
    known = _known(row.pk)
    bare = same_address(row.old_path)
    try:
        check_old(row.old_path, _slugs(), answered([bare]))
    except ValidationError as error:
        raise ValidationError({"old_path": error.messages}) from error
    if bare in known:
        there = _("There is a redirect from “%(path)s” already.") % {"path": row.old_path}
        raise ValidationError({"old_path": there})
    end = end_of(row.new_path, known)
    if same_address(end) == bare:
        raise ValidationError({"new_path": _ring(row.old_path, row.new_path)})
    row.new_path = end
    made = row.pk is None
    row.save()
    _lead_on(bare, end, but=row.pk)
    record("site.redirect_added" if made else "site.redirect_changed", row, by=by)
    return row


def _ring(old: str, new: str) -> str:
    return _("This would be a ring: “%(new)s” leads back to “%(old)s”.") % {"old": old, "new": new}


def _lead_on(bare: str, end: str, *, but: int) -> None:
    Redirect.objects.filter(new_path__in=[bare, f"{bare}/"]).exclude(pk=but).update(new_path=end)


@transaction.atomic
def delete(row: Redirect, *, by: Any) -> None:
    """Forget one."""
    record("site.redirect_deleted", row, by=by)
    row.delete()


def read_table(text: str) -> list[tuple[int, str, str]]:
    """Lines of a table: old and new address, divided by semicolon, tabulator or comma; a heading and empty lines are
    left out. ValidationError where there are too many."""
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise ValidationError(
            _("These are more than %(most)d lines. Please send them in parts.") % {"most": MOST_LINES}
        )
    sign = next((each for each in (";", "\t", ",") if each in (lines[0] if lines else "")), ";")
    found = []
    for number, row in enumerate(csv.reader(lines, delimiter=sign), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and not any(cell.startswith(("/", "http")) for cell in cells)):
            continue
        found.append((number, cells[0], cells[1] if len(cells) > 1 else ""))
    return found


def judge(rows: Iterable[tuple[int, str, str]], *, host: str) -> list[Line]:
    """What each line would do; nothing is written. A few statements, however many there are."""
    rows = list(rows)
    known, slugs = _known(), _slugs()
    taken = answered(_bare(written, host) for _number, written, _target in rows)
    wished: dict[str, str] = {}
    checked: list[tuple[int, str, str, str]] = []
    for number, written, target in rows:
        old, new, problem = written, target, ""
        try:
            old, new = clean_path(written, host), clean_path(target, host)
            check_old(old, slugs, taken)
        except ValidationError as error:
            problem = error.messages[0]
        if not problem and same_address(old) in wished:
            problem = _("This address stands in the table twice.")
        if not problem:
            wished[same_address(old)] = new
        checked.append((number, old, new, problem))
    together = {**known, **wished}
    return [_judged(each, known, together) for each in checked]


def _judged(line: tuple[int, str, str, str], known: Mapping[str, str], together: Mapping[str, str]) -> Line:
    number, old, new, problem = line
    if problem:
        return Line(number, old, new, "wrong", problem)
    try:
        end = end_of(new, together)
    except ValidationError:
        return Line(number, old, new, "wrong", _ring(old, new))
    before = known.get(same_address(old))
    if before is None:
        return Line(number, old, end, "new")
    return Line(number, old, end, "same" if before == end else "changed")


@transaction.atomic
def take(text: str, *, host: str, by: Any) -> tuple[int, int]:
    """Write what a table says, judged anew: how many are new, how many changed. Wrong lines are left out."""
    lines = [each for each in judge(read_table(text), host=host) if each.state in {"new", "changed"}]
    there = {same_address(row.old_path): row for row in Redirect.objects.select_for_update().order_by("pk")}
    new = [Redirect(old_path=each.old, new_path=each.new) for each in lines if each.state == "new"]
    changed = []
    for each in lines:
        if each.state == "changed":
            row = there[same_address(each.old)]
            row.new_path = each.new
            changed.append(row)
    ends = {same_address(each.old): each.new for each in lines}
    led = [row for row in there.values() if same_address(row.new_path) in ends and row not in changed]
    for row in led:
        row.new_path = ends[same_address(row.new_path)]
    Redirect.objects.bulk_create(new, batch_size=500)
    Redirect.objects.bulk_update([*changed, *led], ["new_path"], batch_size=500)
    if new or changed:
        about = (new or changed)[0]
        record("site.redirects_read", about, by=by, changes={"new": len(new), "changed": len(changed)})
    return len(new), len(changed)


def target_of(path: str) -> str | None:
    """Where an address that nothing answers at leads to; None where nobody said. One statement."""
    if "\x00" in path or len(path) > LONGEST:
        return None
    bare = same_address(path)
    found = dict(Redirect.objects.filter(old_path__in=[bare, f"{bare}/"]).values_list("old_path", "new_path"))
    target = found.get(path) or next(iter(found.values()), None)
    if target is None or target.startswith("//") or same_address(target) == bare:
        return None
    return quote(target, safe="/?&=%:+,;@!$'()*~-._#")
