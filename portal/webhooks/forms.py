"""What an administrator says of a webhook."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.seen import Seen
from courier.addresses import check
from portal.webhooks.models import Event, Hook


class HookForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """An address, and what it is told."""

    use_required_attribute = False
    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("It begins with https and can be reached from the internet."),
    )
    events = forms.MultipleChoiceField(
        label=_("What is it told?"),
        choices=Event.choices,
        initial=Event.values,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please tick at least one.")},
    )

    class Meta:
        model = Hook
        fields = ("url", "events", "active")

    def clean_url(self) -> str:
        """A public host, by TLS."""
        return check(self.cleaned_data["url"])
