"""The addresses of the specification. No slash at their end: its clients put them together so."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.interfaces import changes
from portal.interfaces.answering import Reading, base_of, encode, gone, json_answer
from portal.interfaces.hsds import asking, finding
from portal.interfaces.hsds.description import description
from portal.interfaces.hsds.ids import Entity, number_of
from portal.interfaces.hsds.places import Spot, spots
from portal.interfaces.hsds.services import defunct, digest, in_a_list, offers, organizations, services
from portal.interfaces.hsds.taxonomies import TAXONOMIES, Taxonomy, Terms
from portal.interfaces.records import Record, moment
from portal.interfaces.rows import CHUNK
from portal.interfaces.spooling import spooled
from portal.offers.models import Location, Offer
from portal.offers.views import found_offer
from portal.offers.visibility import Visibility
from portal.preferences.models import Preferences
from tenants.running.hosts import municipality_of

VERSIONS = {"": "3.2", "uk": "HSDS-UK-3.0"}
PROFILES = {
    "": "https://docs.openreferral.org/en/v3.2/",
    "uk": "https://docs.openhumanservices.org.uk/",
}
Tell = Callable[[list[Any]], list[Record]]


class HsdsView(Reading):
    """A view of the specification; `profile` is empty, or “uk”."""

    def terms(self, request: Any) -> Terms:
        """The taxonomies here."""
        return Terms(municipality_of(request).slug, base_of(request))

    def listed(self, request: Any, things: list[Any], tell: Tell, *, as_of: str = "") -> HttpResponseBase:
        """One page of a list, or all of it a line each; `tell` is asked for a few hundred at a time. `as_of` is what to
        give as `modified_after` next time, of which the specification says nothing."""
        if asking.lines_wanted(request.GET):
            return _lines(_all(things, tell))
        page = asking.page(request.GET)
        contents = tell(page.of(things))
        more = {"x_as_of": as_of} if as_of else {}
        return json_answer({**page.header(len(things), len(contents)), **more, "contents": contents})


def _all(things: list[Any], tell: Tell) -> Iterator[Record]:
    for first in range(0, len(things), CHUNK):
        yield from tell(things[first : first + CHUNK])


def _lines(records: Iterable[Record]) -> HttpResponseBase:
    lines = (encode(record).encode("utf-8", "replace") + b"\n" for record in records)
    return FileResponse(spooled(lines), content_type="application/x-ndjson; charset=utf-8")


class Root(HsdsView):
    """What this is."""

    def get(self, request: Any, profile: str = "") -> HttpResponse:
        """Version, profile, description, publisher."""
        base, site = base_of(request), municipality_of(request)
        here = f"{base}/hsds/{profile}".rstrip("/")
        return json_answer(
            {
                "version": VERSIONS[profile],
                "profile": PROFILES[profile],
                "openapi_url": f"{here}/openapi.json",
                "description": _("Offers and organisations of %(name)s.") % {"name": site.name},
                "publisher": {"name": site.name, "website": f"{base}/"},
            }
        )


class Description(HsdsView):
    """The description of these addresses."""

    def get(self, request: Any, profile: str = "") -> HttpResponse:
        """OpenAPI 3.1."""
        kind = "application/vnd.oai.openapi+json;version=3.1"
        return json_answer(description(VERSIONS[profile], f"{base_of(request)}/hsds/{profile}"), kind=kind)


class ServiceList(HsdsView):
    """All services that residents find, or those of a search; with `modified_after` also what went."""

    def get(self, request: Any, profile: str = "") -> HttpResponseBase:
        """As the search of the portal has them, by number."""
        terms, base = self.terms(request), base_of(request)
        wanted = asking.wanted(request.GET, terms.town)
        whole, small = asking.flag(request.GET, "full"), asking.flag(request.GET, "minimal")
        safe = _as_of(wanted)
        went = dict(finding.gone(wanted))
        numbers = [*finding.found(wanted), *finding.over(wanted), *went]

        def tell(some: list[int]) -> list[Record]:
            here = [pk for pk in some if pk not in went]
            told = services(offers(here, base, Offer.objects.published()), terms, base)
            told |= {pk: defunct(terms.town, pk, str(moment(went[pk]))) for pk in some if pk in went}
            found = [told[pk] for pk in some if pk in told]
            if small:
                return [digest(each) for each in found]
            return found if whole else [in_a_list(each) for each in found]

        return self.listed(request, numbers, tell, as_of=safe)


def _as_of(wanted: asking.Wanted) -> str:
    """Asked before anything is read: what is under way at that moment comes next time."""
    return str(moment(min(changes.as_of(), timezone.now()))) if wanted.since else ""


class ServiceDetail(HsdsView):
    """One service."""

    def get(self, request: Any, identity: str, profile: str = "") -> HttpResponse:
        """All of it, as long as its page tells everything."""
        terms = self.terms(request)
        pk = _number(terms.town, Entity.SERVICE, identity)
        _offer, visibility = found_offer(pk, Preferences.current())
        if visibility not in {Visibility.SHOWN, Visibility.OVER}:
            return gone(_("This offer was withdrawn by its provider."))
        base = base_of(request)
        return json_answer(_the(services(offers([pk], base, Offer.objects.published()), terms, base), pk))


class OrganizationList(HsdsView):
    """All public organisations, or those that have some words or topics."""

    def get(self, request: Any, profile: str = "") -> HttpResponseBase:
        """By number."""
        terms, base = self.terms(request), base_of(request)
        whole = asking.flag(request.GET, "full")
        asking.flag(request.GET, "full_service")

        def tell(some: list[int]) -> list[Record]:
            told = organizations(some, terms, base)
            found = [told[pk] for pk in some if pk in told]
            return found if whole else [in_a_list(each) for each in found]

        wanted = asking.wanted(request.GET, terms.town)
        return self.listed(request, finding.providers(wanted, terms.tree), tell)


class OrganizationDetail(HsdsView):
    """One organisation with its services."""

    def get(self, request: Any, identity: str, profile: str = "") -> HttpResponse:
        """The services in short, with `full_service=true` whole."""
        terms, base = self.terms(request), base_of(request)
        pk = _number(terms.town, Entity.ORGANIZATION, identity)
        whole = asking.flag(request.GET, "full_service")
        found = _the(organizations([pk], terms, base), pk)
        numbers = list(Offer.objects.current().filter(provider=pk).order_by("pk").values_list("pk", flat=True))
        told = services(offers(numbers, base, Offer.objects.current()), terms, base)
        listed = [told[number] if whole else in_a_list(told[number]) for number in numbers if number in told]
        return json_answer({**found, "services": listed} if listed else found)


class ServiceAtLocationList(HsdsView):
    """Every place of every service that residents find, or that a search finds."""

    def get(self, request: Any, profile: str = "") -> HttpResponseBase:
        """By number, those online last."""
        terms, base = self.terms(request), base_of(request)
        wanted = asking.wanted(request.GET, terms.town)
        safe = _as_of(wanted)
        numbers = finding.found(wanted)
        whole = asking.flag(request.GET, "full")
        there = Location.objects.filter(offer__in=numbers).order_by("pk").values_list("offer_id", "pk")
        online = Offer.objects.filter(pk__in=numbers).exclude(online_url="").order_by("pk")
        ties = [*there, *((pk, 0) for pk in online.values_list("pk", flat=True))]

        def tell(some: list[tuple[int, int]]) -> list[Record]:
            return _told_at(some, terms, base, whole=whole)

        return self.listed(request, ties, tell, as_of=safe)


def _told_at(ties: list[tuple[int, int]], terms: Terms, base: str, *, whole: bool) -> list[Record]:
    """Offers at their places (0: online)."""
    told = offers(list({pk for pk, _place in ties}), base, Offer.objects.published())
    known = services(told, terms, base)
    placed = {pk: _by_place(spots(record, terms), terms) for pk, record in told.items()}
    return [
        placed[pk][place].told(known[pk], whole=whole)
        for pk, place in ties
        if pk in known and place in placed.get(pk, {})
    ]


def _by_place(found: list[Spot], terms: Terms) -> dict[int, Spot]:
    return {number_of(terms.town, Entity.SERVICE_AT_LOCATION, spot.id) or 0: spot for spot in found}


class ServiceAtLocationDetail(HsdsView):
    """One service at one place."""

    def get(self, request: Any, identity: str, profile: str = "") -> HttpResponse:
        """With the service."""
        terms = self.terms(request)
        place = number_of(terms.town, Entity.SERVICE_AT_LOCATION, identity)
        if place is not None:
            pk = Location.objects.filter(pk=place).values_list("offer_id", flat=True).first()
        else:
            place, pk = 0, number_of(terms.town, Entity.ONLINE, identity)
        found = _told_at([(pk, place)], terms, base_of(request), whole=True) if pk is not None else []
        if not found:
            raise Http404
        return json_answer(found[0])


class TaxonomyList(HsdsView):
    """Topics, target groups and districts."""

    def get(self, request: Any, profile: str = "") -> HttpResponseBase:
        """All three."""
        terms, text = self.terms(request), asking.one(request.GET, "search").casefold()
        found = [each for each in map(terms.taxonomy, TAXONOMIES) if text in each["name"].casefold()]
        return self.listed(request, found, list)


class TaxonomyDetail(HsdsView):
    """One of them."""

    def get(self, request: Any, identity: str, profile: str = "") -> HttpResponse:
        """Its name and what it is."""
        terms = self.terms(request)
        number = _number(terms.town, Entity.TAXONOMY, identity)
        return json_answer(_the({each.number: terms.taxonomy(each) for each in TAXONOMIES}, number))


class TermList(HsdsView):
    """All terms, or those of one taxonomy or below one term."""

    def get(self, request: Any, profile: str = "") -> HttpResponseBase:
        """In the town's order."""
        terms, given = self.terms(request), request.GET
        taxonomy, parent = asking.one(given, "taxonomy_id"), asking.one(given, "parent_id")
        text, top = asking.one(given, "search").casefold(), asking.flag(given, "top_only")
        found = [
            term
            for term in _terms(terms, TAXONOMIES)
            if (not taxonomy or term["taxonomy_id"] == taxonomy)
            and (not parent or term.get("parent_id") == parent)
            and not (top and "parent_id" in term)
            and text in term["name"].casefold()
        ]
        return self.listed(request, found, list)


def _terms(terms: Terms, taxonomies: Iterable[Taxonomy]) -> Iterator[Record]:
    for each in taxonomies:
        for number in terms.numbers(each):
            term = terms.term(each, number)
            if term is not None:
                yield term


class TermDetail(HsdsView):
    """One term."""

    def get(self, request: Any, identity: str, profile: str = "") -> HttpResponse:
        """Its name and where it stands."""
        terms = self.terms(request)
        for each in TAXONOMIES:
            number = number_of(terms.town, each.terms, identity)
            if number is not None and (term := terms.term(each, number)):
                return json_answer(term)
        raise Http404


def _number(town: str, entity: Entity, identity: str) -> int:
    """The number in an identifier; 404 for anything else."""
    number = number_of(town, entity, identity)
    if number is None:
        raise Http404
    return number


def _the(found: dict[int, Record], pk: int) -> Record:
    if pk not in found:
        raise Http404
    return found[pk]
