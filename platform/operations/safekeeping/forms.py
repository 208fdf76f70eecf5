"""What is chosen when an export is restored."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RestoreForm(forms.Form):
    """Under which names the municipality is to be here."""

    use_required_attribute = False
    slug = forms.CharField(
        label=_("Short name"),
        max_length=63,
        help_text=_("It must be free: while the municipality itself is here, choose another."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    host = forms.CharField(
        label=_("Host name"),
        max_length=253,
        help_text=_("Without https://, for example angebote.stadt.de."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
