"""Pictures in snapshots: alike for everything that shows pictures of the library (`LibraryImage` as `images`)."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from portal.media.models import LibraryImage, MediaFile
from portal.revisions.children import set_children
from portal.revisions.scalars import number, words

ONE_TEXT = 300
Picture = dict[str, Any]


def said(row: Any) -> Picture:
    """One picture. A row from before the library has no number there; then its file says which it is."""
    found = {"media": row.media_id, "kind": row.kind, "alt_text": row.alt_text, "copyright": row.copyright}
    return found if row.media_id is not None else {**found, "file": str(row.image)}


def take_images(row: Any) -> list[Picture]:
    """The pictures of an offer or a provider, in their order."""
    return [said(image) for image in row.images.all()]


def clean_images(given: Iterable[Mapping[str, Any]] | None, model: type[LibraryImage]) -> list[Picture]:
    """The pictures in one spelling; those of no known kind are no pictures of such a thing."""
    meta: Any = model._meta
    kinds = {key for key, _label in meta.get_field("kind").flatchoices}
    return [found for each in given or () if (found := _clean(each))["kind"] in kinds and _is_one(found)]


def _clean(each: Mapping[str, Any]) -> Picture:
    found = {
        "media": number(each.get("media")),
        "kind": str(each.get("kind") or ""),
        "alt_text": words(each.get("alt_text"))[:ONE_TEXT],
        "copyright": words(each.get("copyright"))[:ONE_TEXT],
    }
    return found if found["media"] is not None else {**found, "file": str(each.get("file") or "")}


def _is_one(picture: Picture) -> bool:
    return picture["media"] is not None or bool(picture.get("file"))


def storable_images(
    pictures: list[Picture], *, credited: Collection[str], single: Collection[str] = ()
) -> tuple[list[Picture], list[str]]:
    """Those the tables take: with credit where it is asked, one of a kind where there is one place."""
    kept: list[Picture] = []
    told: list[str] = []
    for each in pictures:
        if each["kind"] in credited and not each["copyright"]:
            told.append(_("Please say who made the image."))
        elif each["kind"] in single and any(other["kind"] == each["kind"] for other in kept):
            told.append(_("There is room for one such picture only."))
        else:
            kept.append(each)
    return kept, list(dict.fromkeys(told))


def set_images(row: Any, wanted: list[Picture]) -> tuple[list[Picture], list[str]]:
    """Make an offer or a provider show these, in this order; returns those it shows and what had to be left out."""
    # Locked, so that the nightly job does not throw away what is about to be shown.
    files = (
        MediaFile.objects.select_for_update(no_key=True)
        .order_by("pk")
        .in_bulk([each["media"] for each in wanted if each["media"] is not None])
    )
    old = {str(image.image): image for image in row.images.all()}
    there = [each for each in wanted if each["media"] in files or each.get("file") in old]

    def make(each: Picture, position: int) -> LibraryImage:
        texts = {name: each[name] for name in ("kind", "alt_text", "copyright")}
        made: LibraryImage = row.images.model(
            **{row.images.field.name: row}, **texts, position=position, media_id=each["media"]
        )
        source = files[each["media"]] if each["media"] is not None else old[each["file"]]
        made.image.name = str(source.file if isinstance(source, MediaFile) else source.image)
        made.width, made.height = source.width, source.height
        return made

    set_children(row, "images", there, said=said, make=make)
    if len(there) == len(wanted):
        return there, []
    return there, [_("Some pictures were left out: their files do not exist any more.")]
