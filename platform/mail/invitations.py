"""The mail with which a person made by somebody else sets their first password."""

from typing import Any

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.utils import user_pk_to_url_str
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from mail.models import OutboxMessage
from mail.services import post


def invite(user: User, *, portal: str, address: str) -> OutboxMessage:
    """Write the invitation. `portal` is its name, `address` that of its start page, with a final slash.

    The link works once and as long as Django's PASSWORD_RESET_TIMEOUT (three days).
    """
    key = EmailAwarePasswordResetTokenGenerator().make_token(user)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": key},
        urlconf="config.urls_tenant",
    )
    context: dict[str, Any] = {"user": user, "portal": portal, "link": address + path.lstrip("/"), "address": address}
    return post(
        to=user.email,
        subject=render_to_string("mail/invitation_subject.txt", context),
        body=render_to_string("mail/invitation_message.txt", context),
    )
