"""What people fill in: what they want to be told, webhooks, and what other programs may tell us."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courier.addresses import check
from courier.signing import is_key
from tracker.channels.models import Hook, Scope, Source, Subscription
from tracker.tickets.models import Ticket, Viewer

_FOR_PROVIDERS = {Scope.WATCHED, Scope.NONE}


class SubscriptionForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """Of which tickets somebody is told, and how often."""

    use_required_attribute = False

    class Meta:
        model = Subscription
        fields = ("scope", "rhythm")
        widgets = {"scope": forms.RadioSelect, "rhythm": forms.RadioSelect}

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: set[str] = set(Scope.values)
        if viewer.is_operator:
            offered -= {Scope.OWN}
        elif not viewer.sees_all:
            # Providers see their own reports alone.
            offered &= _FOR_PROVIDERS
        scope: Any = self.fields["scope"]
        scope.choices = [(value, label) for value, label in Scope.choices if value in offered]
        rhythm: Any = self.fields["rhythm"]
        rhythm.choices = [choice for choice in rhythm.choices if choice[0]]


class HookForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """An address that is told of events."""

    use_required_attribute = False
    url = forms.URLField(
        label=gettext_lazy("address"),
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("It begins with https and can be reached from the internet."),
    )

    class Meta:
        model = Hook
        fields = ("url", "scope", "active")
        widgets = {"scope": forms.RadioSelect}

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.participant = viewer.participant
        scope: Any = self.fields["scope"]
        scope.choices = [choice for choice in scope.choices if choice[0]]
        if viewer.is_operator:
            del self.fields["scope"]

    def clean_url(self) -> str:
        """A public host, by TLS."""
        return check(self.cleaned_data["url"])

    def _get_validation_exclusions(self) -> set[str]:
        # Two webhooks of one municipality to one address are found although the form has no field for the former.
        return super()._get_validation_exclusions() - {"participant"}  # type: ignore[misc,no-any-return]


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """A program that may tell us something."""

    use_required_attribute = False
    secret = forms.CharField(
        label=gettext_lazy("Key of signatures"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only where the program gives it (Sentry: “Client Secret”). Else we make one."),
    )

    class Meta:
        model = Source
        fields = ("kind", "name", "active")

    field_order = ("kind", "name", "secret", "active")

    def clean(self) -> dict[str, Any]:
        """Sentry gives its own key, GitLab takes only those of Standard Webhooks."""
        found = super().clean() or {}
        kind, secret = found.get("kind"), found.get("secret", "")
        if kind == Source.Kind.SENTRY and not secret and not self.instance.sealed_secret:
            self.add_error("secret", _("Please enter the “Client Secret” of the integration at Sentry."))
        if kind in {Source.Kind.GITLAB, Source.Kind.OPENCODE} and secret and not is_key(secret):
            self.add_error("secret", _("GitLab signs with a key that begins with whsec_."))
        return found


class LinkForm(forms.Form):
    """The address of an issue elsewhere."""

    use_required_attribute = False
    url = forms.URLField(label=gettext_lazy("Address of the issue"), max_length=500, assume_scheme="https")


class AttachForm(forms.Form):
    """To which ticket an error belongs: one there is, or a new one with these words."""

    use_required_attribute = False
    number = forms.CharField(label=gettext_lazy("Number of the ticket"), max_length=20, required=False)
    title = forms.CharField(
        label=gettext_lazy("or title of a new ticket"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("All municipalities read it: please no personal data from the error."),
    )

    def clean_number(self) -> Ticket | None:
        """The ticket."""
        written = self.cleaned_data["number"].strip()
        if not written:
            return None
        ticket = Ticket.objects.select_related("merged_into").called(written)
        if ticket is None:
            raise ValidationError(_("There is no such ticket: %(numbers)s") % {"numbers": written})
        return ticket

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        found = super().clean() or {}
        if not self.errors and bool(found.get("number")) == bool(found.get("title", "").strip()):
            raise ValidationError(_("Please give either a number or a title."))
        return found
