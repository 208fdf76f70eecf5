"""Calendar files of offers and providers, to import once or to subscribe to."""

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.offers import ics
from portal.offers.choices import ScheduleKind
from portal.offers.models import Occurrence, Offer
from portal.offers.occurrences import LONGEST_PAST
from portal.offers.profile_views import leads_on
from portal.providers.models import Provider
from tenants.running.hosts import municipality_of

MOST_OFFERS = 500


def host_of(request: HttpRequest) -> str:
    """The municipality's own host: identifiers must not depend on which of its names somebody used."""
    return municipality_of(request).primary_host


def ics_response(body: bytes, *, name: str) -> HttpResponse:
    """A calendar file as a download called `<name>.ics`; programs that ask again get 304 while nothing changed
    (`core.conditional`)."""
    response = HttpResponse(body, content_type=ics.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["Cache-Control"] = "no-cache"
    return response


def occurrence_of(offer: Offer, key: str) -> Occurrence:
    """The date of an offer that goes by this name (`ics.occurrence_key`) or by this id."""
    wanted, dates = ics.read_key(key), offer.occurrences.order_by("pk")
    if wanted is not None:
        day, start = wanted
        found = dates.filter(first_date=day, **({"start_time": start} if start else {"start_time__isnull": True}))
    elif re.fullmatch(r"[0-9]{1,18}", key):
        found = dates.filter(pk=int(key))
    else:
        raise Http404
    occurrence = found.first()
    if occurrence is None:
        raise Http404
    return occurrence


@require_safe
@allow(Role.VISITOR)
def offer_dates(request: HttpRequest, pk: int, slug: str) -> HttpResponseBase:
    """All dates of an offer, or with `?termin=` one of them."""
    offers = Offer.objects.published().select_related("provider").prefetch_related("categories", "locations")
    offer = get_object_or_404(offers, pk=pk)
    key = request.GET.get("termin", "")
    if slug != offer.slug:
        return redirect(ics.file_path(offer) + (f"?{request.GET.urlencode()}" if key else ""), permanent=True)
    host = host_of(request)
    if key:
        body = ics.ics_for_occurrence(offer, occurrence_of(offer, key), host=host)
        return ics_response(body, name=f"{offer.slug}-{key}")
    body = ics.ics_for_offers([offer], host=host, now=timezone.now(), name=offer.title)
    return ics_response(body, name=offer.slug)


@require_safe
@allow(Role.VISITOR)
@leads_on("termine.ics")
def provider_dates(request: HttpRequest, pk: int, slug: str) -> HttpResponseBase:
    """The dates of all public offers of a provider. One that is withdrawn is no longer in it, so that it vanishes from
    the calendars of subscribers without telling anybody what it was."""
    provider = get_object_or_404(Provider.objects.public(), pk=pk)
    if slug != provider.slug:
        return redirect(f"{provider.get_absolute_url()}termine.ics", permanent=True)
    now = timezone.now()
    offers = Offer.objects.published().filter(provider=provider).exclude(ends_at__lt=now - LONGEST_PAST)
    chosen = offers.exclude(schedule_kind=ScheduleKind.NONE).order_by("-published_at", "pk")[:MOST_OFFERS]
    body = ics.ics_for_offers(chosen, host=host_of(request), now=now, name=provider.name)
    return ics_response(body, name=provider.slug)
