"""Sending a table."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.providers.models import Provider

MOST_MEGABYTES = 20
"""As the reader allows (portal.exchange.excel.tables)."""
LONGEST_KEY = 40


class UploadForm(forms.Form):
    """The file, and whose offers these are where somebody has several organisations."""

    provider = forms.ChoiceField(label=gettext_lazy("Whose offers are these?"))
    file = forms.FileField(
        label=gettext_lazy("Your table"),
        help_text=gettext_lazy("Excel (.xlsx), LibreOffice (.ods) or text (.csv), at most 20 MB"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.ods,.csv,.txt"}),
        allow_empty_file=True,
        max_length=None,
        error_messages={"required": gettext_lazy("Please choose a file first.")},
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_KEY, required=False)

    def __init__(self, *args: Any, providers: Sequence[Provider], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._providers = {str(each.pk): each for each in providers}
        if len(providers) == 1:
            del self.fields["provider"]
        else:
            chosen = self.fields["provider"]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = [("", _("Please choose")), *((pk, each.name) for pk, each in self._providers.items())]
        self.initial.setdefault("key", uuid.uuid4().hex)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_MEGABYTES * 1024 * 1024:
            raise ValidationError(
                _("The file is larger than %(number)d MB. Please divide the table into several files.")
                % {"number": MOST_MEGABYTES}
            )
        return file

    def clean_key(self) -> str:
        given = str(self.cleaned_data["key"])
        return given if given.isascii() and given.isalnum() else uuid.uuid4().hex

    @property
    def chosen_provider(self) -> Provider:
        """Whose offers these are; of a valid form only."""
        if "provider" in self.fields:
            return self._providers[self.cleaned_data["provider"]]
        return next(iter(self._providers.values()))
