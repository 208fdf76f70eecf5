"""The mail with which a person made by somebody else sets their first password."""

from typing import TYPE_CHECKING

from django.urls import reverse

from accounts.models import User
from accounts.tokens import PasswordTokenGenerator
from core.lazy import lazy
from mail.models import OutboxMessage
from mail.services import post_kind

if TYPE_CHECKING:
    from allauth.account import utils
else:
    utils = lazy("allauth.account.utils")


def first_password_link(user: User, *, address: str) -> str:
    """Where the first password is set; `address` is that of the start page, with a final slash.

    The link works once and as long as Django's PASSWORD_RESET_TIMEOUT (three days).
    """
    key = PasswordTokenGenerator().make_token(user)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": utils.user_pk_to_url_str(user), "key": key},
        urlconf="config.urls_tenant",
    )
    return address + path.lstrip("/")


def invite(user: User, *, portal: str, address: str) -> OutboxMessage | None:
    """Write the invitation with that link. `portal` is its name."""
    values = {"portal": portal, "link": first_password_link(user, address=address), "address": address}
    return post_kind("invitation", to=user.email, values=values)
