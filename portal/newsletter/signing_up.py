"""What residents fill in."""

from django import forms
from django.utils.translation import gettext_lazy

from portal.feedback.forms import OpenForm


class SubscribeForm(OpenForm):
    """An address, nothing else."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
