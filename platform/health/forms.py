"""What operators fill in: where alerts go."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courier.addresses import check
from health.models import AlertHook


class HookForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """An address that is told of alerts."""

    use_required_attribute = False
    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("It begins with https and can be reached from the internet."),
    )

    class Meta:
        model = AlertHook
        fields = ("url", "active")

    def clean_url(self) -> str:
        """A public host, by TLS."""
        return check(self.cleaned_data["url"])
