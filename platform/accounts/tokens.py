"""The secret in a link to set a password."""

from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator


class PasswordTokenGenerator(PasswordResetTokenGenerator):
    """allauth's, without its look for addresses it might have to add: every account has its own.

    What it signs is the same, so that links in mails outlive a release; it ends with the password, the address and the
    next sign-in.
    """

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.email}"
