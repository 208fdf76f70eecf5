"""The shapes of offers and their dates."""

from rest_framework import serializers

from portal.interfaces.schema.common import (
    Count,
    Ignored,
    Shape,
    at,
    clock,
    ids,
    link,
    names_of,
    number,
    on,
    one_of,
    or_deleted,
    several,
    text,
    whole,
    yes,
)
from portal.interfaces.schema.others import Category, Provider, TargetGroup
from portal.offers.choices import Access, Accessibility, CostKind, ScheduleKind, Venue


class Cost(Shape):
    """What it costs."""

    kind = one_of(CostKind.values)
    amount = number("In euros.", allow_null=True)
    text = text()


class Place(Shape):
    """Where it takes place. Of a protected address only the district is told."""

    id = whole()
    name = text()
    street = text()
    postcode = text()
    city = text()
    note = text("How to find it.")
    district_id = whole(allow_null=True)
    district = text()
    protected = yes("The address is not public; coordinates are the middle of the district.")
    latitude = number("WGS 84.", allow_null=True)
    longitude = number("WGS 84.", allow_null=True)
    precision = one_of(("exact", "postcode", "district", ""), "How exact the coordinates are.")


class Schedule(Shape):
    """A rule of the dates, in local time (Europe/Berlin)."""

    first_date = on()
    last_date = on("Of a stretch without repetition.", allow_null=True)
    start_time = clock()
    end_time = clock()
    rrule = text("RRULE of RFC 5545; DTSTART is the first day.")
    except_on = several(serializers.DateField(), "Days on which it does not take place.")
    except_holidays = several(serializers.ChoiceField(choices=["public", "school"]), "Holidays it leaves out.")


class Detail(Shape):
    """An answer to a question of the municipality's own."""

    id = whole()
    name = text()
    value = text()


class Image(Shape):
    """A picture. The licence of the data does not hold for it."""

    kind = one_of(("hero", "content"))
    url = link()
    alt = text("What is to be seen.")
    credit = text("Who made it.")


class Day(Shape):
    """A coming date in local time."""

    first_date = on()
    last_date = on()
    start_time = clock()
    end_time = clock()


class NextDate(Day):
    """A date of an offer."""

    offer_id = whole()
    title = text("Of the offer.")


class Offer(Shape):
    """An offer, as its page shows it."""

    id = whole("Never changes.")
    url = link("Its page.")
    title = text()
    summary = text("One or two sentences.")
    description = text("HTML.")
    provider_id = whole()
    provider_name = text()
    category_ids = ids("Its topics.")
    target_group_ids = ids("For whom it is.")
    markers = several(serializers.CharField(), "Programmes it is part of.")
    min_age = whole("In years.", allow_null=True)
    max_age = whole("In years.", allow_null=True)
    languages = several(serializers.CharField(), "ISO 639; empty means German.")
    venue = one_of(Venue.values)
    locations = Place(many=True)
    online_url = link("Where to take part online.")
    cost = Cost()
    access = one_of(Access.values)
    accessibility = one_of(Accessibility.values)
    accessibility_note = text()
    conditions = text("Of taking part.")
    registration_url = link("Where to register.")
    course_number = text()
    capacity = text("Number of participants.")
    format = text()
    cooperation = text("In cooperation with.")
    volunteering = yes("One can help as a volunteer.")
    participate_note = text()
    donate_note = text()
    video_url = link()
    details = Detail(many=True)
    schedule_kind = one_of(ScheduleKind.values)
    schedule_note = text()
    schedules = Schedule(many=True)
    images = Image(many=True)
    phone = text("As it was written.")
    contact_url = link("The form that reaches the provider.")
    calendar_url = link("All dates as iCalendar.")
    ends_at = at("The end of the last date; null: open-ended.", allow_null=True)
    published_at = at(allow_null=True)
    updated_at = at("When anything of this changed last.", allow_null=True)
    checked_on = on("When it was last checked.", allow_null=True)
    unchecked = yes("Nobody confirmed it for a long time.")
    next_date = NextDate(allow_null=True, help_text="The next date that fits the search.", required=False)
    provider = Provider(required=False, allow_null=True, help_text="With expand=provider.")
    categories = Category(many=True, required=False, help_text="With expand=categories.")
    target_groups = TargetGroup(many=True, required=False, help_text="With expand=target_groups.")
    dates = Day(many=True, required=False, help_text="With expand=dates: the next 20.")


class Facets(Shape):
    """Numbers beside the options of the search, by the names of its parameters."""

    kategorie = Count(many=True)
    zielgruppe = Count(many=True)
    ortsteil = Count(many=True)
    wochentag = Count(many=True)
    sprache_angebot = Count(many=True)
    umkreis = Count(many=True)
    kostenfrei = Count(many=True)
    barrierefrei = Count(many=True)
    online = Count(many=True)
    engagement = Count(many=True)
    angabe = Count(many=True, required=False)


class OfferPage(Shape):
    """A page of offers. With updated_since: of changes, the oldest first, in which what went is told, too."""

    total = whole("How many were found; not with updated_since.", required=False)
    as_of = at("What to give as updated_since next time; with updated_since only.", required=False)
    next = link("The address of the next page.", allow_null=True)
    ignored = Ignored(many=True, required=False)
    results = or_deleted("OfferOrDeleted", Offer, "Offers; with updated_since what went, too.")
    facets = Facets(required=False)


class Date(NextDate):
    """A coming date of an offer that fits the search."""

    offer = Offer(required=False, allow_null=True, help_text="With expand=offer.")


class DatePage(Shape):
    """A page of dates."""

    next = link("The address of the next page.", allow_null=True)
    ignored = Ignored(many=True)
    results = Date(many=True)


EXPANDED = ("provider", "categories", "target_groups", "dates")
OFFER_FIELDS = tuple(name for name in names_of(Offer) if name not in EXPANDED)
