"""allauth's mails (password reset and so on) go through our outbox, and nobody signs up by themselves yet."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.template.loader import render_to_string

from mail.services import post


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What the platform does differently from allauth's defaults."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        body = render_to_string(f"{template_prefix}_message.txt", context)
        post(to=email, subject=subject, body=body)
