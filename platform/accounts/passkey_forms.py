"""allauth's forms for passkeys, to which a browser may send anything: what is no answer of a device is a wrong code."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as allauth

# What its parsers raise at made-up input.
_NONSENSE = (KeyError, IndexError, TypeError, ValueError, AttributeError)


class AddWebAuthnForm(allauth.AddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except _NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class _Careful:
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form it is mixed into
        except _NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AuthenticateWebAuthnForm(_Careful, allauth.AuthenticateWebAuthnForm):
    pass


class LoginWebAuthnForm(_Careful, allauth.LoginWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(_Careful, allauth.ReauthenticateWebAuthnForm):
    pass
