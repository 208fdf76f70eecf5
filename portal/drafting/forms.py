"""Which page, which flyer, for which organisation."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.drafting.flyer.running import LARGEST_BYTES, can_recognise
from portal.providers.models import Provider

# How files begin that can be read; what they are in truth the bounded process finds out.
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")


class _ForProvider(forms.Form):
    """With several organisations one must say for which."""

    use_required_attribute = False
    provider = forms.ModelChoiceField(
        queryset=Provider.objects.none(),
        label=gettext_lazy("For which organisation?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Please choose one.")},
    )

    def __init__(self, *args: Any, own: QuerySet[Provider], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = list(own)
        if len(self.own) == 1:
            del self.fields["provider"]
        else:
            self.fields["provider"].queryset = own  # type: ignore[attr-defined]  # a ModelChoiceField has one

    @property
    def chosen(self) -> Provider:
        """The organisation."""
        found: Provider = self.cleaned_data.get("provider") or self.own[0]
        return found


class PageForm(_ForProvider):
    """The address of a page."""

    address = forms.URLField(
        label=gettext_lazy("Address of the page"),
        help_text=gettext_lazy(
            "The page on which this one offer stands, for example www.verein.de/sommerfest. Copy it from the browser."
        ),
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Please give the address of the page."),
            "invalid": gettext_lazy("Please write the address of the page, for example www.verein.de/sommerfest."),
        },
    )

    def clean_address(self) -> str:
        written: str = self.cleaned_data["address"]
        if not written.startswith(("http://", "https://")):
            raise forms.ValidationError(self.fields["address"].error_messages["invalid"], code="invalid")
        return written


class FlyerForm(_ForProvider):
    """A file."""

    file = forms.FileField(
        label=gettext_lazy("The flyer"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Please choose a file.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        photos = can_recognise()
        field.help_text = (
            _("A photo or a PDF, up to 30 MB. It stays on this server and nobody else sees it.")
            if photos
            else _("A PDF with text, up to 30 MB. It stays on this server and nobody else sees it.")
        )
        field.widget.attrs["accept"] = "image/*,.heic,.heif,application/pdf" if photos else "application/pdf"
        self.content = b""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(
                _("This file is larger than 30 MB. Please save it smaller, or photograph the flyer.")
            )
        self.content = file.read(LARGEST_BYTES + 1)
        if not self.content:
            raise forms.ValidationError(_("This file is empty. Please choose it again."))
        if b"%PDF-" in self.content[:1024]:
            return file
        if not _is_picture(self.content):
            raise forms.ValidationError(_("This is no photo and no PDF. Please choose a JPEG, PNG, HEIC or PDF file."))
        if not can_recognise():
            raise forms.ValidationError(_("Photos cannot be read here. Please choose a PDF with text."))
        return file


def _is_picture(content: bytes) -> bool:
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return content.startswith(_PICTURES) or webp or content[4:8] == b"ftyp"
