"""The forms of this room's pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.upkeep.ending import LATEST
from portal.upkeep.models import Often

NOW, LATER = "heute", "spaeter"


class EndForm(forms.Form):
    """From when on an offer is no more."""

    ab = forms.ChoiceField(
        label=gettext_lazy("From when on?"),
        choices=[(NOW, gettext_lazy("from today on")), (LATER, gettext_lazy("from this day on:"))],
        initial=NOW,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose from when on.")},
    )
    tag = forms.DateField(
        label=gettext_lazy("First day without it"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Please give a day, for example 31.12.2026.")},
    )

    def clean(self) -> dict[str, Any]:
        """A day is asked only where it is wanted."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        today = timezone.localdate()
        if found.get("ab") == NOW:
            found["tag"] = today
        elif found.get("ab") == LATER and "tag" not in self.errors:
            self._check(found.get("tag"), today)
        return found

    def _check(self, day: Any, today: Any) -> None:
        if day is None:
            self.add_error("tag", ValidationError(_("Please give the first day on which it is no more.")))
        elif not today <= day <= today + LATEST:
            self.add_error("tag", ValidationError(_("Please give a day between today and a year from now.")))


class WishesForm(forms.Form):
    """What somebody wants to hear of their offers."""

    often = forms.ChoiceField(
        label=gettext_lazy("Summary of your offers by mail"),
        help_text=gettext_lazy("Figures, what ends soon, what nobody has checked, and what is being checked."),
        choices=[("", gettext_lazy("no summary")), *Often.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    reminders = forms.BooleanField(
        label=gettext_lazy("Remind me when offers end soon or nobody has checked them for long"),
        help_text=gettext_lazy("At most one mail a week. Who leads an organisation here gets them."),
        required=False,
    )
