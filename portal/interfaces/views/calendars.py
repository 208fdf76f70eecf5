"""The dates of a search as a calendar file, for calendar programs and for apps that take over events."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.interfaces.answering import CORS, problem
from portal.interfaces.licences import licence_link
from portal.interfaces.limits import seconds_to_wait
from portal.offers.calendar_views import ics_response
from portal.offers.ics import calendar_of, events_of_dates
from portal.offers.models import Occurrence, Offer
from portal.search.results import Results, answer
from portal.search.views import read_search
from tenants.running.hosts import municipality_of
from theming.services import current_theme

MOST, AHEAD = 1000, timedelta(days=183)
# What Integreat's editors find filled in as the category to be taken over; without it they would have to clear a field.
INTEGREAT = "integreat"


def _dates(results: Results) -> list[tuple[Offer, Occurrence]]:
    """The coming dates that fit the search, by day and time: five statements whatever their number."""
    today = timezone.localdate(results.search.now)
    meetings = results.meetings(today, today + AHEAD)[:MOST]
    ids = {meeting.offer_id for meeting in meetings}
    offers = Offer.objects.published().select_related("provider").prefetch_related("categories", "locations")
    known = offers.in_bulk(list(ids))
    touching = Occurrence.objects.filter(offer__in=ids, first_date__lte=today + AHEAD, last_date__gte=today)
    rows = {(row.offer_id, row.first_date, row.start_time): row for row in touching}
    found = [rows.get((each.offer_id, each.first_date, each.start_time)) for each in meetings]
    return [(known[row.offer_id], row) for row in found if row is not None and row.offer_id in known]


@require_safe
@allow(Role.VISITOR)
def dates(request: HttpRequest, kind: str) -> HttpResponse:
    """Each date of its own: importers read few rules of repetition, and none of exceptions alike."""
    if wait := seconds_to_wait(request):
        refused = problem(429, _("Too many requests"))
        refused["Retry-After"] = str(wait)
        return refused
    search, _labels, _ignored = read_search(request)
    topics = (INTEGREAT,) if kind == INTEGREAT else ()
    events = events_of_dates(_dates(answer(search)), host=municipality_of(request).primary_host, topics=topics)
    response = ics_response(calendar_of(events, name=current_theme().portal_name), name=kind)
    for name, value in CORS.items():
        response[name] = value
    if link := licence_link():
        response["Link"] = link
    return response
