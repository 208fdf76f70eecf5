"""The town's own words of a reminder."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.quality.reminders.sending import PLACEHOLDERS


class WordingForm(forms.Form):
    """Subject and text of a mail, with placeholders."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    body = forms.CharField(
        label=gettext_lazy("Text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 16}), strip=True
    )

    def clean_body(self) -> str:
        """Without the list or the link nobody knows what to do."""
        body: str = self.cleaned_data["body"].replace("\r\n", "\n")
        if not any(f"{{{{ {name} }}}}" in body for name in ("list", "link")):
            raise ValidationError(
                _("Please keep {{ list }} or {{ link }} in the text: without them nobody finds these offers.")
            )
        return body

    def clean(self) -> dict[str, Any]:
        """A placeholder nobody fills would stand in the mail as it is."""
        found: dict[str, Any] = super().clean() or {}
        for name in ("subject", "body"):
            for part in str(found.get(name, "")).split("{{")[1:]:
                word = part.partition("}}")[0].strip()
                if word not in PLACEHOLDERS:
                    self.add_error(
                        name,
                        _("“%(word)s” is no placeholder. There are: %(known)s.")
                        % {"word": word[:40], "known": ", ".join(PLACEHOLDERS)},
                    )
                    break
        return found
