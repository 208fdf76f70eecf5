"""An issue that makes itself: what became public since the last one, and what takes place in the time to come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.services import record
from portal.newsletter.models import Issue, Item, Newsletter, Part, Rhythm
from portal.offers.models import Offer
from portal.search.parameters import Sort
from portal.search.results import answer
from portal.subscriptions import searches
from portal.translation.languages import SOURCE

MOST_NEW = 25
MOST_COMING = 25
# So many of a part are chosen; the rest is offered. More reads nobody.
MOST_CHOSEN = 12
# What takes place again and again would fill every issue: it is offered, and chosen only where there is little else.
FEW = 6
# Before the town hall opens on the day of the draft.
HOUR = time(5, 0)
MONDAY = 0
# The first issue looks back so far, unless somebody says otherwise.
FIRST_LOOK_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Period:
    """Of what an issue tells: of what is new since then, and of what takes place on these days."""

    since: datetime
    first_day: date
    last_day: date


def usual_period(newsletter: Newsletter, *, now: datetime) -> Period:
    """From the last issue on, and as far ahead as the newsletter looks."""
    last = newsletter.issues.order_by("-until").values_list("until", flat=True).first()
    today = timezone.localdate(now)
    return Period(last or now - FIRST_LOOK_BACK, today, today + timedelta(days=newsletter.days_ahead))


def next_draft(rhythm: str, *, after: datetime) -> datetime | None:
    """When the next draft is made; None for a newsletter that waits for the button."""
    if rhythm == Rhythm.NEVER:
        return None
    day = timezone.localdate(after)
    while True:
        moment = timezone.make_aware(datetime.combine(day, HOUR))
        fits = day.weekday() == MONDAY if rhythm == Rhythm.WEEKLY else day.day == 1
        if fits and moment > after:
            return moment
        day += timedelta(days=1)


def of_topics(query: str, topics: Collection[int]) -> str:
    """The search of an issue: the newsletter's, within these topics where some were chosen."""
    if not topics:
        return query
    return replace(searches.read_row(query).search.query, categories=tuple(sorted(topics))).link()


@dataclass(frozen=True, slots=True)
class Found:
    """Which offers an issue may tell of, in their order; `regular` are those of the coming ones that take place again
    and again and are not chosen."""

    new: Sequence[int]
    coming: Sequence[int]
    regular: Collection[int]


def find(query: str, period: Period, *, now: datetime) -> Found:
    """What there is. Not to be called inside a transaction: the search would read everything anew."""
    fitting = searches.matching(query, now=now)
    fresh = Offer.objects.current().filter(pk__in=fitting, published_at__gte=period.since)
    new = list(fresh.order_by("-published_at", "-pk").values_list("pk", flat=True)[:MOST_NEW])
    coming = [pk for pk in _taking_place(query, period, now=now) if pk not in set(new)]
    again = set(Offer.objects.filter(pk__in=coming, schedules__rrule__gt="").values_list("pk", flat=True))
    single = [pk for pk in coming if pk not in again]
    regular = [pk for pk in coming if pk in again]
    kept = set([*single, *regular][:MOST_COMING])
    lacking = max(FEW - len(new) - len(single), 0)
    return Found(new, [pk for pk in coming if pk in kept], frozenset(regular[lacking:]))


def _taking_place(query: str, period: Period, *, now: datetime) -> list[int]:
    stored = searches.read_row(query)
    if not stored.is_whole:
        return []
    dated = replace(
        stored.search.query, from_date=period.first_day, to_date=period.last_day, sort=Sort.NEXT, view="", page=1
    )
    results = answer(replace(stored.search, query=dated, now=now))
    # What has no date fits every day, and comes never.
    rows = [row for row in results.order.tolist() if results.next_dates[row] >= 0]
    return [int(results.columns.ids[row]) for row in rows]


def make(
    newsletter: Newsletter,
    period: Period,
    *,
    now: datetime,
    by: Any,
    topics: Collection[int] = (),
    key: str = "",
) -> Issue:
    """The draft of an issue. A double click finds the draft of the first: `key` is the `number_of` the
    newsletter when the form was made."""
    query = of_topics(newsletter.query, topics)
    found = find(query, period, now=now)
    with transaction.atomic():
        Newsletter.objects.select_for_update().get(pk=newsletter.pk)
        last = newsletter.issues.order_by("-pk").first()
        if key and last is not None and key != str(last.pk) and last.is_draft:
            return last
        issue = Issue.objects.create(
            newsletter=newsletter,
            title=usual_title(newsletter, period),
            query=query,
            since=period.since,
            until=now,
            first_day=period.first_day,
            last_day=period.last_day,
            by_itself=by is None,
        )
        _fill(issue, found)
        record("newsletter.made", issue, by=by, changes={"offers": len(found.new) + len(found.coming)})
    return issue


def number_of(newsletter: Newsletter) -> str:
    """What a form that makes an issue carries: another one there by then means that it was pressed already."""
    return str(newsletter.issues.order_by("-pk").values_list("pk", flat=True).first() or 0)


def _fill(issue: Issue, found: Found) -> None:
    chosen = {*found.new[:MOST_CHOSEN], *[pk for pk in found.coming if pk not in found.regular][:MOST_CHOSEN]}
    rows = [(pk, Part.NEW) for pk in found.new] + [(pk, Part.COMING) for pk in found.coming]
    # What is only offered stands below what is told.
    rows.sort(key=lambda row: row[0] not in chosen)
    Item.objects.bulk_create(
        Item(issue=issue, offer_id=pk, part=part, chosen=pk in chosen, position=position)
        for position, (pk, part) in enumerate(rows, start=1)
    )


def usual_title(newsletter: Newsletter, period: Period) -> str:
    """The subject of an issue to which nobody gave one, in German, as the offers are."""
    with translation.override(SOURCE):
        first, last = (date_format(each, "j. F") for each in (period.first_day, period.last_day))
        title = _("%(name)s: %(first)s to %(last)s") % {"name": newsletter.name, "first": first, "last": last}
    return title[:150]


def make_due(newsletter: Newsletter, *, now: datetime) -> Issue | None:
    """The draft whose time has come. None where there is nothing to tell, or where the last draft still waits: nobody
    needs two."""
    period, key = usual_period(newsletter, now=now), number_of(newsletter)
    waits = newsletter.issues.drafts().exists()
    found = None if waits else find(newsletter.query, period, now=now)
    tells = found is not None and bool(found.new or set(found.coming) - set(found.regular))
    # The draft first: killed in between, the next run sees that one waits.
    issue = make(newsletter, period, now=now, by=None, key=key) if tells else None
    Newsletter.objects.filter(pk=newsletter.pk, due_at=newsletter.due_at).update(
        due_at=next_draft(newsletter.rhythm, after=now)
    )
    return issue
