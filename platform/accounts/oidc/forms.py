"""Setting up the municipality's own service for signing in."""

from typing import Any

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityProvider
from accounts.oidc.session import Session
from core.seen import Seen


class ServiceForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """The row and its secret, which is never shown again."""

    issuer = forms.URLField(
        label=_("address of the service (issuer)"),
        required=False,
        assume_scheme="https",
        help_text=_("Below it lies /.well-known/openid-configuration. It begins with https."),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    new_secret = forms.CharField(
        label=_("Client secret"),
        required=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Encrypted when it is kept. Leave it empty to keep the one that is there."),
    )

    class Meta:
        model = IdentityProvider
        fields = ("enabled", "name", "issuer", "client_id", "new_secret", "new_accounts", "second_factor")

    def clean_name(self) -> str:
        return self.cleaned_data["name"] or str(_("Sign in with the town hall’s account"))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        issuer = cleaned.get("issuer")
        if cleaned.get("enabled") and issuer and not self.errors:
            self._ask(issuer.rstrip("/"))
        return cleaned

    def _ask(self, issuer: str) -> None:
        try:
            with Session() as session:
                answer = session.get(f"{issuer}/.well-known/openid-configuration")
                answer.raise_for_status()
                named = answer.json()
        except OAuth2Error as error:
            raise ValidationError({"issuer": _("This service does not answer: %(why)s") % {"why": error}}) from error
        said = named.get("issuer") if isinstance(named, dict) else None
        if not isinstance(said, str) or said.rstrip("/") != issuer:
            raise ValidationError(
                {"issuer": _("The service calls itself “%(name)s”. Please give exactly that.") % {"name": said}}
            )

    def save(self, commit: bool = True) -> IdentityProvider:
        if self.cleaned_data["new_secret"]:
            self.instance.secret = self.cleaned_data["new_secret"]
        return super().save(commit)
