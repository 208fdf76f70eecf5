"""A report on its way: kept for its writer until it is sent or thrown away."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from tracker.tickets import pictures, services
from tracker.tickets.models import Draft, Ticket, Viewer
from tracker.tickets.models.tickets import MOST_TEXT, MOST_TITLE
from tracker.tickets.origins import area_of
from tracker.tickets.personal import findings, without

KEPT = timedelta(days=30)
MOST_DRAFTS = 20


def drafts_of(viewer: Viewer) -> QuerySet[Draft]:
    """Their own, the last one first."""
    return Draft.objects.filter(participant=viewer.participant, person=viewer.person or 0)


@transaction.atomic
def save(draft: Draft, *, by: Viewer, upload: "File[Any] | None" = None) -> Draft:
    """Keep what was written, and a picture that came along. ValidationError where the picture is none."""
    if draft.pk is None:
        if drafts_of(by).count() >= MOST_DRAFTS:
            raise ValidationError(_("You keep too many drafts. Please send or delete one first."))
        draft.participant, draft.person = by.participant, by.person or 0
    else:
        _fresh(draft)
    if upload is not None:
        file, width, height = pictures.cleaned(upload)
        _drop_file(draft)
        draft.picture, draft.width, draft.height, draft.parts = file, width, height, []
        draft.picture_name = str(upload.name or "")[-200:]
    draft.save()
    return draft


def _drop_file(draft: Draft) -> None:
    """Let its picture go once the transaction has ended."""
    if draft.picture:
        storage, name = draft.picture.storage, str(draft.picture.name)
        transaction.on_commit(lambda: storage.delete(name))


def _fresh(draft: Draft) -> None:
    """Hold the row and read anew what is blackened: of two clicks at once neither undoes the other's part. What was
    sent or deleted a moment ago does not come back: Http404."""
    draft.parts = get_object_or_404(Draft.objects.select_for_update(), pk=draft.pk).parts


@transaction.atomic
def blacken(draft: Draft, part: pictures.Part) -> None:
    """One more part."""
    _fresh(draft)
    if len(draft.parts) >= pictures.MOST_PARTS:
        raise ValidationError(_("There are too many blackened parts."))
    draft.parts = [*draft.parts, part.kept()]
    draft.save(update_fields=["parts", "changed_at"])


@transaction.atomic
def uncover(draft: Draft, number: int) -> None:
    """Undo a part, counted from 1."""
    _fresh(draft)
    draft.parts = [part for at, part in enumerate(draft.parts, 1) if at != number]
    draft.save(update_fields=["parts", "changed_at"])


@transaction.atomic
def remove_picture(draft: Draft) -> None:
    """Do without it."""
    _drop_file(draft)
    draft.picture, draft.picture_name, draft.width, draft.height, draft.parts = "", "", 0, 0, []
    draft.save()


def painted(draft: Draft) -> services.Picture | None:
    """Its picture as it would be sent."""
    if not draft.picture:
        return None
    with draft.picture.open("rb") as file:
        return pictures.painted(file, [pictures.Part.read(each) for each in draft.parts])


@transaction.atomic
def discard(draft: Draft) -> None:
    """Throw it away with its picture."""
    _drop_file(draft)
    draft.delete()


@transaction.atomic
def send(
    draft: Draft, *, by: Viewer, remove: Collection[str] = (), along: dict[str, str] | None = None
) -> Ticket | None:
    """Make it a ticket, without the findings whose texts are to be removed. None where a double click did so before."""
    row = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if row is None:
        return None
    texts = cleared(row, remove)
    ticket = services.report(by=by, kind=row.kind, area=area_of(row.page), context=along, picture=painted(row), **texts)
    discard(row)
    return ticket


def cleared(draft: Draft, remove: Collection[str]) -> dict[str, str]:
    """Its three texts without what is to be removed."""
    texts = {"title": draft.title, "happened": draft.happened, "expected": draft.expected}
    gone = [each for each in findings(*texts.values()) if each.text in remove]
    most = {"title": MOST_TITLE, "happened": MOST_TEXT, "expected": MOST_TEXT}
    return {key: without(text, gone)[: most[key]] for key, text in texts.items()}


def sweep(now: datetime) -> int:
    """Throw away what nobody went on with; how many that were."""
    old = list(Draft.objects.filter(changed_at__lt=now - KEPT))
    for draft in old:
        discard(draft)
    return len(old)
