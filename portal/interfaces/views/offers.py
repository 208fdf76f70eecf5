"""Offers and their dates."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.interfaces import changes, expanding, writing
from portal.interfaces.answering import Reading, base_of, gone, json_answer
from portal.interfaces.asking import CURSOR, FACETS, OWN, SINCE, Asked, AskedWronglyError, asked
from portal.interfaces.describing import (
    dates_list,
    offer_change,
    offer_create,
    offer_detail,
    offer_state,
    offer_withdraw,
    offers_list,
)
from portal.interfaces.models import Kind
from portal.interfaces.records import Record, Teller, day_record
from portal.interfaces.rows import rows_of
from portal.interfaces.schema.offers import OFFER_FIELDS
from portal.interfaces.searching import DATES, OFFERS, date_record, dates_of, facets_of, next_dates, page_of, search
from portal.offers.cards import next_occurrences
from portal.offers.models import Offer
from portal.offers.views import found_offer
from portal.offers.visibility import Visibility
from portal.preferences.models import Preferences
from portal.translation.languages import PARAMETER

MOST_NUMBER = 2**63


def next_url(request: Any, cursor: str) -> str | None:
    """The address of the next page; None on the last one."""
    if not cursor:
        return None
    given = request.GET.copy()
    given[CURSOR] = cursor
    pairs = [(name, value) for name, values in given.lists() for value in values]
    return f"{base_of(request)}{request.path}?{urlencode(pairs, errors='replace')}"


def refuse_search(wanted: Asked) -> None:
    """With `updated_since` there is no search: what fits it no more would have to be told as gone."""
    others = [name for name in wanted.search if wanted.search[name] and name != PARAMETER]
    if wanted.facets:
        others.append(FACETS)
    if others:
        detail = _("“updated_since” is for a copy of everything; it cannot be combined with “%(name)s”.")
        raise AskedWronglyError(others[0][:80], detail % {"name": others[0][:80]})


class OfferList(Reading):
    """All offers that residents find, or those of a search; with `updated_since` what changed and what went."""

    http_method_names = ("get", "head", "options", "post")

    @offers_list
    def get(self, request: Any) -> HttpResponse:
        """As the search of the portal has them."""
        changing = SINCE in request.GET
        wanted = asked(
            request.GET,
            fields=OFFER_FIELDS,
            expand=expanding.OFFER,
            cursor=changes.CURSOR if changing else OFFERS,
        )
        return self._found(request, wanted) if wanted.since is None else self._changed(request, wanted, wanted.since)

    @offer_create
    def post(self, request: Any) -> HttpResponse:
        """One more, by a program with a token."""
        return writing.done("create", request)

    def _found(self, request: Any, wanted: Asked) -> HttpResponse:
        results, labels, ignored = search(wanted)
        ids, cursor = page_of(results, wanted)
        told = _told(request, ids, wanted)
        dates = next_dates(results, ids)
        for pk, record in told.items():
            record["next_date"] = dates.get(pk)
        body: Record = {
            "total": results.total,
            "next": next_url(request, cursor),
            "ignored": ignored,
            "results": [wanted.shown(told[pk]) for pk in ids if pk in told],
        }
        if wanted.facets:
            body["facets"] = facets_of(results, labels)
        return json_answer(body)

    def _changed(self, request: Any, wanted: Asked, since: datetime) -> HttpResponse:
        refuse_search(wanted)
        now = timezone.now()
        # The earlier one: what ends by its own clock between the two is told next time.
        safe = min(changes.as_of(), now)
        found, cursor = changes.changed_since(Kind.OFFER, wanted, since, now=now)
        told = _told(request, [each.pk for each in found if not each.gone], wanted)
        results = [
            wanted.shown(told[each.pk])
            if each.pk in told
            else {"id": each.pk, "deleted": True, "reason": each.gone or "withdrawn", "at": _at(each.moment)}
            for each in found
        ]
        return json_answer({"as_of": _at(safe), "next": next_url(request, cursor), "results": results})


def _at(moment: Any) -> str:
    return str(moment.isoformat().replace("+00:00", "Z"))


def _told(request: Any, ids: list[int], wanted: Asked) -> dict[int, Record]:
    """The records of these offers by number, as far as residents find them."""
    base = base_of(request)
    tell = Teller.at(base).offer
    told = {pk: tell(row) for pk, row in rows_of(ids, Offer.objects.current()).items()}
    expanding.expand_offers(told.values(), wanted.expand, base=base, now=timezone.now())
    return told


class OfferDetail(Reading):
    """One offer, as long as its page tells everything."""

    http_method_names = ("get", "head", "options", "patch", "delete")

    @offer_detail
    def get(self, request: Any, pk: int) -> HttpResponse:
        """What its page shows."""
        wanted = asked(request.GET, fields=OFFER_FIELDS, expand=expanding.OFFER, may=("fields", "expand"))
        if pk >= MOST_NUMBER:
            raise Http404
        _offer, visibility = found_offer(pk, Preferences.current())
        if visibility not in {Visibility.SHOWN, Visibility.OVER}:
            return gone(_("This offer was withdrawn by its provider."))
        now, base = timezone.now(), base_of(request)
        found = rows_of([pk], Offer.objects.published())
        if pk not in found:
            raise Http404
        record = Teller.at(base).offer(found[pk])
        coming = next_occurrences([pk], now=now).get(pk)
        record["next_date"] = {"offer_id": pk, "title": record["title"], **day_record(coming)} if coming else None
        expanding.expand_offers([record], wanted.expand, base=base, now=now)
        return json_answer(wanted.shown(record))

    @offer_change
    def patch(self, request: Any, pk: int) -> HttpResponse:
        """Changed by a program with a token."""
        return writing.done("change", request, pk=pk)

    @offer_withdraw
    def delete(self, request: Any, pk: int) -> HttpResponse:
        """Put away by a program with a token."""
        return writing.done("withdraw", request, pk=pk)


class OfferState(Reading):
    """Where an offer stands, for the program that wrote it."""

    @offer_state
    def get(self, request: Any, pk: int) -> HttpResponse:
        """Also of what residents do not see."""
        return writing.done("state", request, pk=pk)


class DateList(Reading):
    """Single coming dates of a search, by day and time."""

    @dates_list
    def get(self, request: Any) -> HttpResponse:
        """As the calendar of the portal has them."""
        wanted = asked(request.GET, fields=(), expand=("offer",), cursor=DATES, may=OWN - {"fields", SINCE, FACETS})
        results, _labels, ignored = search(wanted)
        meetings, cursor = dates_of(results, wanted)
        records = [date_record(each) for each in meetings]
        if "offer" in wanted.expand:
            told = _told(request, list({each.offer_id for each in meetings}), Asked(wanted.search))
            for record in records:
                record["offer"] = told.get(record["offer_id"])
        return json_answer({"next": next_url(request, cursor), "ignored": ignored, "results": records})
