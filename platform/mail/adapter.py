"""allauth's mails (password reset and so on) go through our outbox, and nobody signs up by themselves yet."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from mail.services import post
from mail.wording import word


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What the platform does differently from allauth's defaults."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        # Who has an account works in German; the language of the page is that of whoever asked, perhaps a stranger.
        with translation.override(settings.LANGUAGE_CODE):
            subject, body = word(template_prefix.rsplit("/", 1)[-1], template_prefix, context)
        post(to=email, subject=subject, body=body)
