"""The forms of the look: one for each page, all of them about the same draft."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.appearance.drafts import put_away, theme_of
from portal.appearance.fields import ColourField, PictureField
from portal.appearance.pictures import Picture
from portal.history.plain import outgoing
from portal.revisions.tokens import Content
from theming.models import PartnerLogo, Theme

_WITH_SIZE = {"logo", "hero_image", "social_image"}
GONE = "_weg"


class LookForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """Some columns of the look and its pictures. `changes` is what a draft takes over from it."""

    pictures: ClassVar[dict[str, Any]] = {}
    # The credit a picture must have, and which picture.
    credited: ClassVar[dict[str, str]] = {}

    def __init__(self, content: Content, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, instance=theme_of(content))
        self.content = content
        for name, help_text in self.pictures.items():
            label = Theme._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # a column
            self.fields[name] = PictureField(name, label=label, help_text=help_text)
            if content.get(name):
                self.fields[name + GONE] = forms.BooleanField(
                    label=_("Remove “%(name)s”") % {"name": label}, required=False
                )

    def uploads(self) -> dict[str, dict[str, Any]]:
        """For the page: each picture's field, the box that takes it away, and what the draft has."""
        return {
            name: {
                "field": self[name],
                "remove": self[name + GONE] if name + GONE in self.fields else None,
                "url": default_storage.url(self.content[name]) if self.content.get(name) else "",
            }
            for name in self.pictures
        }

    def clean(self) -> dict[str, Any]:
        """The law asks who made a picture."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for picture, credit in self.credited.items():
            stays = self.content.get(picture) and not cleaned.get(picture + GONE)
            if (cleaned.get(picture) or stays) and credit in cleaned and not cleaned[credit]:
                self.add_error(credit, _("Please say who made the picture; without that it may not be shown."))
        return cleaned

    def changes(self) -> Content:
        """The keys of the draft, as this form wants them. New pictures are stored here."""
        row = self.instance
        found = {name: outgoing(row._meta.get_field(name), getattr(row, name)) for name in self._meta.fields or ()}
        for name in self.pictures:
            picture = self.cleaned_data.get(name)
            if picture is not None:
                found |= _of_picture(name, put_away(picture), picture)
            elif self.cleaned_data.get(name + GONE):
                found |= _of_picture(name, "", None)
        return found


def _of_picture(name: str, file: str, picture: Picture | None) -> Content:
    size = {f"{name}_width": picture and picture.width, f"{name}_height": picture and picture.height}
    return {name: file, **(size if name in _WITH_SIZE else {})}


class ColoursForm(LookForm):
    """Colours, logo, font and corners."""

    pictures: ClassVar[dict[str, Any]] = {
        "logo": gettext_lazy("PNG, WebP or JPEG, at least 192 pixels high is best. An SVG becomes a picture."),
        "favicon": gettext_lazy("Small and square, at least 96 pixels is best. Without one, our own sign is shown."),
    }
    brand_color = ColourField(
        label=gettext_lazy("Main colour"), help_text=gettext_lazy("For buttons, links and the line on top.")
    )
    accent_color = ColourField(
        label=gettext_lazy("Second colour"), help_text=gettext_lazy("For small ornaments, never for text.")
    )

    class Meta:
        model = Theme
        fields = ("brand_color", "accent_color", "logo_alt", "font", "corner", "dark_mode_allowed")
        widgets: ClassVar[dict[str, Any]] = {"font": forms.RadioSelect, "corner": forms.RadioSelect}
        labels: ClassVar[dict[str, Any]] = {
            "logo_alt": gettext_lazy("What is to be seen on the logo?"),
            "font": gettext_lazy("Font"),
            "corner": gettext_lazy("Corners"),
            "dark_mode_allowed": gettext_lazy("Allow dark display"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "logo_alt": gettext_lazy("Read out to people who cannot see it. Empty: the logo is an ornament."),
            "dark_mode_allowed": gettext_lazy("Follows what the visitor's device is set to. Usually off."),
        }


class StartForm(LookForm):
    """The top of the start page, and what is shown beside shared links."""

    pictures: ClassVar[dict[str, Any]] = {
        "hero_image": gettext_lazy("A wide photo, at least 1040 pixels. Phones do not load it."),
        "social_image": gettext_lazy("1200 × 630 pixels; another shape is cut. Without one, your colours are drawn."),
    }
    credited: ClassVar[dict[str, str]] = {"hero_image": "hero_image_copyright"}

    class Meta:
        model = Theme
        fields = ("hero_title", "hero_text", "hero_image_alt", "hero_image_copyright", "social_image_alt")
        widgets: ClassVar[dict[str, Any]] = {"hero_text": forms.Textarea(attrs={"rows": 3})}


class FrameForm(LookForm):
    """What stands above and below every page."""

    class Meta:
        model = Theme
        fields = (
            *("portal_name", "claim", "header_layout", "footer_layout", "footer_text"),
            *("organisation", "street", "postcode", "city", "phone", "email"),
        )
        widgets: ClassVar[dict[str, Any]] = {
            "header_layout": forms.RadioSelect,
            "footer_layout": forms.RadioSelect,
            "footer_text": forms.Textarea(attrs={"rows": 3}),
        }

    def clean_postcode(self) -> str:
        """Beside the field, before the table says so."""
        written: str = self.cleaned_data["postcode"]
        if written and not (len(written) == 5 and written.isascii() and written.isdigit()):
            raise ValidationError(_("A postcode has five digits."))
        return written


class PartnerForm(forms.Form):
    """One logo; `kept` names the stored picture it had, one of those the draft or the published look shows."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    url = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https", max_length=200)
    image = PictureField("partner", label=gettext_lazy("Logo"))
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, known: dict[str, Content], **options: Any) -> None:
        super().__init__(*given, **options)
        self.known = known
        self.current = known.get(str(self["kept"].value() or ""))
        self.picture_url = default_storage.url(self.current["image"]) if self.current else ""

    def is_filled(self) -> bool:
        """Whether anything stands in it, so that it can be moved and taken away."""
        return any(self[name].value() for name in ("name", "url", "kept"))

    def clean(self) -> dict[str, Any]:
        """A name and a picture, or nothing."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "name" in cleaned and not cleaned["name"] and (cleaned.get("url") or cleaned.get("image")):
            self.add_error("name", _("Please write whose logo this is; it is read out to people who cannot see it."))
        if cleaned.get("name") and "image" in cleaned and cleaned["image"] is None and self.current is None:
            self.add_error("image", _("Please choose the picture of this logo."))
        return cleaned

    def said(self) -> Content | None:
        """What the draft keeps of it; a new picture is stored here."""
        if not self.cleaned_data["name"]:
            return None
        said = {"name": self.cleaned_data["name"], "url": self.cleaned_data["url"]}
        picture = self.cleaned_data["image"]
        if picture is not None:
            file = put_away(picture, table=PartnerLogo)
            return {**said, "image": file, "width": picture.width, "height": picture.height}
        stays = self.current or {}
        return {**said, **{name: stays[name] for name in ("image", "width", "height")}}
