"""What editors do with the start page. Everything is one transaction and one line in the audit log."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from audit.services import record
from core import positions
from portal.start.models import Entry, Kind, Section
from theming.images import fitted

# As large as the widest tile at double density; a page full of them loads lazily.
TILE_WIDTH, TILE_HEIGHT, TILE_BYTES = 720, 480, 40_000
Row = TypeVar("Row", Section, Entry)


def save_section(section: Section, *, by: Any) -> Section:
    """Add or change a section; a new one goes to the end, hidden until the editors show it."""
    return _save(section, Section.objects.all(), by=by)


@transaction.atomic
def bring_in_news(*, by: Any) -> None:
    """News are shown behind the topics, unless the page has a section for them already."""
    locked = Section.objects.select_for_update().order_by("pk")
    sections = sorted(locked, key=lambda each: (each.position, each.pk))
    if any(section.kind == Kind.NEWS for section in sections):
        return
    place = next((each.position + 1 for each in sections if each.kind == Kind.TOPICS), 1)
    Section.objects.filter(position__gte=place).update(position=models.F("position") + 1)
    record("start.added", Section.objects.create(kind=Kind.NEWS, visible=True, position=place), by=by)


def save_entry(entry: Entry, *, by: Any) -> Entry:
    """Add or change an entry; a new picture is made small first. ValidationError says when it is none."""
    if entry.image and not getattr(entry.image, "_committed", True):
        try:
            entry.image = fitted(
                entry.image, name="kachel", width=TILE_WIDTH, height=TILE_HEIGHT, most_bytes=TILE_BYTES
            )
        except ValidationError as error:
            raise ValidationError({"image": error.messages}) from error
    return _save(entry, Entry.objects.filter(section=entry.section_id), by=by)


def _save(row: Row, among: models.QuerySet[Row], *, by: Any) -> Row:
    with transaction.atomic():
        is_new = row.pk is None
        if is_new:
            last = among.aggregate(last=models.Max("position"))["last"]
            row.position = 0 if last is None else last + 1
        row.save()
        record("start.added" if is_new else "start.changed", row, by=by)
    return row


def show_section(section: Section, *, visible: bool, by: Any) -> None:
    """Show or hide a section."""
    with transaction.atomic():
        locked = Section.objects.select_for_update().get(pk=section.pk)
        locked.visible = visible
        locked.save(update_fields=["visible"])
        record("start.shown" if visible else "start.hidden", locked, by=by)


def move(row: Row, among: models.QuerySet[Row], *, steps: int, by: Any) -> None:
    """Move a row up (-1) or down (1) among its like."""
    with transaction.atomic():
        places = positions.move(row, among, steps=steps)
        if places is not None:
            record("start.moved", row, by=by, changes={"position": list(places)})


def delete(row: Section | Entry, *, by: Any) -> None:
    """Delete a section with its entries, or an entry."""
    with transaction.atomic():
        record("start.deleted", row, by=by)
        row.delete()
