"""Asking for a new password without telling anybody who has an account."""

from typing import Any

from allauth.account import forms as allauth
from django.db import transaction
from django.http import HttpRequest

from accounts.models import User


class ResetPasswordForm(allauth.ResetPasswordForm):
    """The same page, the same work and so the same time whether there is an account or not.

    Where there is none, the mail is worded, written and rolled back: nobody gets it, and nobody can measure that.
    """

    users: list[User]

    def clean_email(self) -> str:
        """One question to one table, for every address: allauth asks more of them where it finds nobody."""
        email = str(self.cleaned_data["email"])
        self.users = list(User.objects.filter(email=email.lower(), is_active=True))
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        with transaction.atomic():
            known = bool(self.users)
            attempt = transaction.savepoint()
            if not known:
                self.users = [_nobody(self.cleaned_data["email"])]
            email = super().save(request, **kwargs)
            if not known:
                transaction.savepoint_rollback(attempt)
        return str(email)


def _nobody(email: str) -> User:
    """Somebody to word a mail for that is never sent."""
    nobody = User(pk=0, email=email)
    nobody.set_unusable_password()
    return nobody
