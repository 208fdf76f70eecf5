"""The mail with which a person made by somebody else sets their first password."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from accounts.tokens import PasswordTokenGenerator
from core.lazy import lazy
from mail.models import OutboxMessage
from mail.services import post
from mail.wording import word

if TYPE_CHECKING:
    from allauth.account import utils
else:
    utils = lazy("allauth.account.utils")


def invite(user: User, *, portal: str, address: str) -> OutboxMessage:
    """Write the invitation. `portal` is its name, `address` that of its start page, with a final slash.

    The link works once and as long as Django's PASSWORD_RESET_TIMEOUT (three days).
    """
    key = PasswordTokenGenerator().make_token(user)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": utils.user_pk_to_url_str(user), "key": key},
        urlconf="config.urls_tenant",
    )
    context: dict[str, Any] = {"user": user, "portal": portal, "link": address + path.lstrip("/"), "address": address}
    with translation.override(settings.LANGUAGE_CODE):
        subject, body = word("invitation", "mail/invitation", context)
    return post(to=user.email, subject=subject, body=body)
