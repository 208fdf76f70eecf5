"""The list of all offers: by what editors filter it, in which orders it stands, what its file tells."""

from datetime import date, datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, Exists, F, Func, Model, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from portal.listing.spec import Column, Facet, Listing, Narrowing, Option, Sort
from portal.offers.choices import Accessibility, CostKind
from portal.offers.condition import Condition
from portal.offers.models import Location, Offer, OfferImage
from portal.offers.upkeep import Mark, with_marks
from portal.providers.models import Provider
from portal.taxonomy.models import District, Marker, TargetGroup
from portal.taxonomy.tree import load_tree
from tenants.running.changes import remembered

PER_PAGE = 30
NO_PICTURE, NO_ACCESS, NO_COST = "bild", "barriere", "kosten"
_LONGEST_NUMBER = 18
# The states in the order in which editors ask for them.
CONDITIONS = (
    Condition.PUBLIC,
    Condition.CHANGE_IN_REVIEW,
    Condition.IN_REVIEW,
    Condition.RETURNED,
    Condition.DRAFT,
    Condition.PAUSED,
    Condition.HIDDEN,
    Condition.OVER,
    Condition.BLOCKED,
    Condition.TRASHED,
)


def lacking() -> dict[str, Q]:
    """What an offer may lack, and when it does."""
    pictured = OfferImage.objects.filter(kind=OfferImage.Kind.HERO).values("offer")
    return {
        NO_PICTURE: ~Q(pk__in=pictured),
        NO_ACCESS: Q(accessibility=Accessibility.UNKNOWN),
        NO_COST: Q(cost_kind=CostKind.UNKNOWN),
    }


def offer_rows() -> QuerySet[Any]:
    """All offers with what the list counts by."""
    found: QuerySet[Any] = with_marks(Offer.objects.all()).annotate(
        lacks=Func(
            *(_if(fits, word) for word, fits in lacking().items()),
            template="ARRAY[%(expressions)s]::varchar[]",
            output_field=ArrayField(CharField()),
        )
    )
    return found


def _if(fits: Q, value: str) -> Case:
    return Case(When(fits, then=Value(value)), default=None, output_field=CharField())


def _search(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Every word in the title or in the provider's name; a number alone is also the number of an offer."""
    for word in words.split():
        named = Provider.objects.filter(name__icontains=word).values("pk")
        # The cheaper question first: capitals of a title are made by the rules of its language.
        fits = Q(provider__in=named) | Q(title__icontains=word)
        if word.isascii() and word.isdigit() and len(word) <= _LONGEST_NUMBER:
            fits |= Q(pk=int(word))
        rows = rows.filter(fits)
    return rows


def _of_topic(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    below = load_tree().ids_below([int(value)])
    return rows.filter(Exists(Offer.categories.through.objects.filter(offer=OuterRef("pk"), category__in=below)))


def _in_district(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(Exists(Location.objects.filter(offer=OuterRef("pk"), district=int(value))))


def _for_group(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(Exists(Offer.target_groups.through.objects.filter(offer=OuterRef("pk"), targetgroup=int(value))))


def _with_marker(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(Exists(Offer.markers.through.objects.filter(offer=OuterRef("pk"), marker=int(value))))


def prepared(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With everything that showing them needs."""
    found: QuerySet[Any] = (
        rows.select_related("provider")
        .defer("description", "provider__description")
        .prefetch_related(
            Prefetch("locations", Location.objects.select_related("district").only("offer", "city", "district__name")),
        )
        .annotate(topics=_ids(Offer.categories.through, "category"))
    )
    return found


def _ids(through: Any, column: str) -> Any:
    links = through.objects.filter(offer=OuterRef("pk")).order_by().values("offer")
    return links.annotate(all=ArrayAgg(column)).values("all")


def _options(rows: QuerySet[Any]) -> list[Option]:
    return [Option(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def options_of(model: type[Model]) -> list[Option]:
    """All rows of a watched table by their names, as they stand in the order of editors; the same for every page until
    one changes."""
    name = f"inventory.options.{model._meta.model_name}"
    return remembered(name, lambda: _options(model._default_manager.all()), rooms=(model._meta.app_label,))


def topic_options() -> list[Option]:
    """The whole tree, what stands below something a step further in."""
    return [Option(str(node.id), f"{'– ' * node.depth}{node.name}") for node in load_tree()]


def offers_listing(provider: str = "") -> Listing:
    """The list as it is now; `provider` is the number of the one whose offers alone are shown."""
    return Listing(
        search=_search,
        prepare=prepared,
        per_page=PER_PAGE,
        file_name="angebote",
        columns=_COLUMNS,
        narrowings=(
            Narrowing("thema", _("Topic"), topic_options(), _of_topic),
            Narrowing("ortsteil", _("District"), options_of(District), _in_district),
            Narrowing("zielgruppe", _("For whom"), options_of(TargetGroup), _for_group),
            Narrowing("kennzeichen", _("Marker"), options_of(Marker), _with_marker),
            Narrowing("anbieter", _("Provider"), _one(provider), lambda rows, value: rows.filter(provider=int(value))),
        ),
        facets=(
            Facet("zustand", _("State"), "condition", [Option(each.value, each.label) for each in CONDITIONS]),
            Facet(
                "merkmal",
                _("What is to be done?"),
                "marks",
                (
                    Option(Mark.ENDS_SOON, _("ends soon")),
                    Option(Mark.UNCHECKED, _("long unchecked")),
                ),
                several=True,
            ),
            Facet(
                "fehlt",
                _("What is missing?"),
                "lacks",
                (
                    Option(NO_PICTURE, _("without a picture")),
                    Option(NO_ACCESS, _("accessibility unknown")),
                    Option(NO_COST, _("costs unknown")),
                ),
                several=True,
            ),
        ),
        sorts=(
            Sort("neu", _("Changed last"), ("-updated_at", "-pk")),
            Sort("name", _("A to Z"), ("title_key", "pk")),
            Sort("ende", _("Ends first"), (F("ends_at").asc(nulls_last=True), "pk")),
            Sort("geprueft", _("Unchecked longest"), (F("reviewed_at").asc(nulls_first=True), "pk")),
        ),
    )


def _one(provider: str) -> list[Option]:
    if not (provider.isascii() and provider.isdigit() and len(provider) <= _LONGEST_NUMBER):
        return []
    return _options(Provider.objects.filter(pk=int(provider)))


def _topic_names(offer: Any) -> str:
    nodes = load_tree().nodes
    return ", ".join(nodes[pk].name for pk in offer.topics or () if pk in nodes)


def _end(offer: Any) -> datetime | None:
    end: datetime | None = offer.ends_at
    return end


def _checked(offer: Any) -> date | None:
    day: date | None = offer.reviewed_at
    return day


def places_of(offer: Any) -> str:
    """Districts or towns, each once."""
    found = (str(place.district.name if place.district else place.city) for place in offer.locations.all())
    return ", ".join(dict.fromkeys(filter(None, found)))


_COLUMNS = (
    Column(_("Number"), lambda offer: offer.pk, 10),
    Column(_("Title"), lambda offer: offer.title, 40),
    Column(_("Provider"), lambda offer: offer.provider.name, 30),
    Column(_("State"), lambda offer: str(Condition(offer.condition).label), 22),
    Column(_("Topic"), _topic_names, 30),
    Column(_("Place"), places_of, 24),
    Column(_("Last date"), _end, 18),
    Column(_("Last checked"), _checked, 14),
    Column(_("Last changed"), lambda offer: offer.updated_at, 18),
    Column(_("First public"), lambda offer: offer.published_at, 18),
)
