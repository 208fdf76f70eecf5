"""Trusted providers: what they write is public at once, and stands “for your information”."""

from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.access import Role, allow
from core.returning import way_back
from portal.editorial.review.page import LIST
from portal.listing.reading import read
from portal.listing.spec import Listing, Sort
from portal.preferences.models import Preferences
from portal.providers import editing
from portal.providers.models import Provider


def _search(rows: QuerySet[Provider], words: str) -> QuerySet[Provider]:
    for word in words.split():
        rows = rows.filter(name__icontains=word)
    return rows


LISTING = Listing(search=_search, sorts=(Sort("name", gettext_lazy("By name"), ("name_key", "pk")),))


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def trusted(request: HttpRequest) -> HttpResponse:
    """Those who are exempt from approval; whoever searches finds the others too."""
    rows = Provider.objects.exclude(state="trashed")
    asked = request.GET.get("q", "").strip()
    page = read(LISTING, rows if asked else rows.filter(trusted=True), request.GET)
    context = {
        "shown": page,
        "rows": page.page,
        "asked": asked,
        "rule": Preferences.current().approval_rule,
        "crumbs": [
            {"label": _("Editorial desk"), "url": "/redaktion/"},
            {"label": _("Approve"), "url": LIST},
            {"label": _("Trusted providers"), "url": ""},
        ],
    }
    return render(request, "review/trusted.html", context)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def trust(request: HttpRequest, pk: int) -> HttpResponse:
    """Exempt a provider from approval, or no longer do so; then back to where the button was."""
    provider = get_object_or_404(Provider, pk=pk)
    wanted = request.POST.get("vertraut") == "1"
    if provider.trusted != wanted:
        editing.trust(provider, by=cast("User", request.user), trusted=wanted)
    said = (
        _("What “%(name)s” writes is public at once from now on.")
        if wanted
        else _("“%(name)s” needs approval again, as your rules say.")
    )
    messages.success(request, said % {"name": provider.name})
    return redirect(way_back(request, "review:trusted"))
