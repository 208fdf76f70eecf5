"""From which network somebody asks: what limits are counted by, instead of by person."""

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

# An IPv6 customer has a whole /56 (or more) to choose addresses from, an IPv4 customer often the next number.
PREFIXES = {4: 24, 6: 56}


def network(address: str) -> IPv4Network | IPv6Network:
    """The network an address belongs to. ValueError for no address."""
    parsed = ip_address(address)
    return ip_network(f"{parsed}/{PREFIXES[parsed.version]}", strict=False)


def network_of(request: HttpRequest) -> str:
    """The sender's network, never to be stored as it is. Behind a proxy ALLAUTH_TRUSTED_PROXY_COUNT must be right."""
    try:
        return str(network(get_adapter().get_client_ip(request)))
    except (PermissionDenied, ValueError):
        # A server behind a socket, or a proxy that tells nonsense: then they all share one set of counters.
        return "unknown"
