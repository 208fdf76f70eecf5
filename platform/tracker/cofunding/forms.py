"""What the pages of paying together ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import fields
from tracker.cofunding.models import MOST_CENTS, MOST_NOTE, Funding, Key
from tracker.cofunding.money import LONGEST, cents_of, euros

MOST_INHABITANTS = 100_000_000


class SumField(forms.CharField):
    """A sum in euros; its value is cents."""

    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=LONGEST, **given)

    def clean(self, value: Any) -> Any:
        written = super().clean(value)
        if not written:
            return None
        cents = cents_of(written)
        if cents is None or not 0 < cents <= MOST_CENTS:
            raise forms.ValidationError(_("Please give a sum like 1.784,02 or 1784,02."))
        return cents


class EstimateForm(forms.Form):
    """What the operator says a wish costs."""

    estimate = SumField(label=_("Estimate in euros"))
    note = fields.cleaning(
        forms.CharField(
            label=_("What the estimate holds"),
            max_length=MOST_NOTE,
            required=False,
            help_text=_("For example: with tests and a page of the handbook, without maintenance."),
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
        str.strip,
    )

    @classmethod
    def of(cls, funding: Funding | None, data: Any = None) -> "EstimateForm":
        """Filled with what holds now."""
        shown = {"estimate": euros(funding.cents).replace("€", "").strip(), "note": funding.note} if funding else {}
        return cls(data, initial=shown)


class DeedForm(forms.Form):
    """What a municipality does; which of it counts is for the deed."""

    seen = forms.IntegerField(min_value=0, max_value=MOST_CENTS, required=False)
    key = forms.ChoiceField(choices=Key.choices, required=False)
    amount = SumField(required=False)
    inhabitants = forms.IntegerField(min_value=1, max_value=MOST_INHABITANTS, required=False)
