"""What editors say of a picture. A description is a duty here: who cannot see it depends on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.seen import Seen
from portal.media.models import MediaFile
from portal.site.forms import Summed

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif"


class WordsForm(Seen, Summed, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """Description, who made it, who allowed it."""

    use_required_attribute = False

    class Meta:
        model = MediaFile
        fields = ("alt_text", "copyright", "permission")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, sentence in (
            ("alt_text", _("Please say what the picture shows, for people who cannot see it.")),
            ("copyright", _("Please say who made the picture. Without this it may not be shown.")),
        ):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = str(sentence)
        self.fields["alt_text"].help_text = _(
            "What is to be seen, in one sentence and without “picture of”. For example: Children plant beans in the"
            " school garden."
        )
        self.fields["copyright"].help_text = _("For example: Photo: Maria Muster")


class NewPictureForm(WordsForm):
    """The same with its file."""

    upload = forms.FileField(
        label=_("Picture"),
        help_text=_("Photo (JPEG, HEIC), PNG, WebP or GIF, up to 30 MB. Place and camera are taken out of it."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Please choose a picture.")},
    )
    field_order = ("upload", "alt_text", "copyright", "permission")


class ReplaceForm(Summed, forms.Form):
    """Another file in its place."""

    use_required_attribute = False
    upload = forms.FileField(
        label=_("New picture"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Please choose a picture.")},
    )
