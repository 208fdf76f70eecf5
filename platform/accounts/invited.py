"""An account by a link that came to an address: the form asks for no address, and the address counts as proved."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import SignupView
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect


class InvitedSignup(SignupView):
    """For views of invitations, which have an `email`; `accept` is what happens with the new account."""

    http_method_names = ("get", "head", "post")
    invitation: Any

    def accept(self) -> None:
        """Let the new account (`self.user`) have what the invitation offers."""
        raise NotImplementedError

    def is_open(self) -> bool:
        """Whoever was invited may make an account, whether others may or not."""
        return True

    def get_form_kwargs(self) -> dict[str, Any]:
        given: dict[str, Any] = super().get_form_kwargs()
        if "data" in given:
            given["data"] = given["data"].copy()
            given["data"]["email"] = self.invitation.email
        return given

    def form_valid(self, form: Any) -> HttpResponse:
        # The link came to this address: that proves it.
        get_adapter(self.request).stash_verified_email(self.request, self.invitation.email)
        try:
            with transaction.atomic():
                answer: HttpResponse = super().form_valid(form)
                self.accept()
        except IntegrityError:
            # A second click while the first was being answered: there is an account by now.
            return redirect(self.request.path)
        return answer
