"""Which offers a search finds and in which order: everything in SQL, before anything is cut to a page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    Case,
    Exists,
    F,
    FloatField,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable, Func
from django.db.models.functions import Coalesce, ExtractIsoWeekDay, Greatest, Least, Mod
from django.utils import timezone

from portal.offers.choices import Accessibility, CostKind, ScheduleKind, Venue
from portal.offers.models import Location, Occurrence, Offer
from portal.offers.services import TITLE_END
from portal.search.parameters import SearchQuery, Sort
from portal.search.places import Area, distance_km, with_point, within
from portal.taxonomy.models import TargetGroup
from portal.taxonomy.tree import Tree

ANYWHERE = Q(venue__in=[Venue.ONLINE, Venue.BOTH])


@dataclass(frozen=True, slots=True)
class Search:
    """A search with everything it needs to be answered."""

    query: SearchQuery
    tree: Tree
    area: Area | None
    now: datetime

    @property
    def today(self) -> date:
        """The local day."""
        return timezone.localdate(self.now)


def find(search: Search) -> QuerySet[Offer]:
    """The current offers that fit, in no particular order."""
    found = Offer.objects.current()
    for narrow in _FILTERS:
        condition = narrow(search)
        if condition is not None:
            found = found.filter(condition)
    return found


def fitting_dates(search: Search) -> QuerySet[Occurrence]:
    """The coming dates that fit the search by day, weekday and time of day."""
    query = search.query
    dates = Occurrence.objects.filter(ends_at__gte=search.now)
    if query.from_date:
        dates = dates.filter(last_date__gte=query.from_date)
    if query.to_date:
        dates = dates.filter(first_date__lte=query.to_date)
    if query.weekdays:
        dates = _on_weekdays(dates, search)
    if query.from_time or query.to_time:
        dates = dates.filter(_in_time(query))
    return dates


def _on_weekdays(dates: QuerySet[Occurrence], search: Search) -> QuerySet[Occurrence]:
    """Dates with one of the weekdays on a day that is searched for; a stretch of days counts day by day."""
    query = search.query
    begin = Greatest(F("first_date"), Value(max(search.today, query.from_date or search.today)))
    end = Least(F("last_date"), Value(query.to_date)) if query.to_date else F("last_date")
    # Days from the beginning to the first such weekday: 0 to 6.
    wanted = Q()
    for number in query.weekday_numbers:
        wanted |= Q(length__gte=Mod(Value(number) - F("begin_weekday") + 7, Value(7), output_field=IntegerField()))
    return dates.annotate(
        begin_weekday=ExtractIsoWeekDay(begin), length=_days(end, begin, output_field=IntegerField())
    ).filter(wanted)


class _days(Func):  # noqa: N801 - a function of SQL
    """Whole days between two dates; PostgreSQL's own difference, which Django would turn into an interval."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    arity = 2


def _in_time(query: SearchQuery) -> Q:
    """Dates that begin and end between two times of day; those without a time fit always."""
    fits = Q()
    if query.from_time:
        fits &= Q(start_time__gte=query.from_time)
    if query.to_time:
        fits &= Q(start_time__lte=query.to_time) & (
            Q(end_time__isnull=True) | Q(end_time__lte=query.to_time, end_time__gte=F("start_time"))
        )
    return Q(start_time__isnull=True) | fits


def _text(search: Search) -> Q | None:
    condition = Q()
    for word in search.query.words:
        condition &= Q(search_text__contains=word)
    return condition if search.query.words else None


def _categories(search: Search) -> Q | None:
    ids = search.tree.ids_below(search.query.categories)
    links = Offer.categories.through.objects.filter(offer_id=OuterRef("pk"), category_id__in=ids)
    return Q(Exists(links)) if ids else None


def _target_groups(search: Search) -> Q | None:
    ids = search.query.target_groups
    links = Offer.target_groups.through.objects.filter(offer_id=OuterRef("pk"), targetgroup_id__in=ids)
    return Q(Exists(links)) if ids else None


def _districts(search: Search) -> Q | None:
    """Offers in one of the districts, for the whole area, or online."""
    if not search.query.districts:
        return None
    places = Location.objects.filter(offer=OuterRef("pk"), district__isnull=False)
    return Q(Exists(places.filter(district__in=search.query.districts))) | ~Q(Exists(places)) | ANYWHERE


def _area(search: Search) -> Q | None:
    """Offers within the circle, without any place that is known, or online."""
    if search.area is None:
        return None
    known = Q(lat__isnull=False) | Q(hide_exact_address=False) & (~Q(postcode="") | ~Q(city=""))
    located = with_point(Location.objects.filter(offer=OuterRef("pk"))).filter(known)
    named = Location.objects.filter(
        Q(postcode=search.area.words) | Q(city__iexact=search.area.words),
        offer=OuterRef("pk"),
        hide_exact_address=False,
    )
    near = within(search.area).filter(offer=OuterRef("pk"))
    return Q(Exists(near)) | Q(Exists(named)) | ~Q(Exists(located)) | ANYWHERE


def _dates(search: Search) -> Q | None:
    if not search.query.asks_for_dates:
        return None
    dates = fitting_dates(search).filter(offer=OuterRef("pk"))
    return Q(Exists(dates)) | Q(schedule_kind=ScheduleKind.NONE)


def _age(search: Search) -> Q | None:
    """The offer's own ages decide; where it has none, the ages of its target groups; where they have none, all fit."""
    age = search.query.age
    if age is None:
        return None
    fits = (Q(min_age__isnull=True) | Q(min_age__lte=age)) & (Q(max_age__isnull=True) | Q(max_age__gte=age))
    groups = TargetGroup.objects.filter(offers=OuterRef("pk"))
    own = Q(min_age__isnull=False) | Q(max_age__isnull=False)
    return fits & (own | Q(Exists(groups.filter(fits))) | ~Q(Exists(groups)))


def _flags(search: Search) -> Q | None:
    query = search.query
    condition = Q()
    if query.free:
        condition &= Q(cost_kind=CostKind.FREE)
    if query.accessible:
        condition &= Q(accessibility=Accessibility.YES)
    if query.volunteering:
        condition &= Q(volunteering=True)
    if query.online:
        condition &= ANYWHERE
    return condition or None


def _language(search: Search) -> Q | None:
    """Offers in a language; those that name none are in German."""
    language = search.query.language
    if not language:
        return None
    named = Q(languages__contains=[language])
    return named | Q(languages=[]) if language == "de" else named


_FILTERS: tuple[Callable[[Search], Q | None], ...] = (
    _text,
    _categories,
    _target_groups,
    _districts,
    _area,
    _dates,
    _age,
    _flags,
    _language,
)


def in_order(offers: QuerySet[Offer], search: Search) -> QuerySet[Offer]:
    """Put found offers into the chosen order; ties by title, then id, so that pages never overlap."""
    order = _ORDERS[search.query.effective_sort](search)
    return offers.order_by(*order, "title", "pk")


def _by_next(search: Search) -> list[Combinable]:
    """By the next date that fits. What has begun counts by its end: a course that runs for months must not stand
    before tomorrow's."""
    key = Case(When(starts_at__gte=search.now, then=F("starts_at")), default=F("ends_at"))
    following = fitting_dates(search).filter(offer=OuterRef("pk")).order_by("ends_at", "starts_at", "pk")
    return [Subquery(following.annotate(key=key).values("key")[:1]).asc(nulls_last=True)]


def _by_relevance(search: Search) -> list[Combinable]:
    """Offers with the most searched words in their title first, then by the next date."""
    title = Func(F("search_text"), Value(TITLE_END), Value(1), function="split_part")
    hits: Combinable = Value(0)
    for word in search.query.words:
        place = Func(title, Value(word), function="strpos", output_field=IntegerField())
        hits = hits + Least(place, Value(1))
    return [_descending(hits), *_by_next(search)]


def _descending(expression: Combinable) -> Combinable:
    ordered: Combinable = Coalesce(expression, Value(0), output_field=IntegerField()).desc()
    return ordered


def _by_distance(search: Search) -> list[Combinable]:
    if search.area is None:
        return _by_next(search)
    near = with_point(Location.objects.filter(offer=OuterRef("pk")))
    nearest = near.values("offer").annotate(nearest=Min(distance_km(search.area), output_field=FloatField()))
    return [Subquery(nearest.values("nearest")).asc(nulls_last=True)]


def _by_newest(search: Search) -> list[Combinable]:
    return [F("published_at").desc()]


def _by_name(search: Search) -> list[Combinable]:
    return []


_ORDERS: dict[Sort, Callable[[Search], list[Combinable]]] = {
    Sort.NEXT: _by_next,
    Sort.NEW: _by_newest,
    Sort.RELEVANCE: _by_relevance,
    Sort.DISTANCE: _by_distance,
    Sort.NAME: _by_name,
}
