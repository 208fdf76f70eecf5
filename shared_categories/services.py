"""What the operator does with the catalogue. Everything changes the working copy alone until a release is issued."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from shared_categories.comparing import differences
from shared_categories.content import digest_of, faults, written
from shared_categories.models import PREFIXES, Entry, Kind, Mapping, Release
from shared_categories.signals import released
from shared_categories.values import Link, parsed

# Between two siblings, so that one can be put between them without all others moving: municipalities are asked about
# every entry that moves.
GAP = 100
CHANGEABLE = ("name", "definition", "icon", "color", "min_age", "max_age", "words", "text", "translations")


def wait_for_turn() -> None:
    """One change of the working copy at a time, and none while a release is made of it; until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('catalogue'))")


def _again(entry: Entry) -> Entry:
    """The entry as it is now that we are alone; ValidationError where it is gone since."""
    entry = Entry.objects.get(pk=entry.pk)
    if not entry.is_present:
        raise ValidationError(_("%(entry)s is removed already.") % {"entry": entry})
    return entry


@transaction.atomic
def create(kind: Kind, *, by: Any, parent: Entry | None = None, **values: Any) -> Entry:
    """Add an entry behind its siblings. `values` are those of CHANGEABLE. Its code was never given before."""
    wait_for_turn()
    if parent is not None:
        parent = _again(parent)
    entry = Entry(kind=kind, code=_next_code(kind), parent=parent, position=_last_position(kind, parent) + GAP)
    _fill(entry, values)
    entry.full_clean()
    entry.save(force_insert=True)
    record("catalogue.created", entry, by=by, changes={"name": [None, entry.name]})
    return entry


def _next_code(kind: Kind) -> str:
    codes = Entry.objects.filter(kind=kind).values_list("code", flat=True)
    last = max((int(code.partition("-")[2]) for code in codes), default=0)
    return f"{PREFIXES[kind]}-{last + 1:03}"


def _last_position(kind: str, parent: Entry | None) -> int:
    siblings = Entry.objects.present().filter(kind=kind, parent=parent)
    return siblings.aggregate(last=Max("position"))["last"] or 0


def _fill(entry: Entry, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Give the entry these values; returns what is other than before, as the audit log wants it."""
    changes = {}
    for name, value in values.items():
        if name not in CHANGEABLE:
            raise TypeError(f"{name} is not changed this way.")
        if getattr(entry, name) != value:
            changes[name] = [getattr(entry, name), value]
            setattr(entry, name, value)
    return changes


@transaction.atomic
def change(entry: Entry, *, by: Any, **values: Any) -> Entry:
    """Give an entry other values (those of CHANGEABLE). ValidationError where somebody changed it since it was read."""
    wait_for_turn()
    seen, entry = entry.changed_at, _again(entry)
    if entry.changed_at != seen:
        raise ValidationError(_("Somebody has changed this entry meanwhile. Please look at it again."))
    changes = _fill(entry, values)
    if changes:
        entry.full_clean()
        entry.save()
        record("catalogue.changed", entry, by=by, changes=changes)
    return entry


@transaction.atomic
def link(entry: Entry, links: Iterable[Link], *, by: Any) -> Entry:
    """Say where an entry has its like in public vocabularies; links that are not named go."""
    wait_for_turn()
    entry = _again(entry)
    before = {Link(each.vocabulary, each.code, each.relation): each for each in entry.mappings.all()}
    after = list(dict.fromkeys(links))
    Mapping.objects.filter(pk__in=[row.pk for each, row in before.items() if each not in after]).delete()
    for each in after:
        if each not in before:
            row = Mapping(entry=entry, vocabulary=each.vocabulary, code=each.code, relation=each.relation)
            row.full_clean()
            row.save()
    if set(before) != set(after):
        entry.save(update_fields=["changed_at"])
        told = [sorted(f"{each.vocabulary}:{each.code}" for each in side) for side in (before, after)]
        record("catalogue.linked", entry, by=by, changes={"mappings": told})
    return entry


@transaction.atomic
def move(entry: Entry, *, parent: Entry | None, behind: Entry | None, by: Any) -> Entry:
    """Put an entry below another (or at the top) and behind one of those there; `behind` None: as the first."""
    wait_for_turn()
    entry = _again(entry)
    parent = _again(parent) if parent is not None else None
    if parent is not None:
        _may_stand_below(entry, parent)
    before = [entry.parent.code if entry.parent else "", entry.position]
    entry.parent = parent
    entry.position = _place(entry, behind)
    entry.full_clean()
    entry.save()
    after = [parent.code if parent else "", entry.position]
    if before != after:
        record("catalogue.moved", entry, by=by, changes={"place": [before, after]})
    return entry


def _may_stand_below(entry: Entry, parent: Entry) -> None:
    if entry.kind != Kind.CATEGORY or parent.kind != Kind.CATEGORY:
        raise ValidationError(_("Only categories stand below one another."))
    if entry in _trail(parent):
        raise ValidationError(_("%(entry)s cannot stand below itself.") % {"entry": entry})


def _trail(entry: Entry) -> list[Entry]:
    """The entry and all above it."""
    trail = [entry]
    while trail[-1].parent is not None:
        trail.append(trail[-1].parent)
    return trail


def _place(entry: Entry, behind: Entry | None) -> int:
    """A position behind one of the siblings; where there is no room left, the ones after it make some."""
    siblings = list(Entry.objects.present().filter(kind=entry.kind, parent=entry.parent).exclude(pk=entry.pk))
    if behind is not None and behind not in siblings:
        raise ValidationError(_("%(entry)s does not stand there any more.") % {"entry": behind})
    index = siblings.index(behind) + 1 if behind is not None else 0
    low = siblings[index - 1].position if index else 0
    if index == len(siblings):
        return low + GAP
    if siblings[index].position - low < 2:
        for number, sibling in enumerate(siblings[index:], start=2):
            if sibling.position < low + number * GAP:
                sibling.position = low + number * GAP
                sibling.save(update_fields=["position", "changed_at"])
    return low + (siblings[index].position - low) // 2


@transaction.atomic
def remove(entry: Entry, *, by: Any) -> Entry:
    """Take an entry out of the catalogue with the next release. What municipalities adopted stays theirs.

    ValidationError while something stands below it.
    """
    wait_for_turn()
    entry = _again(entry)
    below = entry.children.present().first()
    if below is not None:
        raise ValidationError(
            _("%(below)s stands below %(entry)s. Please move or remove it first.") % {"below": below, "entry": entry}
        )
    entry.removed_at = timezone.now()
    entry.save()
    record("catalogue.removed", entry, by=by)
    return entry


@transaction.atomic
def restore(entry: Entry, *, by: Any) -> Entry:
    """Take back that an entry was removed or merged; it stands behind those that are where it was, or at the top."""
    wait_for_turn()
    entry = Entry.objects.get(pk=entry.pk)
    if entry.is_present:
        return entry
    if entry.parent is not None and not entry.parent.is_present:
        entry.parent = None
    entry.removed_at, entry.replaced_by = None, None
    entry.position = _last_position(entry.kind, entry.parent) + GAP
    entry.full_clean()
    entry.save()
    record("catalogue.restored", entry, by=by)
    return entry


@transaction.atomic
def merge(entry: Entry, *, into: Entry, by: Any) -> Entry:
    """Two entries become one: what stands below the first moves below the other; what was merged into it before too.

    Returns the one that stays. ValidationError for two kinds, for an entry and one below it, for one that is gone.
    """
    wait_for_turn()
    entry, into = _again(entry), _again(into)
    if entry.kind != into.kind:
        raise ValidationError(_("Only entries of one kind can be merged."))
    if entry in _trail(into):
        raise ValidationError(
            _("%(into)s is %(entry)s itself or stands below it. Please move it first.") % {"into": into, "entry": entry}
        )
    for child in entry.children.present():
        child.parent = into
        child.position = _last_position(into.kind, into) + GAP
        child.full_clean()
        child.save()
    entry.replaced.update(replaced_by=into)
    entry.removed_at, entry.replaced_by = timezone.now(), into
    entry.save()
    record("catalogue.merged", entry, by=by, changes={"into": [None, into.code]})
    return into


@transaction.atomic
def issue_release(note: str, *, by: Any) -> Release:
    """Issue the working copy as it is. Nothing changes for a municipality until it takes the differences.

    Waits for a change or another release that is just being made. ValidationError where nothing is new since the last.
    """
    wait_for_turn()
    content = written()
    values = parsed(content)
    if bad := faults(values):
        raise ValidationError(_("These entries are not in order: %(codes)s.") % {"codes": ", ".join(bad)})
    last = Release.objects.order_by("number").last()
    if not differences(parsed(last.content) if last else {}, values):
        raise ValidationError(_("There is nothing new to issue."))
    fresh = Release(
        number=last.number + 1 if last else 1,
        note=note,
        by=str(getattr(by, "email", "") or by),
        content=content,
        digest=digest_of(content),
    )
    fresh.full_clean()
    fresh.save(force_insert=True)
    record("catalogue.released", fresh, by=by, changes={"number": [last.number if last else None, fresh.number]})
    released.send(Release, number=fresh.number)
    return fresh
