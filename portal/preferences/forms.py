"""The rules about signing in."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.preferences.models import Preferences, SecondFactorRule


class SigningInForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """Who needs a second factor. That nobody does is for demonstrations only."""

    class Meta:
        model = Preferences
        fields = ("second_factor",)
        widgets = {"second_factor": forms.RadioSelect}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # whatever Django takes
        allowed = set(SecondFactorRule.values) - (set() if settings.DEMO else {SecondFactorRule.NOBODY.value})
        self.fields["second_factor"].choices = [each for each in SecondFactorRule.choices if each[0] in allowed]  # type: ignore[attr-defined]  # the stubs know no choices


class TermsForm(forms.Form):
    """A new version of the terms of use."""

    note = forms.CharField(
        label=_("What is new? One or two sentences"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Providers read it when they are asked to agree."),
    )
