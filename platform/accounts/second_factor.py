"""The second factor: allauth's, with secrets encrypted in the table and QR codes of our own, and who must have one."""

import base64
import logging
import secrets
from io import BytesIO
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import IdentityProvider
from accounts.rules import rules_of
from core.access import Role
from core.lazy import lazy
from core.middleware import granted_roles_of, roles_of
from core.sealing import UnsealableError, seal, unseal

if TYPE_CHECKING:
    import segno
else:
    segno = lazy("segno")

logger = logging.getLogger(__name__)
_PURPOSE = "accounts.second_factor"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys belong to the host they were made on, which is the municipality's own (allauth's default)."""

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=_PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; where the installation's key is another one by now, one that fits no code."""
        try:
            return unseal(encrypted_text, purpose=_PURPOSE)
        except UnsealableError:
            logger.exception("A second factor was encrypted with another SECRET_KEY (see SECRET_KEY_FALLBACKS).")
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def build_totp_svg(self, url: str) -> str:
        drawing = BytesIO()
        segno.make(url, error="m").save(drawing, kind="svg", border=2, dark="#000", light="#fff", xmldecl=False)
        return drawing.getvalue().decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth's name
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Key") if number == 1 else _("Key %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        site = getattr(context.request, "municipality", None)
        return f"Chancenportal {site.name}" if site else "Chancenportal"


def has_second_factor(user: Any) -> bool:
    """Whether somebody set one up that works alone (recovery codes do not)."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def needs_second_factor(request: HttpRequest) -> bool:
    """Whether the rules of this host ask this person for one."""
    demanded = rules_of(request).second_factor_for
    if demanded & granted_roles_of(request):
        return True
    return Role.PROVIDER in demanded and Role.PROVIDER in roles_of(request)


def gate(request: HttpRequest) -> str | None:
    """Whoever must have a second factor sets it up before anything else."""
    if not needs_second_factor(request) or has_second_factor(request.user):
        return None
    # The municipality's own service may ask for more than a password itself.
    by_service = any(each["method"] == "socialaccount" for each in get_authentication_records(request, request.user))
    if by_service and IdentityProvider.load().second_factor:
        return None
    return reverse("mfa_index")
