"""What editors fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.seen import Seen
from portal.translation.languages import LANGUAGES, SOURCE
from portal.translation.models import Format, LanguageSettings, Translation


class LanguageSettingsForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """The languages of the portal and the service. The key goes in and never comes out again."""

    offered = forms.MultipleChoiceField(
        label=_("languages of the portal"),
        choices=[(each.code, each.name) for each in LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("German always belongs to them. The others stand in the language menu of every page."),
    )
    endpoint = forms.URLField(
        label=_("address of the service"),
        required=False,
        assume_scheme="https",
        help_text=_("For example https://uebersetzen.example.org for a LibreTranslate of your own."),
    )
    new_key = forms.CharField(
        label=_("key of the service"),
        required=False,
        max_length=300,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Leave it empty to keep the present one. Another service or address needs its key again."),
    )

    class Meta:
        model = LanguageSettings
        fields = ("offered", "backend", "endpoint", "monthly_characters")
        widgets = {"backend": forms.RadioSelect}

    def clean_offered(self) -> list[str]:
        """In the order of the menu, German among them."""
        chosen = {SOURCE, *self.cleaned_data["offered"]}
        return [language.code for language in LANGUAGES if language.code in chosen]


class CorrectionForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """A translation put right by a person."""

    class Meta:
        model = Translation
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        field.widget.attrs["lang"] = self.instance.target
        field.widget.attrs["dir"] = "auto"
        if self.instance.format == Format.HTML:
            field.help_text = _("Keep the markup of the German text.")
