"""The forms of the rules: one a subject, and the terms of use."""

import copy
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gazetteer.germany import is_in_germany
from portal.preferences.fields import FIELDS
from portal.preferences.models import Preferences, SecondFactorRule
from portal.preferences.rulebook import Subject
from portal.preferences.values import values_of
from theming.services import current_theme


class SubjectForm(forms.Form):
    """The rules of one page, filled in as they are kept."""

    def __init__(self, subject: Subject, kept: Preferences, data: Any = None) -> None:
        super().__init__(data, initial=values_of(kept, subject.fields))
        self.kept = kept
        self.subject = subject
        for name in subject.fields:
            self.fields[name] = _second_factor() if name == "second_factor" else FIELDS[name]()
        for rule in subject.rules:
            if len(rule.fields) == 1:
                only = self.fields[rule.fields[0]]
                only.label, only.help_text = rule.title, rule.explanation

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "latitude" in self.fields:
            self._check_centre(cleaned)
        if cleaned.get("contact_by_form") is False:
            theme = current_theme()
            if not (theme.email or theme.phone):
                sentence = _("The portal has neither an address nor a telephone number that could be shown instead.")
                self.add_error("contact_by_form", ValidationError(sentence))
        return cleaned

    def _check_centre(self, cleaned: dict[str, Any]) -> None:
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if latitude is None and longitude is None:
            return
        if latitude is None or longitude is None or not is_in_germany(latitude, longitude):
            self.add_error("latitude", ValidationError(_("The middle of the map must lie in Germany.")))

    def wished(self) -> Preferences:
        """The rules as they would be; what was not understood is as it is kept. Never to be saved."""
        row = copy.copy(self.kept)
        for name in self.subject.fields:
            if name in self.cleaned_data:
                setattr(row, name, self.cleaned_data[name])
        return row


def _second_factor() -> forms.Field:
    """That nobody needs one is for demonstrations only."""
    hidden = set() if settings.DEMO else {SecondFactorRule.NOBODY.value}
    choices = [each for each in SecondFactorRule.choices if each[0] not in hidden]
    return forms.ChoiceField(label=gettext_lazy("Second factor"), choices=choices, widget=forms.RadioSelect)


class TermsForm(forms.Form):
    """A new version of the terms of use."""

    note = forms.CharField(
        label=gettext_lazy("What is new? One or two sentences"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Providers read it when they are asked to agree."),
    )
