"""Images from TYPO3's `fileadmin`: found, checked, credited and copied into the municipality's own folder."""

import warnings
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import models
from django.utils.translation import gettext as _
from PIL import Image

from portal.exchange.typo3 import values
from portal.exchange.typo3.context import MODEL, Context, Line
from portal.exchange.typo3.dump import DOMAIN
from portal.media.models import LibraryImage, MediaFile

TABLE = "sys_file_reference"
# German: it is content, not interface.
UNKNOWN_AUTHOR = "Urheber nicht angegeben"
LARGEST = 30 * 2**20
FORMATS = {"JPEG", "PNG", "GIF", "WEBP"}
FIELDS = {
    MODEL + "offer": {"images": "hero", "content_image": "content", "contact_image": "contact"},
    MODEL + "provider": {"logo": "logo", "content_image": "content", "contact_image": "contact"},
    MODEL + "category": {"images": "image"},
}
"""Which column of which table becomes which use of an image here."""


@dataclass(slots=True)
class Picture:
    """One image of one object. `path` is the file to copy, its size part of what tells a changed image."""

    line: Line
    kind: str
    path: Path
    copyright: str
    size: int
    alt_text: str = ""

    def described(self) -> list[Any]:
        return [self.line.uid, self.kind, self.path.name, self.size, self.copyright, self.alt_text]


@dataclass(slots=True)
class Pictures:
    """All references of the dump by (table, uid) of the object they belong to."""

    context: Context
    _references: dict[tuple[str, int], list[Line]] = field(default_factory=lambda: defaultdict(list))
    _files: dict[int, str] = field(default_factory=dict)
    _credits: dict[int, str] = field(default_factory=dict)

    def load(self) -> None:
        for line in self.context.lines(TABLE, hidden=False):
            table = line.text("tablenames")
            if not table.startswith(DOMAIN):
                self.context.report.skip(TABLE, line.uid, _("belongs to pages, which are not taken over"))
            elif line.text("fieldname") not in FIELDS.get(table, {}):
                self.context.report.skip(TABLE, line.uid, _("belongs to a field that shows no image"))
            else:
                self._references[table, line.number("uid_foreign")].append(line)
        for row in self.context.dump.rows("sys_file", {"uid", "identifier", "storage"}):
            if values.reference(row.get("storage", 1)) == 1:
                self._files[values.reference(row.get("uid"))] = values.text(row.get("identifier"))
        for row in self.context.dump.rows("sys_file_metadata"):
            written = (values.text(row.get(name)) for name in ("copyright", "source", "creator"))
            self._credits[values.reference(row.get("file"))] = next(filter(None, written), "")

    def of(self, owner: Line) -> list[Picture]:
        """The images of a row that can be taken over; the others are skipped with their reason."""
        found: list[Picture] = []
        references = self._references.pop((owner.table, owner.uid), [])
        for line in sorted(references, key=lambda line: (line.number("sorting_foreign"), line.uid)):
            kind = FIELDS[owner.table][line.text("fieldname")]
            if kind in ("logo", "contact", "image") and any(picture.kind == kind for picture in found):
                self.context.report.skip(TABLE, line.uid, _("only one such image is possible here"))
                continue
            path = self._path(line)
            if path is not None:
                found.append(self._picture(owner, line, kind, path))
        return found

    def leave(self) -> None:
        """Account for references of objects that were not taken over."""
        for lines in self._references.values():
            for line in lines:
                self.context.report.skip(TABLE, line.uid, _("its offer, provider or category was not taken over"))
        self._references.clear()

    def _picture(self, owner: Line, line: Line, kind: str, path: Path) -> Picture:
        name = line.text("fieldname")
        credited = owner.line(f"{name}_copyright", 300) if f"{name}_copyright" in owner.row else ""
        credited = credited or self._credits.get(line.number("uid_local"), "")[:300]
        if not credited and kind != "logo":
            credited = UNKNOWN_AUTHOR
            line.repair("uid_local", _("without copyright; marked as “author not stated”"))
        alt_text = line.line("alternative", 300)
        return Picture(line, kind, path, credited, path.stat().st_size, alt_text)

    def _path(self, line: Line) -> Path | None:
        reason = self._refusal(line)
        if reason:
            self.context.report.skip(TABLE, line.uid, reason, field="uid_local")
            return None
        return self._located(line)

    def _located(self, line: Line) -> Path:
        assert self.context.files is not None
        root = self.context.files.resolve()
        return (root / self._files[line.number("uid_local")].lstrip("/")).resolve()

    def _refusal(self, line: Line) -> str:
        if self.context.files is None:
            return _("no files were given (--files)")
        identifier = self._files.get(line.number("uid_local"))
        if not identifier:
            return _("its file is not in the dump")
        path = self._located(line)
        if not path.is_relative_to(self.context.files.resolve()):
            return _("%(path)s lies outside the files given; refused") % {"path": identifier}
        if not path.is_file():
            return _("%(path)s is missing among the files given") % {"path": identifier}
        return "" if _is_image(path) else _("%(path)s is no image that can be shown") % {"path": identifier}


def _is_image(path: Path) -> bool:
    if path.stat().st_size > LARGEST:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                image.verify()
                return image.format in FORMATS
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False


def fileadmin(given: Path) -> Path:
    """The folder TYPO3's identifiers start from: the one given, or `fileadmin` in a web root given."""
    inside = given / "fileadmin"
    return inside if inside.is_dir() else given


def discard(context: Context, images: models.QuerySet[Any]) -> None:
    """Delete image rows. Their files stay in the library as long as a revision may show them; those from before the
    library go when all is done."""
    context.replaced_files.extend(images.filter(media=None).values_list("image", flat=True))
    images.delete()


def store(
    context: Context, model: type[LibraryImage], owner: dict[str, Any], pictures: list[Picture], *, provider: int
) -> None:
    """Copy images into the library and make their rows, e.g. `store(context, OfferImage, {"offer": offer}, …)`."""
    if context.dry_run:
        return
    for position, picture in enumerate(pictures):
        with picture.path.open("rb") as stream:
            fields: dict[str, Any] = {
                **owner,
                "kind": picture.kind,
                "position": position,
                "copyright": picture.copyright,
                "alt_text": picture.alt_text,
                "image": File(stream, name=picture.path.name),
            }
            row = model(**fields)
            row.save()
        context.saved_files.append(str(row.image))
        row.media = MediaFile.objects.create(
            owner_id=provider,
            file=str(row.image),
            alt_text=picture.alt_text,
            copyright=picture.copyright,
            width=row.width,
            height=row.height,
        )
        model._default_manager.filter(pk=row.pk).update(media=row.media)
