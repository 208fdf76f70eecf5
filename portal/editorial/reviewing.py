"""What waits for the editors' word, as a list; the decision on each is `portal.editorial.review`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.editorial.review.page import decided_before
from portal.editorial.review_listing import REVIEW_LISTING, review_rows
from portal.editorial.waiting import EDITING, complete
from portal.listing.reading import read
from portal.offers.models import Offer
from portal.providers.models import Provider
from portal.revisions.models import Revision

LIST = "/redaktion/pruefen/"
MOST_PROBLEMS = 50


def _title(revision: Revision) -> str:
    content = EDITING[revision.kind].content_of(revision)
    return str(content.get("title") or content.get("name") or _("Without a title"))


def _is_public(revision: Revision, row: Any) -> bool:
    return row is not None and row.published_at is not None


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def review_list(request: HttpRequest) -> HttpResponse:
    """Everything that waits, the oldest first."""
    complete()
    shown = read(REVIEW_LISTING, review_rows(), request.GET)
    page = shown.page
    found = {
        kind: rows.in_bulk([each.subject_id for each in page if each.kind == kind])
        for kind, rows in (("offer", Offer.objects.select_related("provider")), ("provider", Provider.objects.all()))
    }
    rows = [
        {
            "revision": each,
            "title": _title(each),
            "is_change": _is_public(each, found[each.kind].get(each.subject_id)),
            "is_profile": each.kind == "provider",
            "provider": getattr(found[each.kind].get(each.subject_id), "provider", ""),
        }
        for each in page
    ]
    crumbs = [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": _("Approve"), "url": ""}]
    dateless = Offer.objects.with_date_problems().select_related("provider").order_by("title_key", "pk")[:MOST_PROBLEMS]
    number = ngettext("%(number)d text is waiting for you.", "%(number)d texts are waiting for you.", shown.total)
    heading = number % {"number": shown.total}
    context = {"rows": rows, "shown": shown, "crumbs": crumbs, "heading": heading, "dateless": dateless}
    context["decision"] = decided_before(request.GET.get("entschieden", ""))
    return render(request, "editorial/review_list.html", context)
