"""Releases: what would be issued, what was, and what differs between two of them."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Role, allow
from shared_categories import reading, services
from shared_categories.content import working_copy
from shared_categories.differing import Shown, shown
from shared_categories.forms import ReleaseForm
from shared_categories.models import Release
from shared_categories.showing import page
from shared_categories.uses import usage
from shared_categories.values import Value
from shared_categories.views.single import refuse

WORKING_COPY = "arbeit"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def releases(request: HttpRequest) -> HttpResponse:
    """All releases, and what the next would bring; it is issued here."""
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            issued = services.issue_release(form.cleaned_data["note"], by=request.user)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(
                request, _("Release %(number)d is issued. Municipalities see what differs.") % {"number": issued.number}
            )
            return redirect("catalogue:releases")
    newest = reading.newest()
    context = {
        "form": form,
        "newest": newest,
        "coming": shown(newest.values if newest else {}, working_copy(), usage()),
        "issued": Release.objects.defer("content"),
    }
    crumbs = [(pgettext("of the catalogue", "Releases"), "")]
    status = 400 if form.errors else 200
    return page(request, "catalogue/releases.html", context, tab="catalogue:releases", crumbs=crumbs, status=status)


@require_safe
@allow(Role.OPERATOR)
def compare(request: HttpRequest) -> HttpResponse:
    """Two releases, or one and the working copy: `?von=1&bis=2`, `?von=2&bis=arbeit`, without: the last two."""
    numbers = list(Release.objects.order_by("number").values_list("number", flat=True))
    sides = [str(number) for number in numbers] + [WORKING_COPY]
    old = _chosen(request.GET.get("von", ""), sides, str(numbers[-1]) if numbers else WORKING_COPY)
    new = _chosen(request.GET.get("bis", ""), sides, WORKING_COPY)
    found: list[Shown] = shown(_values(old), _values(new), usage())
    context = {
        "sides": [(side, _side(side)) for side in sides],
        "old": old,
        "new": new,
        "old_label": _side(old),
        "new_label": _side(new),
        "found": found,
    }
    return page(request, "catalogue/compare.html", context, tab="catalogue:compare", crumbs=[(_("Compare"), "")])


def _chosen(asked: str, sides: list[str], usual: str) -> str:
    return asked if asked in sides else usual


def _side(side: str) -> str:
    return _("Working copy") if side == WORKING_COPY else _("Release %(number)d") % {"number": int(side)}


def _values(side: str) -> Mapping[str, Value]:
    return working_copy() if side == WORKING_COPY else reading.release(int(side)).values
