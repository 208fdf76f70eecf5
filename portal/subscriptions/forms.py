"""What a person fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.feedback.forms import OpenForm
from portal.subscriptions.models import LONGEST_QUERY, Frequency


class SubscribeForm(OpenForm):
    """An address and how often; the search travels along."""

    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}), max_length=254
    )
    frequency = forms.ChoiceField(
        label=_("How often do you want to hear from us?"),
        choices=Frequency.choices,
        initial=Frequency.DAILY,
        widget=forms.RadioSelect,
    )
    search = forms.CharField(required=False, max_length=LONGEST_QUERY, widget=forms.HiddenInput)


class FrequencyForm(forms.Form):
    """How often, for a running subscription."""

    frequency = forms.ChoiceField(
        label=_("How often do you want to hear from us?"), choices=Frequency.choices, widget=forms.RadioSelect
    )
