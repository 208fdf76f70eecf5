"""What the DNS says of a name: where it leads and which texts stand at it, within limits however it answers."""

import ipaddress
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.lazy import lazy

if TYPE_CHECKING:
    from dns import exception, message, nameserver, rdatatype, resolver
    from dns import name as names
else:
    exception, message, names = lazy("dns.exception"), lazy("dns.message"), lazy("dns.name")
    nameserver, rdatatype, resolver = lazy("dns.nameserver"), lazy("dns.rdatatype"), lazy("dns.resolver")

# More than any honest chain, and an end to every other.
MOST_HOPS = 8
MOST_RECORDS = 20
LONGEST_TEXT = 255
# Seconds for one question, and for all that is asked of one name.
PATIENCE = 4.0
ALTOGETHER = 15.0


@dataclass(slots=True)
class Said:
    """What was found of a name: the names it leads to, their addresses, the texts at another name. `ring`: the names
    lead back to themselves, or on and on. `silent`: nobody said an address in time, or there is none."""

    chain: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    ring: bool = False

    @property
    def silent(self) -> bool:
        return not self.addresses and not self.ring


def ask(name: str, *, texts_at: str, servers: Sequence[str] = ()) -> Said:
    """Follow a name to its addresses and read the texts at `texts_at`. Never raises for what a server answers."""
    said = Said()
    asking = _Asking(servers)
    said.texts = [text[:LONGEST_TEXT] for text in asking.texts(texts_at)][:MOST_RECORDS]
    here, seen = name, {name}
    for _hop in range(MOST_HOPS):
        following = asking.leads_to(here)
        if following is None:
            said.addresses = asking.addresses(here)[:MOST_RECORDS]
            # A server that follows the ring itself may say nothing at all.
            said.ring = asking.went_round
            return said
        said.chain.append(following)
        if following in seen:
            break
        seen.add(following)
        here = following
    said.ring = True
    return said


class _Asking:
    """Questions to the same servers, which end all together."""

    def __init__(self, servers: Sequence[str]) -> None:
        self._resolver = resolver.Resolver(configure=not servers)
        if servers:
            self._resolver.nameservers = [_server(each) for each in servers]
        self._end = time.monotonic() + ALTOGETHER
        self.went_round = False

    def texts(self, name: str) -> list[str]:
        return [b"".join(record.strings).decode("utf-8", "replace") for record in self._records(name, rdatatype.TXT)]

    def leads_to(self, name: str) -> str | None:
        """The name this one is another name for."""
        records = self._records(name, rdatatype.CNAME)
        return str(records[0].target).rstrip(".").lower() if records else None

    def addresses(self, name: str) -> list[str]:
        found = [*self._records(name, rdatatype.A), *self._records(name, rdatatype.AAAA)]
        return sorted({str(ipaddress.ip_address(record.address)) for record in found})

    def _records(self, name: str, kind: Any) -> list:  # type: ignore[type-arg]  # by kind
        left = self._end - time.monotonic()
        if left <= 0:
            return []
        try:
            answer = self._resolver.resolve(
                name, kind, lifetime=min(PATIENCE, left), raise_on_no_answer=False, search=False
            )
        except (message.ChainTooLong, names.BadPointer):
            self.went_round = True
            return []
        except exception.DNSException:
            # Too late, no such name, nonsense: for whoever asks it is all the same, there is no answer.
            return []
        return list(answer.rrset or ())


def _server(written: str) -> Any:
    """`192.0.2.1`, `192.0.2.1:5353` or `[2001:db8::1]:53`."""
    address, _colon, port = written.rpartition(":")
    if not address or (":" in address and not address.startswith("[")):
        address, port = written, "53"
    return nameserver.Do53Nameserver(address.strip("[]"), int(port))
