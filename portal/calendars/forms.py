"""The forms of this room: the address, and what no calendar tells."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import cleaning
from core.text import clean_text
from portal.authoring.forms.where import amount_of
from portal.calendars.following.wishes import BLANK
from portal.calendars.models import Calendar, CalendarEvent
from portal.calendars.reading.addresses import LONGEST, understood
from portal.offers.choices import CostKind
from portal.providers.models import Provider
from portal.taxonomy.models import TargetGroup
from portal.taxonomy.tree import load_tree

AS_FOR_ALL = ""


class AddressField(forms.CharField):
    """The address of a calendar, as people paste it."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Address of the calendar"),
            help_text=gettext_lazy(
                "Your calendar calls it “iCal address”, “Subscribe” or “Export”. It often ends in .ics or begins with "
                "webcal://"
            ),
            max_length=LONGEST,
            widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
            error_messages={"required": gettext_lazy("Please paste the address of your calendar here.")},
        )

    def clean(self, value: Any) -> str:
        written: str = super().clean(value)
        return understood(written)


class NewForm(forms.Form):
    """Which calendar, and for which organisation where there are several."""

    provider = forms.ModelChoiceField(
        Provider.objects.none(),
        label=gettext_lazy("For which organisation?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Please choose one.")},
    )
    url = AddressField()
    use_required_attribute = False

    def __init__(self, data: Any, providers: Any) -> None:
        super().__init__(data)
        providers_field: Any = self.fields["provider"]
        providers_field.queryset = providers
        own = list(providers[:2])
        if len(own) == 1:
            del self.fields["provider"]
        self.only = own[0] if len(own) == 1 else None

    @property
    def chosen(self) -> Provider:
        """The organisation."""
        found: Provider = self.only or self.cleaned_data["provider"]
        return found


class WordsForm(forms.Form):
    """Topic, target groups, costs, and a sentence for events that have none. `asked`: for all events."""

    use_required_attribute = False
    categories = forms.MultipleChoiceField(label=gettext_lazy("Which topics fit?"), widget=forms.CheckboxSelectMultiple)
    target_groups = forms.MultipleChoiceField(
        label=gettext_lazy("Whom is it for?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    cost_kind = forms.ChoiceField(label=gettext_lazy("What does it cost?"), widget=forms.RadioSelect, required=False)
    cost_amount = forms.CharField(
        label=gettext_lazy("Amount in euros"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    cost_text = forms.CharField(label=gettext_lazy("What does it depend on?"), max_length=255, required=False)
    sentence = forms.CharField(
        label=gettext_lazy("One sentence for events without a description"),
        help_text=gettext_lazy("Without it, such events cannot become offers. For example: “Guests are welcome.”"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any, said: dict[str, Any], **more: Any) -> None:
        super().__init__(data, initial=self._shown(said), **more)
        tree = load_tree()
        fields: Any = self.fields
        self._nodes = tree.to_choose(said["categories"])
        fields["categories"].choices = [(node.id, node.name) for node in self._nodes]
        fields["target_groups"].choices = list(
            TargetGroup.objects.offered(said["target_groups"]).values_list("pk", "name")
        )
        fields["cost_kind"].choices = self._costs()
        fields["categories"].error_messages["required"] = _("Please choose at least one topic.")
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not isinstance(field, AddressField):
                cleaning(field, clean_text)

    def _costs(self) -> list[tuple[str, str]]:
        return [
            (CostKind.FREE.value, _("Nothing, it is free of charge")),
            (CostKind.AMOUNT.value, _("A fixed amount")),
            (CostKind.TEXT.value, _("That differs, for example by income or for a donation")),
            (CostKind.UNKNOWN.value, _("We do not say")),
        ]

    @staticmethod
    def _shown(said: dict[str, Any]) -> dict[str, Any]:
        amount = said["cost_amount"]
        return {**said, "cost_amount": str(amount).replace(".", ",") if amount is not None else ""}

    def clean_cost_amount(self) -> str | None:
        written: str = self.cleaned_data["cost_amount"]
        if self.data.get("cost_kind") != CostKind.AMOUNT:
            return None
        amount = amount_of(written)
        if amount is None or amount <= 0:
            raise forms.ValidationError(_("Please write it as a number, for example 5 or 7,50."))
        return str(amount)

    def clean_cost_text(self) -> str:
        written: str = self.cleaned_data["cost_text"]
        kind = self.data.get("cost_kind")
        if kind == CostKind.TEXT and not written:
            raise forms.ValidationError(_("Please say what the costs depend on."))
        return written if kind == CostKind.TEXT else ""

    @property
    def topics(self) -> list[dict[str, Any]]:
        """The topics with how deep each stands, for the template."""
        chosen = {str(each) for each in self["categories"].value() or ()}
        return [
            {"id": node.id, "name": node.name, "depth": node.depth, "checked": str(node.id) in chosen}
            for node in self._nodes
        ]

    @property
    def details(self) -> dict[str, Any]:
        """What was said, as a calendar keeps it."""
        kept = self.cleaned_data
        return {
            "categories": sorted(map(int, kept["categories"])),
            "target_groups": sorted(map(int, kept["target_groups"])),
            "cost_kind": kept["cost_kind"] or CostKind.UNKNOWN.value,
            "cost_amount": kept["cost_amount"],
            "cost_text": kept["cost_text"],
            "sentence": kept["sentence"],
        }

    @property
    def mistakes(self) -> list[dict[str, str]]:
        """For the summary above the form."""
        return mistakes_of(self)


class DetailsForm(WordsForm):
    """What holds for all events of a calendar, and the calendar itself."""

    name = forms.CharField(label=gettext_lazy("What is this calendar called here?"), max_length=120, required=False)
    url = AddressField()
    takes_new = forms.BooleanField(
        label=gettext_lazy("Take over new events by themselves"),
        help_text=gettext_lazy("Otherwise they wait in the list of events until you choose them."),
        required=False,
    )
    field_order = ("categories", "target_groups", "cost_kind", "cost_amount", "cost_text", "sentence", "takes_new",
                   "name", "url")  # fmt: skip

    def __init__(self, data: Any, calendar: Calendar) -> None:
        self.calendar = calendar
        said = {**BLANK, **calendar.details}
        own = {name: getattr(calendar, name) for name in ("name", "url", "takes_new")}
        super().__init__(data, {**said, **own})
        self.fields["categories"].help_text = _(
            "An event that has the name of a topic as its category in your calendar gets that topic instead."
        )
        # Whoever only corrects the address of a calendar nobody could read is not asked for the rest yet.
        self.fields["categories"].required = calendar.read_at is not None

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        others = Calendar.objects.there().filter(provider=self.calendar.provider_id, url=url)
        if others.exclude(pk=self.calendar.pk).exists():
            raise forms.ValidationError(_("You have named this calendar already."))
        return url

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the calendar."""
        kept = self.cleaned_data
        name = kept["name"] or self.calendar.name
        return {"name": name, "url": kept["url"], "takes_new": kept["takes_new"], "details": self.details}


class EventForm(WordsForm):
    """The same for one event; what is left empty is as for all."""

    def __init__(self, data: Any, event: CalendarEvent) -> None:
        super().__init__(data, {**BLANK, "cost_kind": AS_FOR_ALL, **event.own})
        self.fields["categories"].required = False
        self.fields["sentence"].help_text = ""

    def _costs(self) -> list[tuple[str, str]]:
        return [(AS_FOR_ALL, _("As for all")), *super()._costs()]

    @property
    def own(self) -> dict[str, Any]:
        """What differs from what holds for all."""
        kept = self.details
        found = {name: kept[name] for name in ("categories", "target_groups", "sentence") if kept[name]}
        if self.cleaned_data["cost_kind"] != AS_FOR_ALL:
            found |= {name: kept[name] for name in ("cost_kind", "cost_amount", "cost_text")}
        return found


def mistakes_of(form: forms.Form) -> list[dict[str, str]]:
    """Every complaint with the place it is about."""
    return [
        {"target": _target(bound), "sentence": str(message)}
        for bound in form
        for error in bound.errors.as_data()
        for message in error.messages
    ]


def _target(bound: forms.BoundField) -> str:
    several = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if several else str(bound.auto_id)
