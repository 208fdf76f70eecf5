"""The dates of a search as a calendar file, for calendar programs and for apps that take over events."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.access import Role, allow
from portal.interfaces.answering import CORS, open_file, refusal
from portal.interfaces.licences import licence_link
from portal.interfaces.limits import FILE
from portal.offers.calendar_views import ics_response
from portal.offers.ics import ics_of_dates
from portal.offers.models import Occurrence, Offer
from portal.search.results import Meeting, Results, answer
from portal.search.views import read_search
from tenants.running.hosts import municipality_of
from theming.services import current_theme

# A file of ten megabytes. Where there are more dates, it ends with the last day that is told wholly.
MOST, AHEAD = 10_000, timedelta(days=183)
# What Integreat's editors find filled in as the category to be taken over; without it they would have to clear a field.
INTEGREAT = "integreat"


def _dates(results: Results) -> list[tuple[Offer, Occurrence]]:
    """The coming dates that fit the search, by day and time: five statements whatever their number."""
    today = timezone.localdate(results.search.now)
    meetings = _whole_days(results.meetings(today, today + AHEAD))
    ids, until = {meeting.offer_id for meeting in meetings}, max((each.first_date for each in meetings), default=today)
    offers = Offer.objects.published().select_related("provider").prefetch_related("categories", "locations")
    known = offers.in_bulk(list(ids))
    touching = Occurrence.objects.filter(offer__in=ids, first_date__lte=until, last_date__gte=today)
    rows = {(row.offer_id, row.first_date, row.start_time): row for row in touching}
    found = [rows.get((each.offer_id, each.first_date, each.start_time)) for each in meetings]
    return [(known[row.offer_id], row) for row in found if row is not None and row.offer_id in known]


def _whole_days(meetings: list[Meeting]) -> list[Meeting]:
    """As many as a file holds. Of a day there are all or none: who takes over the file drops what it leaves out."""
    if len(meetings) <= MOST:
        return meetings
    cut = meetings[MOST].first_date
    whole = [each for each in meetings[:MOST] if each.first_date < cut]
    return whole or meetings[:MOST]


@open_file
@allow(Role.VISITOR)
def dates(request: HttpRequest, kind: str) -> HttpResponse:
    """Each date of its own: importers read few rules of repetition, and none of exceptions alike."""
    if refused := refusal(request, FILE):
        return refused
    search, _labels, _ignored = read_search(request)
    topics = (INTEGREAT,) if kind == INTEGREAT else ()
    found, host = _dates(answer(search)), municipality_of(request).primary_host
    body = ics_of_dates(found, host=host, name=current_theme().portal_name, topics=topics)
    response = ics_response(body, name=kind)
    for name, value in CORS.items():
        response[name] = value
    if link := licence_link():
        response["Link"] = link
    return response
