"""The search once more, slowly and obviously, in plain Python over objects: what the SQL must agree with."""

import math
from datetime import timedelta

from django.utils import timezone


def fits(offer, search, groups_below, containing):
    """Whether one offer (with everything prefetched) is found; `containing` are the ids of offers with the words."""
    query = search.query
    checks = (
        offer.state == "published" and offer.provider.state == "published",
        offer.ends_at is None or offer.ends_at >= search.now,
        not query.text or offer.pk in containing,
        not query.categories or {c.pk for c in offer.categories.all()} & groups_below(query.categories),
        not query.target_groups or {g.pk for g in offer.target_groups.all()} & set(query.target_groups),
        not query.districts or in_districts(offer, set(query.districts)),
        search.area is None or in_area(offer, search.area),
        not query.asks_for_dates
        or offer.schedule_kind == "none"
        or any(day_fits(o, search) for o in offer.occurrences.all()),
        query.age is None or age_fits(offer, query.age),
        not query.free or offer.cost_kind == "free",
        not query.accessible or offer.accessibility == "yes",
        not query.volunteering or offer.volunteering,
        not query.online or offer.venue in ("online", "both"),
        not query.language or query.language in (offer.languages or ["de"]),
    )
    return all(checks)


def in_districts(offer, wanted):
    own = {place.district_id for place in offer.locations.all() if place.district_id}
    return not own or bool(own & wanted) or offer.venue != "on_site"


def point(place):
    if not place.hide_exact_address:
        return place.latitude, place.longitude
    return (place.district.latitude, place.district.longitude) if place.district else (None, None)


def km(area, where):
    lat, lon = map(math.radians, where)
    here_lat, here_lon = math.radians(area.latitude), math.radians(area.longitude)
    part = math.sin(lat) * math.sin(here_lat) + math.cos(lat) * math.cos(here_lat) * math.cos(lon - here_lon)
    return 6371.0 * math.acos(max(-1.0, min(1.0, part)))


def in_area(offer, area):
    if offer.venue != "on_site":
        return True
    known = False
    for place in offer.locations.all():
        where = point(place)
        shown = not place.hide_exact_address
        known = known or where[0] is not None or (shown and bool(place.postcode or place.city))
        if where[0] is not None and km(area, where) <= area.km:
            return True
        if shown and area.words.lower() in (place.postcode, place.city.lower()):
            return True
    return not known


def day_fits(date, search):
    query = search.query
    if date.ends_at < search.now:
        return False
    if query.from_date and date.last_date < query.from_date:
        return False
    if query.to_date and date.first_date > query.to_date:
        return False
    if query.weekdays and not weekday_fits(date, search):
        return False
    return time_fits(date, query)


def weekday_fits(date, search):
    query = search.query
    day = date.first_date
    while day <= date.last_date:
        early = day < timezone.localdate(search.now) or (query.from_date and day < query.from_date)
        late = query.to_date and day > query.to_date
        if not early and not late and day.isoweekday() in query.weekday_numbers:
            return True
        day += timedelta(days=1)
    return False


def time_fits(date, query):
    start, end = date.start_time, date.end_time
    if start is None:
        return True
    if query.from_time and start < query.from_time:
        return False
    if query.to_time:
        return start <= query.to_time and (end is None or start <= end <= query.to_time)
    return True


def age_fits(offer, age):
    def within(low, high):
        return (low is None or low <= age) and (high is None or age <= high)

    if offer.min_age is not None or offer.max_age is not None:
        return within(offer.min_age, offer.max_age)
    groups = list(offer.target_groups.all())
    return not groups or any(within(group.min_age, group.max_age) for group in groups)
