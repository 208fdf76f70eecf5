"""What editors fill in for a redirect, and for a table of them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.seen import Seen
from portal.pages.models import Redirect
from portal.site.forms import Summed
from portal.site.redirects.services import clean_path, same_address

MOST_BYTES = 2 * 2**20


class RedirectForm(Seen, Summed, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """One."""

    use_required_attribute = False

    class Meta:
        model = Redirect
        fields = ("old_path", "new_path")
        labels = {"old_path": gettext_lazy("Old address"), "new_path": gettext_lazy("New address")}
        help_texts = {
            "old_path": gettext_lazy("The part after the name of the portal, for example /ferien or /alt/seite.html"),
            "new_path": gettext_lazy("Where to, for example /angebote/?q=ferien"),
        }

    def __init__(self, *args: Any, host: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host = host

    def clean_old_path(self) -> str:
        return clean_path(self.cleaned_data["old_path"], self.host)

    def clean_new_path(self) -> str:
        return clean_path(self.cleaned_data["new_path"], self.host)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        old, new = found.get("old_path"), found.get("new_path")
        if old and new and same_address(old) == same_address(new):
            self.add_error("new_path", _("Both addresses are the same."))
        return found


class TableForm(Summed, forms.Form):
    """Lines typed or pasted, or a file of them."""

    upload = forms.FileField(
        label=gettext_lazy("File (CSV)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    lines = forms.CharField(
        label=gettext_lazy("Or paste the lines here"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One line each: old address, semicolon, new address."),
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        upload = found.get("upload")
        text = self._read(upload) if upload else str(found.get("lines") or "")
        if not text.strip() and not self.errors:
            raise ValidationError(_("Please choose a file, or paste at least one line."))
        found["text"] = text
        return found

    @staticmethod
    def _read(upload: Any) -> str:
        content: bytes = upload.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ValidationError(_("This file is larger than 2 MB. Please send it in parts."))
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise ValidationError(_("This file cannot be read. Please save it as CSV (UTF-8)."))
