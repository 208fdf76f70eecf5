"""Whom the municipality's service lets in."""

import logging
from hashlib import sha256
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import IdentityProvider, User
from audit.services import record
from core.lazy import lazy

logger = logging.getLogger(__name__)
session = lazy("accounts.oidc.session")
MAX_NAME = 160


def provider_id_of(row: IdentityProvider) -> str:
    """The service's name in addresses and rows: another issuer's people are other people, whatever their numbers."""
    return f"dienst-{sha256(row.issuer.rstrip('/').encode()).hexdigest()[:12]}"


class ServiceAccountAdapter(DefaultSocialAccountAdapter):
    """An account is found by the service's number for a person, else by an address the service has proved."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        row = IdentityProvider.objects.filter(enabled=True).first()
        if row is None or (provider not in {None, "openid_connect", provider_id_of(row)}):
            return []
        app = SocialApp(
            provider="openid_connect",
            provider_id=provider_id_of(row),
            name=row.name,
            client_id=row.client_id,
            secret=row.secret,
            settings={"server_url": row.issuer.rstrip("/")},
        )
        return [app]

    def get_requests_session(self) -> Any:
        return session.Session()

    def authenticate_by_email(self, sociallogin: Any) -> tuple[User, str] | None:
        for address in sociallogin.email_addresses:
            user = User.objects.filter(email=address.email).first() if address.verified else None
            if user is not None:
                return user, address.email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        proved = any(address.verified for address in sociallogin.email_addresses)
        if not proved or not self.is_open_for_signup(request, sociallogin):
            raise ImmediateHttpResponse(render(request, "account/service_unknown.html", {"proved": proved}))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return IdentityProvider.load().new_accounts

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        user: User = sociallogin.user
        user.email = str(data.get("email") or "").strip().lower()
        user.name = " ".join(str(data.get("name") or "").split())[:MAX_NAME]
        return user

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        user: User = super().save_user(request, sociallogin, form)
        record("create", user, by="sign-in service")
        return user

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        if kwargs.get("error") == "cancelled":
            messages.info(request, _("You did not sign in."))
            raise ImmediateHttpResponse(redirect("account_login"))
        logger.warning("Signing in by the service failed: %s %r", kwargs.get("error"), kwargs.get("exception"))
