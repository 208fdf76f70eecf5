"""Good examples: their texts, files, and who does it that way too."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from tracker.forum import files, words
from tracker.forum.models import Block, Example, ExampleFile, Use
from tracker.forum.models.examples import MOST_BLOCKS, MOST_FILES
from tracker.forum.services.talking import must_be_theirs
from tracker.tickets.models import Viewer


@transaction.atomic
def save_example(
    example: Example,
    *,
    blocks: Sequence[tuple[str, str]],
    uploads: Sequence["File[Any]"] = (),
    dropped: Iterable[int] = (),
    by: Viewer,
) -> Example:
    """Write a new example, or change one of one's own: its texts as given, some files more and some less.

    ValidationError for a file that cannot be taken, or too many; then nothing was changed.
    """
    made = example.pk is None
    now = timezone.now()
    if made:
        example.created_at, example.participant, example.person = now, by.participant, by.person
    else:
        # Two who change the files of one at once wait for each other: the number holds.
        must_be_theirs(Example.objects.select_for_update().get(pk=example.pk), by)
    example.changed_at = now
    names = [files.check(each) for each in uploads]
    example.save()
    _write_blocks(example, blocks)
    _drop(ExampleFile.objects.filter(example=example, pk__in=list(dropped)))
    if example.files.count() + len(names) > MOST_FILES:
        raise ValidationError(_("An example may have %(most)d files.") % {"most": MOST_FILES})
    _store(example, zip(names, uploads, strict=True))
    words.index_example(example)
    record("forum.written" if made else "forum.changed", example, by=by.user)
    return example


def _write_blocks(example: Example, blocks: Sequence[tuple[str, str]]) -> None:
    """In the order given; a text keeps its number as long as it keeps its place, so that its address stays."""
    kept = list(example.blocks.all())
    for place, (title, text) in enumerate(blocks[:MOST_BLOCKS]):
        block = kept[place] if place < len(kept) else Block(example=example)
        block.title, block.text, block.position = title, text, place
        block.save()
    for block in kept[len(blocks) :]:
        block.delete()


def _store(example: Example, given: Iterable[tuple[str, "File[Any]"]]) -> None:
    """A file whose transaction fails is taken away again."""
    stored: list[ExampleFile] = []
    try:
        for name, upload in given:
            upload.seek(0)
            row = ExampleFile(example=example, name=name, size=upload.size)
            row.file.save(name, upload, save=False)
            stored.append(row)
            row.save()
    except BaseException:
        for row in stored:
            row.file.storage.delete(str(row.file.name))
        raise


def _drop(rows: Iterable[ExampleFile]) -> None:
    for row in list(rows):
        name, storage = str(row.file.name), row.file.storage
        row.delete()
        transaction.on_commit(lambda name=name, storage=storage: storage.delete(name))  # type: ignore[misc]


@transaction.atomic
def remove_example(example: Example, *, by: Viewer) -> None:
    """Take an example back, with its files."""
    must_be_theirs(example, by)
    record("forum.removed", example, by=by.user)
    discard(example)


def discard(example: Example) -> None:
    """It and its files are gone."""
    _drop(example.files.all())
    example.delete()


@transaction.atomic
def use(example: Example, *, by: Viewer) -> bool:
    """Say that one does it that way too; False when it was said before. The operator does nothing that way."""
    if by.participant is None:
        return False
    _row, fresh = Use.objects.get_or_create(
        example=example, participant=by.participant, defaults={"created_at": timezone.now()}
    )
    return fresh


@transaction.atomic
def stop_using(example: Example, *, by: Viewer) -> bool:
    """Not any more."""
    gone, _kinds = Use.objects.filter(example=example, participant=by.participant).delete()
    return bool(gone)
