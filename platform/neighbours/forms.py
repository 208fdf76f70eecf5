"""What is asked for a proposal."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.models import Agreement, Kind, Roof
from neighbours.services import Span
from tenants.models import Municipality


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "input"}, format="%Y-%m-%d")


class _Town(forms.ModelChoiceField):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class SpanForm(forms.Form):
    """From which day on, and until when."""

    use_required_attribute = False
    valid_from = forms.DateField(label=gettext_lazy("from"), widget=_Day)
    valid_until = forms.DateField(
        label=gettext_lazy("until"),
        required=False,
        widget=_Day,
        help_text=gettext_lazy("Empty: until one side ends it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate

    @property
    def span(self) -> Span:
        """The days, of a form without mistakes."""
        return Span(self.cleaned_data["valid_from"], self.cleaned_data["valid_until"])


class ProposalForm(SpanForm):
    """To whom we propose to be neighbours, or, as a roof portal, a member."""

    town = _Town(label=gettext_lazy("municipality"), queryset=None, empty_label=gettext_lazy("please choose"))
    kind = forms.ChoiceField(label=gettext_lazy("What we propose"), choices=Kind.choices, widget=forms.RadioSelect)
    field_order = ("town", "kind", "valid_from", "valid_until")

    def __init__(self, *args: Any, us: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        town: Any = self.fields["town"]
        town.queryset = Municipality.objects.live().exclude(pk=us.pk)
        town.error_messages["invalid_choice"] = _("Please choose one of the municipalities.")
        if Roof.objects.filter(pk=us.pk).exists():
            self.fields["kind"].initial = Kind.ROOF
        else:
            del self.fields["kind"]

    @property
    def kind_wanted(self) -> Kind:
        """Only a roof portal has the choice."""
        return Kind(self.cleaned_data.get("kind") or Kind.NEIGHBOUR)


class MemberForm(SpanForm):
    """Which municipality the operator proposes to a roof portal as a member."""

    town = _Town(label=gettext_lazy("municipality"), queryset=None, empty_label=gettext_lazy("please choose"))
    field_order = ("town", "valid_from", "valid_until")

    def __init__(self, *args: Any, roof: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        town: Any = self.fields["town"]
        town.queryset = Municipality.objects.live().exclude(pk__in=_members(roof)).exclude(pk=roof.pk)


def _members(roof: Municipality) -> Iterable[int]:
    rows = Agreement.objects.filter(first=roof, kind=Kind.ROOF, state__in=("proposed", "agreed"))
    return rows.values_list("second", flat=True)
