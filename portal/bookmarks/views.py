"""The list of bookmarks: the page, which is also the link to share, and its calendar file."""

from urllib.parse import quote

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.bookmarks.lists import MOST, load, read_ids
from portal.offers.calendar_views import host_of, ics_response
from portal.offers.ics import ics_for_offers
from portal.offers.models import Offer
from portal.preferences.models import Preferences
from tenants.urls import address_of

# A code with more is too fine for a printed page and a telephone's camera.
LONGEST_CODE = 400


@require_safe
@allow(Role.VISITOR)
def show(request: HttpRequest) -> HttpResponse:
    """The offers of the address. Without any, the script fills in those the browser remembers."""
    names = Preferences.load()
    asked = read_ids(request.GET.getlist("angebote"))
    context = {"preferences": names, "asked": asked, "most": MOST, "crumbs": [{"label": _("My bookmarks"), "url": ""}]}
    if asked.ids:
        address = address_of(host_of(request))
        link = f"{address}merkliste/?angebote={asked.text}"
        context |= {
            "kept": load(asked, names=names, address=address),
            "link": link,
            "address": f"{address}merkliste/?angebote=",
            "mail": _mail(link),
            "code": segno.make(link, micro=False).svg_data_uri(scale=3) if len(link) <= LONGEST_CODE else "",
        }
    return render(request, "bookmarks/list.html", context)


def _mail(link: str) -> str:
    """The address that opens the person's own mail program; nothing is sent from here."""
    subject = quote(_("Offers I noted down"))
    body = quote(_("Have a look at these offers:") + f"\n\n{link}\n")
    return f"mailto:?subject={subject}&body={body}"


@require_safe
@allow(Role.VISITOR)
def calendar(request: HttpRequest) -> HttpResponseBase:
    """The dates of the offers of the address as one calendar file."""
    asked = read_ids(request.GET.getlist("angebote"))
    offers = Offer.objects.current().filter(pk__in=asked.ids)
    if not asked.ids or not offers.exists():
        raise Http404
    name = str(_("My bookmarks"))
    body = ics_for_offers(offers.order_by("pk"), host=host_of(request), now=timezone.now(), name=name)
    return ics_response(body, name="merkliste")
