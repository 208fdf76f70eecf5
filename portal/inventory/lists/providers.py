"""The list of all providers: by what editors filter it, in which orders it stands, what its file tells."""

from collections.abc import Callable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, Count, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.inventory.lists.offers import options_of
from portal.listing.spec import Column, Facet, Listing, Narrowing, Option, Sort
from portal.offers.models import Offer
from portal.offers.states import State as OfferState
from portal.providers.condition import Condition, with_condition
from portal.providers.models import Carrier, Membership, Provider
from portal.providers.states import State
from portal.revisions.models import Revision
from portal.taxonomy.models import District

PER_PAGE = 30
TRUSTED, NO_PEOPLE, NO_OFFERS = "vertraut", "personen", "angebote"
_LONGEST_NUMBER = 18
CONDITIONS = (
    Condition.PUBLIC,
    Condition.CHANGE_IN_REVIEW,
    Condition.IN_REVIEW,
    Condition.RETURNED,
    Condition.DRAFT,
    Condition.PAUSED,
    Condition.BLOCKED,
    Condition.ARCHIVED,
    Condition.TRASHED,
)
_FINAL = (State.ARCHIVED, State.TRASHED, State.SUBMITTED)


def provider_rows() -> QuerySet[Any]:
    """All providers but those that were merged into another, with what the list counts by."""
    found: QuerySet[Any] = Provider.objects.filter(merged_into=None).annotate(
        condition=Case(*conditions(), default=Value(""), output_field=CharField()),
        traits=Func(
            *(_if(fits, word) for word, fits in traits().items()),
            template="ARRAY[%(expressions)s]::varchar[]",
            output_field=ArrayField(CharField()),
        ),
    )
    return found


def conditions(value: Callable[[Condition], Any] = str) -> list[When]:
    """In which condition a provider is, as `portal.providers.condition.condition_of` says it; each as such a value."""
    mine = Revision.objects.filter(kind="provider")
    waiting, returned = mine.waiting().values("subject_id"), mine.still_returned().values("subject_id")
    asked: list[tuple[Q, Condition]] = [
        *((Q(state=each), _word(each)) for each in _FINAL),
        (Q(pk__in=returned), Condition.RETURNED),
        (Q(pk__in=waiting, state=State.PUBLISHED), Condition.CHANGE_IN_REVIEW),
        (Q(pk__in=waiting), Condition.IN_REVIEW),
        *((Q(state=each), _word(each)) for each in State if each not in _FINAL),
    ]
    return [When(fits, then=Value(value(condition))) for fits, condition in asked]


def _word(state: State) -> Condition:
    return {State.SUBMITTED: Condition.IN_REVIEW, State.PUBLISHED: Condition.PUBLIC}.get(state) or Condition(state)


def traits() -> dict[str, Q]:
    """What may stand out of a provider, and when it does."""
    return {
        TRUSTED: Q(trusted=True),
        NO_PEOPLE: ~Q(pk__in=Membership.objects.values("provider")),
        NO_OFFERS: ~Q(pk__in=Offer.objects.exclude(state=OfferState.TRASHED).values("provider")),
    }


def _if(fits: Q, value: str) -> Case:
    return Case(When(fits, then=Value(value)), default=None, output_field=CharField())


def _number(model: Any, **which: Any) -> Any:
    rows = model.objects.filter(provider=OuterRef("pk"), **which).order_by().values("provider")
    # Rows and not their numbers: an index by provider answers that alone.
    counted = rows.annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _search(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Every word in the name, the place or an address; a number alone is also the number of a provider."""
    for word in words.split():
        fits = Q(name__icontains=word) | Q(city__icontains=word) | Q(postcode__startswith=word)
        fits |= Q(email__icontains=word) | Q(contact_name__icontains=word)
        if word.isascii() and word.isdigit() and len(word) <= _LONGEST_NUMBER:
            fits |= Q(pk=int(word))
        rows = rows.filter(fits)
    return rows


def _prepare(rows: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = with_condition(prepared(rows)).annotate(
        offers_number=_number(Offer), public_number=_number(Offer, state=OfferState.PUBLISHED)
    )
    return found


def prepared(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows with what a line shows besides its condition and its offers."""
    found: QuerySet[Any] = (
        rows.select_related("carrier", "district").defer("description").annotate(people_number=_number(Membership))
    )
    return found


def providers_listing() -> Listing:
    """The list as it is now."""
    return Listing(
        search=_search,
        prepare=_prepare,
        per_page=PER_PAGE,
        file_name="anbieter",
        columns=_COLUMNS,
        narrowings=(
            Narrowing(
                "traeger",
                _("Kind of carrier"),
                options_of(Carrier),
                lambda rows, value: rows.filter(carrier=int(value)),
            ),
            Narrowing(
                "ortsteil",
                _("District"),
                options_of(District),
                lambda rows, value: rows.filter(district=int(value)),
            ),
        ),
        facets=(
            Facet("zustand", _("State"), "condition", [Option(each.value, each.label) for each in CONDITIONS]),
            Facet(
                "merkmal",
                _("What stands out?"),
                "traits",
                (
                    Option(TRUSTED, _("trusted")),
                    Option(NO_PEOPLE, _("nobody signs in for it")),
                    Option(NO_OFFERS, _("without offers")),
                ),
                several=True,
            ),
        ),
        sorts=(
            Sort("name", _("A to Z"), ("name_key", "pk")),
            Sort("neu", _("Changed last"), ("-updated_at", "-pk")),
            Sort("angebote", _("Most offers"), ("-offers_number", "pk")),
        ),
    )


def _yes(value: bool) -> str:
    return gettext("yes") if value else gettext("no")


_COLUMNS = (
    Column(_("Number"), lambda each: each.pk, 10),
    Column(_("Name"), lambda each: each.name, 40),
    Column(_("State"), lambda each: str(Condition(each.condition).label), 22),
    Column(_("trusted"), lambda each: _yes(each.trusted), 12),
    Column(_("Offers"), lambda each: each.offers_number, 10),
    Column(_("of them public"), lambda each: each.public_number, 14),
    Column(_("People"), lambda each: each.people_number, 10),
    Column(_("Kind of carrier"), lambda each: str(each.carrier or ""), 24),
    Column(_("Street"), lambda each: each.street, 24),
    Column(_("Postcode"), lambda each: each.postcode, 10),
    Column(_("Town"), lambda each: each.city, 20),
    Column(_("District"), lambda each: str(each.district or ""), 20),
    Column(_("E-mail"), lambda each: each.email or each.contact_email, 30),
    Column(_("Phone"), lambda each: each.phone or each.contact_phone, 20),
    Column(_("Last changed"), lambda each: each.updated_at, 18),
)
