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
from portal.providers.naming import Naming
from portal.tokens.models import Scope, Token

LONGEST = timedelta(days=3 * 366)


class NamesInput(forms.Widget):
    """A line for each organisation, and some empty ones; whoever needs more asks for them with what was typed."""

    template_name = "tokens/names.html"
    use_fieldset = True
    spare = 3

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """What was typed, without the empty lines."""
        return [line.strip() for line in data.getlist(name) if line.strip()]

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The lines have names of their own."""
        return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the lines and what can be chosen."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        lines = [*(value or ()), *[""] * self.spare]
        return context | {"lines": lines, "choices": known().all(), "invalid": "aria-invalid" in (attrs or {})}


class OrganisationsField(forms.Field):
    """Several organisations by their names: the numbers of them."""

    widget = NamesInput

    def clean(self, value: Any) -> list[int]:
        """Each name is one of an organisation; those that are not are all told at once."""
        naming = known()
        meant = {typed: naming.meant(typed) for typed in value}
        problems = [_problem(typed, found) for typed, found in meant.items() if len(found) != 1]
        if problems:
            raise ValidationError(problems)
        return list(dict.fromkeys(found[0] for found in meant.values()))


def known() -> Naming:
    """Whoever a program may write for."""
    rows = Provider.objects.exclude(state=ProviderState.TRASHED).order_by("name_key", "pk")
    return Naming(rows.values_list("pk", "name"))


def _problem(typed: str, found: list[int]) -> str:
    if found:
        names = ", ".join(f"{typed} ({pk})" for pk in found)
        return _("There are several called “%(name)s”. Please choose one: %(names)s") % {"name": typed, "names": names}
    return _("There is no organisation called “%(name)s”. Please choose one from the list.") % {"name": typed}


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """A token: its program, what it may do, for whom, until when."""

    use_required_attribute = False
    whose = forms.ChoiceField(
        label=gettext_lazy("For whom does it write?"),
        required=False,
        choices=[("some", gettext_lazy("for the organisations below")), ("all", gettext_lazy("for all"))],
        initial="some",
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Only where it may write. What it hands in needs the approval that people of the organisation need."
        ),
    )

    providers = OrganisationsField(label=gettext_lazy("Organisations"), required=False)

    class Meta:
        model = Token
        fields = ("name", "scope", "expires_on")
        widgets = {
            "scope": forms.RadioSelect,
            "expires_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {"expires_on": gettext_lazy("At most three years. A program that is used longer gets a new one.")}

    field_order = ("name", "scope", "whose", "providers", "expires_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
            self.add_error("providers", _("Please name at least one organisation, or choose “for all”."))
        return found
