"""One offer to another provider: it goes the way of a bulk action, so that it is told, and can be taken back."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.inventory.bulk.views import summary_page
from portal.inventory.models import Subject
from portal.offers.models import Offer


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """To whom? And what that means."""
    get_object_or_404(Offer, pk=pk)
    asked = QueryDict(mutable=True)
    asked.update({"wer": request.GET.get("wer", ""), "welches": request.GET.get("welches", "")})
    return summary_page(request, Subject.OFFERS, "uebertragen", [pk], asked)
