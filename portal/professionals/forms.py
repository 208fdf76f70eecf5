"""What somebody fills in who wants to take part in a network."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.feedback.forms import ContactForm, one_line


class JoinForm(ContactForm):
    """Who asks, from which organisation, and what they would like to say."""

    organisation = forms.CharField(
        label=_("Your organisation"),
        max_length=150,
        validators=[one_line],
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    field_order = ("name", "organisation", "email", "message")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["copy"]
        self.fields["message"].required = False
