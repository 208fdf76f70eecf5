"""Which host names a municipality may bring along: public names of its own, in letters nobody can mistake.

Whatever is refused here is never asked for in the DNS, and never gets a certificate. Refusals are whole sentences.
"""

import ipaddress
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.lazy import lazy
from tenants.names import normal_host

if TYPE_CHECKING:
    import publicsuffixlist
else:
    publicsuffixlist = lazy("publicsuffixlist")

# Names that never leave a network (RFC 6761, 6762, 7686, 8375 and what ICANN keeps free).
_INSIDE = frozenset({"localhost", "local", "internal", "invalid", "onion", "arpa", "home", "lan", "corp", "intranet"})
# Besides a–z: what names of German, French, Danish and Polish neighbours are written with.
_LETTERS = frozenset("äöüßàáâãåæçèéêëìíîïñòóôõøùúûýÿœąćęłńśźż")


@cache
def _suffixes() -> "publicsuffixlist.PublicSuffixList":
    """The list that is shipped with the package: nothing is fetched."""
    return publicsuffixlist.PublicSuffixList()


def public_host(text: str) -> str:
    """A host name as browsers send it. Raises ValidationError with one sentence for what nobody may bring along."""
    wanted = text.strip().lower().rstrip(".")
    if "*" in wanted:
        raise ValidationError(_("“%(host)s” is a wildcard. Please name each host name by itself."), params=_of(text))
    if _is_number(wanted):
        raise ValidationError(_("“%(host)s” is an IP address. Please give a host name."), params=_of(text))
    host = normal_host(wanted)
    labels = host.split(".")
    if labels[-1] in _INSIDE or len(labels) == 1:
        raise ValidationError(_("“%(host)s” is no name of the public Internet."), params=_of(host))
    if host == settings.BASE_DOMAIN or host.endswith(f".{settings.BASE_DOMAIN}"):
        raise ValidationError(_("“%(host)s” belongs to the platform itself."), params=_of(host))
    if _suffixes().is_public(host):
        raise ValidationError(
            _("“%(host)s” belongs to everybody (a public suffix). Please give a name below it."), params=_of(host)
        )
    if not all(_readable(label) for label in labels):
        raise ValidationError(
            _("“%(host)s” holds letters that look like others. Only the letters of this part of Europe are taken."),
            params=_of(host),
        )
    return host


def _of(host: str) -> dict[str, str]:
    return {"host": host[:100]}


def _is_number(host: str) -> bool:
    """Whether it is an IP address, in whatever way browsers read one (also 0x7f.1)."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        # Browsers take a name whose last part is a number for an IPv4 address (WHATWG URL, “ends in a number”).
        last = host.rpartition(".")[2]
        return last.isdigit() or last.startswith("0x")
    return True


def shown(host: str) -> str:
    """A host name as people write it: umlauts instead of punycode."""
    return ".".join(_spelt(label) or label for label in host.split("."))


def _spelt(label: str) -> str:
    """A label in letters; empty for one that is no punycode at all."""
    if not label.startswith("xn--"):
        return label
    try:
        text = label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return ""
    # What does not come back the same is a second way to write a name.
    return text if f"xn--{text.encode('punycode').decode('ascii')}" == label else ""


def _readable(label: str) -> bool:
    text = _spelt(label)
    return bool(text) and all(letter.isascii() or letter in _LETTERS for letter in text)


def skeleton(host: str) -> str:
    """What a quick reader takes a name for: without accents, with ß as ss. Two of one skeleton are look-alikes."""
    flat = unicodedata.normalize("NFKD", shown(host).replace("ß", "ss").replace("ł", "l").replace("ø", "o"))
    return "".join(letter for letter in flat if not unicodedata.combining(letter))
