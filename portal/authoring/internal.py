"""`/redaktion/angebote/<id>/intern/`: what the editors note of an offer in the internal details of their own."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import Role, allow
from portal.authoring.forms.extras import PREFIX, as_sent, field_of, understood
from portal.offer_fields.reading import Extra, offer_fields
from portal.offers import editing
from portal.offers.models import Offer


class InternalForm(forms.Form):
    """One field for each internal detail."""

    def __init__(self, data: Any, *, asked: list[Extra], said: dict[str, Any]) -> None:
        super().__init__(data, initial={f"{PREFIX}{key}": as_sent(value) for key, value in said.items()})
        self.asked = asked
        for extra in asked:
            self.fields[f"{PREFIX}{extra.key}"] = field_of(extra, said.get(extra.key))

    def answers(self) -> dict[str, Any]:
        """What was answered, by the keys of the details."""
        return {extra.key: understood(extra, self.cleaned_data[f"{PREFIX}{extra.key}"]) for extra in self.asked}


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def internal(request: HttpRequest, pk: int) -> HttpResponse:
    """Read and note. Providers and residents see nothing of it."""
    offer = get_object_or_404(Offer.objects.select_related("provider"), pk=pk)
    form = InternalForm(
        request.POST if request.method == "POST" else None, asked=offer_fields().internal, said=offer.internal
    )
    if request.method == "POST" and form.is_valid():
        new = editing.set_internal(offer, form.answers(), by=request.user)
        messages.success(request, _("Saved. Only the editorial team sees it.") if new else _("Nothing was changed."))
        return redirect("authoring:internal", pk)
    crumbs = [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": str(offer), "url": ""}]
    return render(request, "authoring/internal.html", {"offer": offer, "form": form, "crumbs": crumbs})
