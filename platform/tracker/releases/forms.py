"""What the operator fills in for a version, and an editor who reopens a ticket."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.releases.deadlines import USUAL
from tracker.releases.models import Item, Release
from tracker.tickets.models import Severity, Ticket, number_of

_MOST_TICKETS = 200


class ReleaseForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """A version: its name, when it is to come, what editors should do."""

    use_required_attribute = False

    class Meta:
        model = Release
        fields: tuple[str, ...] = ("version", "planned_on", "to_do")
        widgets = {
            "planned_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "to_do": forms.Textarea(attrs={"rows": 4}),
        }


class NewReleaseForm(ReleaseForm):
    """A version that is only planned."""

    class Meta(ReleaseForm.Meta):
        fields = ("version", "planned_on")


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """What the notes say of one ticket."""

    use_required_attribute = False

    class Meta:
        model = Item
        fields = ("group", "title", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}


class PlanForm(forms.Form):
    """The numbers of tickets, as people write them: “T-1423, 1431”."""

    use_required_attribute = False
    tickets = forms.CharField(
        label=gettext_lazy("Numbers of tickets"),
        max_length=2000,
        help_text=gettext_lazy("For example T-1423, T-1431"),
    )

    def clean_tickets(self) -> list[Ticket]:
        """The tickets; all of them must be there."""
        written = re.findall(r"\S+", re.sub(r"[,;]", " ", self.cleaned_data["tickets"]))
        numbers = [number_of(each) for each in written][:_MOST_TICKETS]
        wanted = list(dict.fromkeys(number for number in numbers if number is not None))
        found = Ticket.objects.select_related("merged_into").in_bulk(wanted)
        wrong = [each for each, number in zip(written, numbers, strict=False) if number is None]
        wrong += [f"T-{each}" for each in wanted if each not in found]
        if wrong or not wanted:
            raise ValidationError(_("There is no such ticket: %(numbers)s") % {"numbers": ", ".join(wrong) or "–"})
        return [found[each] for each in wanted]


class DueTimesForm(forms.Form):
    """Working days per severity; empty: with the next version."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for severity in USUAL:
            self.fields[severity] = forms.IntegerField(
                label=_("Working days if an error is “%(severity)s”") % {"severity": Severity(severity).label},
                min_value=1,
                max_value=250,
                required=False,
            )
