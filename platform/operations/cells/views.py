"""The page. It asks no schema and no other cell."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from operations.cells import standing
from operations.crumbs import crumbs
from tenants.models import Municipality

PER_PAGE = 50


@require_safe
@allow(Role.OPERATOR)
def overview(request: HttpRequest) -> HttpResponse:
    """Which cell this is, who moves, who lives elsewhere, and all moves of before."""
    page = Paginator(standing.ended(), PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "crumbs": crumbs(_("Cells and moves")),
        "cell": settings.CELL,
        "number": Municipality.objects.count(),
        "under_way": standing.under_way(),
        "away": standing.away(),
        "page": page,
        "past": standing.told(page.object_list),
    }
    return render(request, "cells/overview.html", context)
