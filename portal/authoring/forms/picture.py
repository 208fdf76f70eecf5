"""The fourth page: a picture, more text and the smaller things; all of it optional."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import richtext
from portal.authoring.forms import extras
from portal.authoring.forms.base import Data, Setting, data_from
from portal.authoring.forms.long_text import LongText
from portal.media import cropping
from portal.media.models import MediaFile
from portal.media.services import receive
from portal.offers.languages import language_name
from portal.offers.models import OfferImage
from portal.revisions.kinds import Content

_PLAIN = ("speaker", "capacity", "course_number", "format", "cooperation", "video_url")
_MORE = ("participate_note", "donate_note")
LANGUAGES = ("de", "en", "fr", "tr", "ar", "uk", "ru", "fa", "pl", "ro", "bg", "ku", "sq", "it", "es", "gsg")
HERO = OfferImage.Kind.HERO.value
# Width through height of the large picture wherever it is shown small.
SHAPE = 16 / 9


def hero_of(said: Content) -> dict[str, Any] | None:
    """The large picture of an offer."""
    return next((each for each in said["images"] if each["kind"] == HERO), None)


def file_of(said: Content) -> MediaFile | None:
    """Its file in the library."""
    hero = hero_of(said)
    return MediaFile.objects.filter(pk=hero["media"]).first() if hero and hero["media"] else None


def _words(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=255, help_text=help_text)


class PictureForm(LongText):
    """One large picture; others stay as they are."""

    asked = frozenset({"alt_text", "copyright", "permission"})
    upload = forms.FileField(
        label=gettext_lazy("Choose a picture"),
        help_text=gettext_lazy(
            "A photo from your phone is enough (up to 30 MB). We make it smaller and remove the place it was taken at."
        ),
        widget=forms.FileInput(attrs={"accept": "image/*,.heic,.heif", "data-upload-now": "hochladen"}),
        allow_empty_file=True,
    )
    alt_text = forms.CharField(
        label=gettext_lazy("What can be seen in the picture?"),
        help_text=gettext_lazy("For people who cannot see the picture."),
        max_length=300,
    )
    copyright = forms.CharField(label=gettext_lazy("Who made the picture?"), max_length=300)
    permission = forms.BooleanField(
        label=gettext_lazy("We may show the picture. People who can be recognised have agreed.")
    )
    text = forms.CharField(
        label=gettext_lazy("What can people expect?"),
        help_text=gettext_lazy("What happens? What should one bring? Who is there?"),
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    speaker = _words(gettext_lazy("Who leads it?"), gettext_lazy("Name and, if you like, profession or training."))
    capacity = _words(gettext_lazy("How many can take part?"), gettext_lazy("For example: “12 at most”."))
    course_number = _words(gettext_lazy("Course number"))
    format = _words(
        gettext_lazy("What kind of event is it?"), gettext_lazy("For example: lecture, workshop, open group.")
    )
    cooperation = _words(gettext_lazy("Together with whom?"), gettext_lazy("Other clubs or institutions."))
    video_url = forms.URLField(
        label=gettext_lazy("Link to a video"),
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages={"invalid": gettext_lazy("Please write the address of the video, beginning with https://.")},
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("In which languages?"), widget=forms.CheckboxSelectMultiple
    )
    volunteering = forms.BooleanField(label=gettext_lazy("One can also help us as a volunteer"))
    participate_note = _words(gettext_lazy("How can one help?"))
    donate_note = _words(gettext_lazy("How can one donate?"))

    def prepare(self) -> None:
        self.picture = file_of(self.setting.content)
        self.received: MediaFile | None = None
        self.cut: MediaFile | None = None
        self.removed = "bild_weg" in self.data
        known = list(dict.fromkeys([*LANGUAGES, *self.setting.content["languages"]]))
        self.fields["languages"].choices = [(code, language_name(code)) for code in known]  # type: ignore[attr-defined]  # the stubs know no choices
        extras.add_fields(self)
        extras.leave_out(self)

    @classmethod
    def data_of(cls, setting: Setting) -> Data:
        said, hero = setting.content, hero_of(setting.content)
        file = file_of(said)
        shown = {name: said[name] for name in (*_PLAIN, *_MORE, "languages")}
        shown |= {"volunteering": "on" if said["volunteering"] else "", "text": richtext.to_text(said["description"])}
        if hero:
            shown |= {"alt_text": hero["alt_text"], "copyright": hero["copyright"]}
            shown |= {"permission": "on" if file is None or file.permission else ""}
        return data_from(shown | extras.shown(said))

    def clean_upload(self) -> Any:
        file = self.cleaned_data["upload"]
        if not file or self.removed:
            return None
        provider = self.setting.provider
        self.received = receive(file, by=self.setting.person, provider=provider)
        return self.received

    def perform(self) -> bool:
        self.errors  # noqa: B018 - reads the page, and with it a new picture
        if self.picture is not None and self.received is None and not self.removed:
            try:
                self.cut = cropping.chosen(self.picture, self.data, by=self.setting.person, shape=SHAPE)
            except forms.ValidationError as error:
                self.add_error("upload", error)
        return self.removed or "hochladen" in self.data or "zuschneiden" in self.data

    @property
    def crop(self) -> cropping.Choice | None:
        """Which part of the picture is shown, for the template."""
        return cropping.choice_of(self.picture, SHAPE) if self.picture is not None else None

    def allow(self) -> None:
        """Note who said that the picture may be shown."""
        if not self.kept.get("permission"):
            return
        file = self.received or self.picture
        if file is None or file.permission:
            return
        said = _("confirmed by %(name)s on %(day)s") % {
            "name": self.setting.person,
            "day": timezone.localdate().isoformat(),
        }
        mine = MediaFile.objects.usable_by(self.setting.person)
        mine.filter(pk=file.pk, permission="").update(permission=said[:300])

    def values(self) -> Content:
        kept = self.kept
        found = {name: kept[name] for name in (*_PLAIN, *_MORE, "languages") if name in kept}
        if "languages" in found:
            # In one order, so that only another choice is a change.
            found["languages"] = sorted(found["languages"])
        if "volunteering" in self.fields:
            found["volunteering"] = bool(kept.get("volunteering"))
        found |= extras.values(self)
        if "text" in kept:
            found["description"] = richtext.written(self.data, "text", kept["text"])
        if {"alt_text", "copyright"} <= kept.keys():
            found["images"] = self._images(kept)
        return found

    def _images(self, kept: dict[str, Any]) -> list[dict[str, Any]]:
        images, hero = list(self.setting.content["images"]), hero_of(self.setting.content)
        texts: dict[str, Any] = {"alt_text": kept["alt_text"], "copyright": kept["copyright"]}
        if self.removed:
            return [each for each in images if each is not hero]
        if self.received is not None:
            new = {"media": self.received.pk, "kind": HERO, **texts}
            return [new, *(each for each in images if each is not hero)]
        if self.cut is not None:
            texts["media"] = self.cut.pk
        return [{**each, **texts} if hero is not None and each is hero else each for each in images]

    @property
    def more_open(self) -> bool:
        """Whether the fold with the smaller things has something to show."""
        filled = any(self.data.get(name) for name in (*_PLAIN, *_MORE, "volunteering", "languages"))
        return filled or any(self[name].errors for name in _PLAIN if name in self.fields)

    @property
    def own_details(self) -> list[forms.BoundField]:
        """The questions of the municipality's own, in their order."""
        return [self[name] for name in extras.names_in(self)]


def lacking(said: Content) -> list[str]:
    """What the law and people who cannot see want of a picture, as sentences."""
    hero, file = hero_of(said), file_of(said)
    if hero is None:
        return []
    told = [] if hero["alt_text"] else [_("Please say what can be seen in the picture.")]
    if file is not None and not file.permission:
        told.append(_("Please confirm that the picture may be shown."))
    return told
