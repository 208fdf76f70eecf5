"""What an administrator says of a new token."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.providers.models import Provider
from portal.providers.models import State as ProviderState
from portal.tokens.models import Scope, Token

LONGEST = timedelta(days=3 * 366)


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """A token: its program, what it may do, for whom, until when."""

    use_required_attribute = False
    whose = forms.ChoiceField(
        label=gettext_lazy("For whom does it write?"),
        required=False,
        choices=[("some", gettext_lazy("for the organisations ticked below")), ("all", gettext_lazy("for all"))],
        initial="some",
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Only where it may write. What it hands in needs the approval that people of the organisation need."
        ),
    )

    class Meta:
        model = Token
        fields = ("name", "scope", "providers", "expires_on")
        widgets = {
            "scope": forms.RadioSelect,
            "providers": forms.CheckboxSelectMultiple,
            "expires_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {"providers": gettext_lazy("Organisations")}
        help_texts = {"expires_on": gettext_lazy("At most three years. A program that is used longer gets a new one.")}

    field_order = ("name", "scope", "whose", "providers", "expires_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names: Any = self.fields["providers"]
        names.queryset = Provider.objects.exclude(state=ProviderState.TRASHED).order_by("name_key", "pk")
        scope: Any = self.fields["scope"]
        scope.choices = [choice for choice in scope.choices if choice[0]]
        self.fields["expires_on"].required = True
        self.fields["expires_on"].initial = timezone.localdate() + timedelta(days=365)

    def clean_expires_on(self) -> date:
        day: date = self.cleaned_data["expires_on"]
        if not timezone.localdate() <= day <= timezone.localdate() + LONGEST:
            raise ValidationError(_("Please choose a day between today and three years from now."))
        return day

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        writes, chosen = found.get("scope") == Scope.WRITE, found.get("providers")
        self.instance.for_all = writes and found.get("whose") == "all"
        if writes and not self.instance.for_all and "providers" not in self.errors and not chosen:
            self.add_error("providers", _("Please tick at least one organisation, or choose “for all”."))
        return found
