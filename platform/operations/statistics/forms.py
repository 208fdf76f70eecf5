"""What the operator fills in: groups, inhabitants, and sums to be shared out."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comparison.models import Group
from operations.statistics.costs import LABELS, WHOLE, Key, Wish
from tracker.cofunding.forms import SumField

MOST_INHABITANTS = 10**7


class GroupForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """A group and what its members have in common."""

    use_required_attribute = False

    class Meta:
        model = Group
        fields = ("name", "sentence")


class InhabitantsForm(forms.Form):
    """A number for each municipality of a page."""

    use_required_attribute = False

    def __init__(self, *args: Any, towns: list[tuple[str, str]], known: dict[str, int | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for slug, name in towns:
            self.fields[slug] = forms.IntegerField(
                label=name, min_value=1, max_value=MOST_INHABITANTS, required=False, initial=known.get(slug)
            )


def _key_name(key: Key) -> str:
    return f"key_{key.value}"


class CostsForm(forms.Form):
    """What is shared out, over which time, by which mixture, among whom."""

    use_required_attribute = False
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    first = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    amount = SumField(label=gettext_lazy("Sum in euros"))
    group = forms.ModelChoiceField(
        Group.objects.none(),
        label=gettext_lazy("Among"),
        required=False,
        empty_label=gettext_lazy("all live municipalities"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group: Any = self.fields["group"]
        group.queryset = Group.objects.all()
        today = timezone.localdate()
        self.initial.setdefault("first", today.replace(month=1, day=1))
        self.initial.setdefault("last", today.replace(month=12, day=31))
        for key in Key:
            self.fields[_key_name(key)] = forms.IntegerField(
                label=_("Percent by: %(key)s") % {"key": LABELS[key]},
                min_value=0,
                max_value=WHOLE,
                required=False,
                initial=WHOLE if key is Key.EQUAL else 0,
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            self.add_error("last", ValidationError(_("The last day must not lie before the first.")))
        return found

    @property
    def wish(self) -> Wish:
        """Of a form without mistakes."""
        given = self.cleaned_data
        mixture = {key: given.get(_key_name(key)) or 0 for key in Key}
        return Wish(given["title"], given["first"], given["last"], given["amount"], mixture)

    @property
    def group_id(self) -> int | None:
        """Among whom; None: all."""
        group = self.cleaned_data["group"]
        return group.pk if group else None
