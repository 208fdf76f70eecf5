"""allauth's mails (password reset and so on) go through our outbox, and nobody signs up by themselves yet."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from mail.services import post
from mail.wording import word
from tenants.running.hosts import Site
from tenants.urls import own_address, own_host


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What the platform does differently from allauth's defaults.

    No address of ours is made from the request: its Host header, port included, is what the sender likes.
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        host = own_host()
        site: Site | None = getattr(self.request, "municipality", None)
        # allauth's own texts, where we have none, name the site.
        own = {"email": email, "current_site": SimpleNamespace(name=site.name if site else host, domain=host)}
        # Who has an account works in German; the language of the page is that of whoever asked, perhaps a stranger.
        with translation.override(settings.LANGUAGE_CODE):
            subject, body = word(template_prefix.rsplit("/", 1)[-1], template_prefix, {**own, **context})
        post(to=email, subject=subject, body=body)

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return own_address() + path.replace("UID-KEY", quote(key)).lstrip("/")

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return own_address() + reverse("account_confirm_email", args=[emailconfirmation.key]).lstrip("/")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By the person alone: naming another host or port of ours gives no more attempts. The cache adds where."""
        return str(credentials.get("email") or credentials.get("username") or "").strip().lower()
