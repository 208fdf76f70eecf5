"""The shapes of everything but offers."""

from rest_framework import serializers

from portal.interfaces.schema.common import (
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
from portal.pages.models import Menu


class Hours(Shape):
    """One stretch of time in which it is open."""

    weekday = whole("1 is Monday.")
    opens = clock()
    closes = clock()


class Provider(Shape):
    """An organisation, as its profile shows it."""

    id = whole("Never changes.")
    url = link("Its page.")
    name = text()
    tagline = text()
    summary = text()
    description = text("HTML.")
    carrier = text("The kind of carrier.")
    category_ids = ids("Its topics.")
    street = text()
    postcode = text()
    city = text()
    district_id = whole(allow_null=True)
    district = text()
    latitude = number("WGS 84.", allow_null=True)
    longitude = number("WGS 84.", allow_null=True)
    precision = one_of(("exact", "postcode", ""))
    phone = text()
    phone_2 = text()
    website = link()
    contact_url = link("The form that reaches it.")
    opening_hours = Hours(many=True)
    opening_hours_note = text()
    opening_notes = several(serializers.CharField(allow_blank=True), "Nothing, or seven texts, Monday first.")
    closed_on_holidays = yes()
    closed_in_school_holidays = yes()
    volunteering = yes()
    logo_url = link()
    published_at = at(allow_null=True)
    updated_at = at("When anything of this changed last.", allow_null=True)
    checked_on = on(allow_null=True)


class ProviderPage(Shape):
    """A page of organisations; with updated_since of changes, as with offers."""

    total = whole(required=False)
    as_of = at("What to give as updated_since next time.", required=False)
    next = link("The address of the next page.", allow_null=True)
    ignored = Ignored(many=True, required=False)
    results = or_deleted("ProviderOrDeleted", Provider, "Organisations; with updated_since what went, too.")


class Category(Shape):
    """A topic."""

    id = whole()
    url = link("The search for everything in it.")
    name = text()
    parent_id = whole(allow_null=True)
    depth = whole("0 for the topmost.")
    color = text("As #rrggbb, or empty.")
    retired = yes("Nobody is asked to choose it any more.")


class TargetGroup(Shape):
    """For whom offers are."""

    id = whole()
    url = link("The search for everything for them.")
    name = text()
    min_age = whole(allow_null=True)
    max_age = whole(allow_null=True)
    retired = yes("Nobody is asked to choose it any more.")


class District(Shape):
    """A part of the town."""

    id = whole()
    url = link("The search for everything there.")
    name = text()
    latitude = number("Of its middle.", allow_null=True)
    longitude = number("Of its middle.", allow_null=True)
    retired = yes("Nobody is asked to choose it any more.")


class Page(Shape):
    """A page of the editors."""

    id = whole()
    url = link()
    slug = text()
    title = text()
    menu = one_of(Menu.values, "Where it is linked.")
    for_professionals = yes()
    easy_url = link("The same in Leichte Sprache.")
    updated_at = at()


class WholePage(Page):
    """A page with its text."""

    html = text("HTML.")


class _Whole(Shape):
    total = whole()
    next = link("Always null: this is all.", allow_null=True)


class CategoryPage(_Whole):
    """All topics, those above before those below."""

    results = Category(many=True)


class TargetGroupPage(_Whole):
    """All target groups."""

    results = TargetGroup(many=True)


class DistrictPage(_Whole):
    """All districts."""

    results = District(many=True)


class PagePage(_Whole):
    """All public pages."""

    results = Page(many=True)


class Licence(Shape):
    """The terms of use."""

    key = text("As catalogues of open data call it.")
    name = text()
    uri = link()
    url = link("Its text.")
    attribution = text("How the source is to be named; empty: it need not be.")


class Member(Shape):
    """A municipality whose offers a roof portal shows."""

    name = text()
    api = link("The entrance of its interface, which has its offers.")


class Root(Shape):
    """What there is."""

    publisher = text("The municipality.")
    licence = Licence(allow_null=True, help_text="Null: none was chosen; please ask.")
    documentation = link()
    openapi = link()
    downloads = link()
    offers = link()
    dates = link()
    providers = link()
    categories = link()
    target_groups = link()
    districts = link()
    pages = link()
    members = Member(
        many=True,
        help_text="Of a roof portal: whose offers its pages show. Each tells its own; the lists here have none.",
    )


PROVIDER_FIELDS, CATEGORY_FIELDS, GROUP_FIELDS = names_of(Provider), names_of(Category), names_of(TargetGroup)
DISTRICT_FIELDS, PAGE_FIELDS = names_of(District), names_of(Page)
