"""Proving an address by the link in a mail.

Opening the link changes nothing, for mail scanners open every link; pressing the button takes the address as proved
and does nothing else: it signs nobody in and nobody out, so a scanner that submits forms does no harm either.
"""

from typing import Any

from allauth.account import views as allauth
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse


class ConfirmEmailView(allauth.ConfirmEmailView):
    """allauth's, with links that hold in one municipality only, and a page instead of a bare 404."""

    template_name = "account/email_confirm.html"

    def get_object(self, queryset: Any = None) -> EmailConfirmationHMAC:
        """The address the link is about, as long as it still waits for it: whence each link works once."""
        address = self._address()
        if address is None or address.verified:
            raise Http404
        return EmailConfirmationHMAC(address)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Of two presses at once one finds the address waiting, the other finds it proved.
        with transaction.atomic():
            address = self._address()
            if address is not None:
                EmailAddress.objects.select_for_update().filter(pk=address.pk).first()
            try:
                return super().post(request, *args, **kwargs)
            except Http404:
                self.object = None
                return self.render_to_response(self.get_context_data())

    def logout_other_user(self, confirmation: Any) -> None:
        """Nobody: a link must not end somebody's session."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        address = self._address()
        done = address is not None and address.verified
        return {**super().get_context_data(**kwargs), "done": done}

    def _address(self) -> EmailAddress | None:
        found: EmailAddress | None = get_adapter(self.request).address_to_confirm(self.kwargs["key"])
        return found
