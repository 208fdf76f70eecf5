"""Addresses of municipalities, seen from anywhere. Never taken from a request: its Host header is the sender's word."""

from django.conf import settings

from tenants.models import Domain
from tenants.running.context import PUBLIC, current_schema, inside_public


def address_of(host: str) -> str:
    """The address of a municipality's start page, for links from another host and for mails."""
    return f"{settings.URL_SCHEME}://{host}{settings.URL_PORT}/"


def own_host() -> str:
    """The primary host of the municipality we are inside (or any of its hosts), or the platform's own."""
    schema_name = current_schema()
    if schema_name == PUBLIC:
        return str(settings.BASE_DOMAIN)
    with inside_public():
        hosts = Domain.objects.filter(tenant__schema_name=schema_name).order_by("-is_primary", "pk")
        found = hosts.values_list("domain", flat=True).first()
    if found is None:
        raise LookupError(f"The municipality {schema_name} has no host.")
    return str(found)


def own_address() -> str:
    """The address of the start page of the municipality we are inside, with a final slash; for links in mails."""
    return address_of(own_host())
