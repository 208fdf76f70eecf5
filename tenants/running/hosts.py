"""Which municipality a host belongs to: from memory when nothing changed, from the table when it did.

Every process keeps the answers it got. A trigger on both tables notifies all processes (`tenants.running.listening`),
so a withdrawn domain is unknown at the very next request in every process, and a warm request asks no query.
"""

from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest

from tenants.models import Domain
from tenants.running.context import inside_public
from tenants.running.listening import listener
from tenants.running.replica import from_primary

CHANNEL = "municipalities_changed"


@dataclass(frozen=True, slots=True)
class Site:
    """What a request needs to know of its municipality; a snapshot, safe to share among threads."""

    id: int
    slug: str
    schema_name: str
    name: str
    state: str
    state_reason: str
    primary_host: str
    hold: str = ""


def municipality_of(request: HttpRequest) -> Site:
    """The municipality a request on a municipality's host is for, as the middleware found it."""
    site: Site = request.municipality  # type: ignore[attr-defined]  # put there by MunicipalityMiddleware
    return site


class _Memory:
    """What this process remembers of hosts."""

    def __init__(self) -> None:
        self.sites: dict[str, Site | None] = {}
        self.generation = 0
        listener.subscribe(CHANNEL, lambda _payload: self.forget(), self.forget)

    def forget(self) -> None:
        self.generation += 1
        self.sites = {}

    def remember(self, host: str, site: Site | None, generation: int) -> None:
        """Keep an answer, unless a change was heard while it was being looked up."""
        with listener.lock:
            if generation != self.generation:
                return
            if len(self.sites) >= MOST_REMEMBERED:
                # Made-up host names must not fill the memory.
                self.sites = {}
            self.sites[host] = site


# A host name of the internet is no longer; what is, would be remembered for nothing.
LONGEST = 253
MOST_REMEMBERED = 10_000
_memory = _Memory()


def _look_up(host: str) -> Site | None:
    # Never from a replica: what it says is remembered.
    with inside_public(), from_primary():
        domain = Domain.objects.select_related("tenant").filter(domain=host).first()
        if domain is None:
            return None
        municipality = domain.tenant
        primary = domain.domain if domain.is_primary else _primary_host(municipality.pk, domain.domain)
    return Site(
        id=municipality.pk,
        slug=municipality.slug,
        schema_name=municipality.schema_name,
        name=municipality.name,
        state=municipality.state,
        state_reason=municipality.state_reason,
        primary_host=primary,
        hold=municipality.hold,
    )


def _primary_host(municipality_id: int, otherwise: str) -> str:
    primary = Domain.objects.filter(tenant=municipality_id, is_primary=True).values_list("domain", flat=True).first()
    return str(primary or otherwise)


def site_of(host: str) -> Site | None:
    """The municipality at this host (lower case, no port), or None for an unknown host."""
    if len(host) > LONGEST:
        return None
    if connection.in_atomic_block:
        # A change in the same transaction is not notified yet: ask the table itself.
        return _look_up(host)
    listener.hear()
    sites, generation = _memory.sites, _memory.generation
    if host in sites:
        return sites[host]
    site = _look_up(host)
    _memory.remember(host, site, generation)
    return site


def forget() -> None:
    """Drop everything remembered and the listening connection."""
    listener.close()
