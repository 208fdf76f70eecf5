"""The websites a municipality lets show its portal in a frame, as browsers are told (CSP, frame-ancestors)."""

import re

from tenants.names import in_ascii

MOST_HOSTS = 20
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# At least two parts: a whole country's names (`*.de`) are nobody's website.
_KEPT = re.compile(rf"(?:\*\.)?{_LABEL}(?:\.{_LABEL})+(?::[0-9]{{1,5}})?")
LONGEST = 100


def host_of(given: str) -> str | None:
    """The host of an address or name somebody typed, as it is kept; None where it is none.

    Names with umlauts are kept as the network knows them; the port, if one was given, counts.
    """
    bare = re.sub(r"^https?://", "", given.strip().lower())
    bare = re.split(r"[/?#]", bare, maxsplit=1)[0].rstrip(".")
    wild, name = ("*.", bare[2:]) if bare.startswith("*.") else ("", bare)
    name, colon, port = name.partition(":")
    host = wild + in_ascii(name) + colon + port
    if len(host) > LONGEST or not is_host(host):
        return None
    return host


def is_host(host: str) -> bool:
    """Whether it may stand in a policy. Asked once more where one is written: no row of a table can widen it."""
    return _KEPT.fullmatch(host) is not None
