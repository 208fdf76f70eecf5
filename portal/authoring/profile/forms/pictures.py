"""The pictures of a profile: logo, portrait of the contact person, and any number that show what one does."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.authoring.forms.base import Data, Setting
from portal.authoring.profile.forms.rows import Rows
from portal.media.models import MediaFile
from portal.media.services import receive
from portal.providers.models import ProviderImage
from portal.revisions.kinds import Content
from portal.revisions.scalars import words

Picture = dict[str, Any]
STEM = "p"
MOST = 20
LONGEST = 300
LOGO, CONTENT, CONTACT = (kind.value for kind in ProviderImage.Kind)
# The fields a file may come in, and what it is used for.
UPLOADS = {"logo": LOGO, "bild": CONTENT, "portrait": CONTACT}
_TEXTS = ("alt", "credit")


def key_of(picture: Picture) -> str:
    """Which picture a row is about: its number in the library, or the name of a file from before there was one."""
    return str(picture["media"]) if picture["media"] is not None else f"/{picture.get('file', '')}"


def of_kind(said: Content, kind: str) -> list[Picture]:
    """The pictures of one use, in their order."""
    return [each for each in said["images"] if each["kind"] == kind]


def _row(picture: Picture) -> dict[str, str]:
    return {"key": key_of(picture), "alt": picture["alt_text"], "credit": picture["copyright"]}


def data_of(said: Content) -> dict[str, Any]:
    """The pictures as rows and single fields."""
    found = Rows.data_of(STEM, [_row(each) for each in of_kind(said, CONTENT)])
    for name in ("logo", "portrait"):
        for each in of_kind(said, UPLOADS[name])[:1]:
            found |= {f"{name}_{part}": value for part, value in _row(each).items()}
    return found


class Pictures:
    """What was said of the pictures and which were sent along. `receive_all` takes them into the library."""

    def __init__(self, data: Data, setting: Setting) -> None:
        self.data, self.setting = data, setting
        self.rows = Rows(data, STEM, ("alt", "credit", "key"), MOST)
        self.refused: dict[str, str] = {}

    def receive_all(self, files: Any) -> bool:
        """Take what was sent; whether anything was."""
        received = [self._receive(name, files.get(name)) for name in UPLOADS if files and files.get(name)]
        return any(received)

    def _receive(self, name: str, file: Any) -> bool:
        if name == "bild" and self.rows.count() >= MOST:
            self.refused[name] = _("There is room for %(most)d pictures.") % {"most": MOST}
            return False
        try:
            media = receive(file, by=self.setting.person, provider=self.setting.provider)
        except ValidationError as error:
            self.refused[name] = " ".join(error.messages)
            return False
        if name == "bild":
            texts = {part: str(self.data.get(f"bild_{part}") or "") for part in _TEXTS}
            self.rows.write([*self.rows.read(), {**texts, "key": str(media.pk)}])
            self.data["bild_alt"] = self.data["bild_credit"] = ""
        else:
            self.data[f"{name}_key"] = str(media.pk)
        return True

    def perform(self) -> str | None:
        """Do what a button asks (see `Rows.perform`)."""
        for name in ("logo", "portrait"):
            if self.data.pop(f"{name}_weg", None):
                for part in ("key", *_TEXTS):
                    self.data[f"{name}_{part}"] = ""
                return f"id_{name}"
        return self.rows.perform()

    # What it says

    def values(self) -> list[Picture]:
        """All pictures: those that stay in the place they had, new ones behind them."""
        wanted = {kind: self._of(kind) for kind in UPLOADS.values()}
        found: list[Picture] = []
        for each in self.setting.content["images"]:
            if wanted[each["kind"]]:
                found.append(wanted[each["kind"]].pop(0))
        return found + [each for kind in UPLOADS.values() for each in wanted[kind]]

    def _of(self, kind: str) -> list[Picture]:
        rows = self.rows.read() if kind == CONTENT else [self._single(kind)]
        left = of_kind(self.setting.content, kind)
        found = [picture for row in rows if (picture := self._picture(kind, row, left)) is not None]
        # A second logo cannot be stored; it is not ours to lose.
        return found if kind == CONTENT else found + of_kind(self.setting.content, kind)[1:]

    def _single(self, kind: str) -> dict[str, str]:
        name = next(name for name, each in UPLOADS.items() if each == kind)
        return {part: str(self.data.get(f"{name}_{part}") or "") for part in ("key", *_TEXTS)}

    def _picture(self, kind: str, row: dict[str, str], left: list[Picture]) -> Picture | None:
        texts = {"alt_text": words(row["alt"])[:LONGEST], "copyright": words(row["credit"])[:LONGEST]}
        known = next((each for each in left if key_of(each) == row["key"]), None)
        if known is not None:
            left.remove(known)
            return {**known, **texts}
        file = self._file(row["key"])
        return {"media": file.pk, "kind": kind, **texts} if file is not None else None

    def _file(self, key: str) -> MediaFile | None:
        """A file of this organisation's own, which this person may use."""
        if not (key.isascii() and key.isdigit() and len(key) < 18):
            return None
        own = MediaFile.objects.usable_by(self.setting.person).filter(owner=self.setting.provider)
        return own.filter(pk=int(key)).first()

    def mistakes(self) -> dict[str, str]:
        """What was refused, and what is too long, by the field."""
        found = dict(self.refused)
        names = [f"{STEM}_{at}_{part}" for at in range(self.rows.count()) for part in _TEXTS]
        names += [f"{name}_{part}" for name in UPLOADS for part in _TEXTS]
        for name in names:
            if len(words(self.data.get(name))) > LONGEST:
                found[name] = _("Please write at most %(most)d characters.") % {"most": LONGEST}
        typed = [part for part in _TEXTS if str(self.data.get(f"bild_{part}") or "").strip()]
        if typed and "bild" not in found:
            found["bild"] = _("Please choose the picture, too.")
        return found

    # What the page shows

    def files(self) -> dict[str, MediaFile]:
        """The files of the pictures, by their key; one query."""
        keys = [key_of(each) for each in self.values()]
        numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 18]
        return {str(file.pk): file for file in MediaFile.objects.filter(pk__in=numbers)}


def to_permit(said: Content) -> list[int]:
    """The pictures of which somebody must have said that they may be shown; a logo is one's own."""
    return [each["media"] for each in said["images"] if each["kind"] != LOGO and each["media"] is not None]


def lacking(said: Content) -> list[str]:
    """What the law and people who cannot see want of pictures, as sentences."""
    told = []
    shown = [each for each in said["images"] if each["kind"] != LOGO]
    if any(not each["alt_text"] for each in shown):
        told.append(_("Please say of each picture what can be seen in it."))
    numbers = to_permit(said)
    if numbers and MediaFile.objects.filter(pk__in=numbers, permission="").exists():
        told.append(_("Please confirm that the pictures may be shown."))
    return told
