"""Which addresses of the network may be spoken to: those of the public Internet and no others."""

import queue
import socket
import threading
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from core.outgoing.trouble import OutgoingError, Reason

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], list[str]]

# Written down rather than left to `is_global`, whose answers differ between the patch releases of Python.
# Source: IANA's special-purpose registries of IPv4 and IPv6 addresses.
_CLOSED_4 = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carriers (CGNAT), Alibaba's metadata
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's services for the machine
        "169.254.0.0/16",  # link-local, metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols, Oracle's metadata
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# Of IPv6 only 2000::/3 is given out at all; in it these are not hosts of the public Internet.
_OPEN_6 = IPv6Network("2000::/3")
_CLOSED_6 = tuple(
    IPv6Network(each)
    for each in (
        "2001::/23",  # protocols, Teredo
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "2620:4f:8000::/48",
        "3fff::/20",  # documentation
    )
)
# What a network without IPv4 makes of every IPv4 address (NAT64): judged by the address inside.
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether this is a host of the public Internet, whatever disguise the address wears."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_4)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _OPEN_6 and not any(address in network for network in _CLOSED_6)


def look_up(host: str, port: int) -> list[str]:
    """All addresses of a host, as the system says. OSError where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(str(error)) from error
    return [str(each[4][0]) for each in found]


def checked_addresses(host: str, port: int, *, resolve: Resolver, inside: bool, seconds: float) -> list[Address]:
    """The addresses of a host, to be connected to as they are. OutgoingError unless every one of them is public.

    `inside` is for hosts the operator named: they may lie in the operator's own network.
    """
    found = [_parsed(each) for each in _patiently(resolve, host, port, seconds)]
    if not found:
        raise OutgoingError(Reason.UNKNOWN_HOST, host)
    for address in found:
        if not inside and not is_public(address):
            raise OutgoingError(Reason.REFUSED, f"{host} is not a public host: {address}")
    # IPv4 first: in many data centres IPv6 is announced and leads nowhere.
    return sorted(dict.fromkeys(found), key=lambda address: (address.version, int(address)))


def _parsed(written: str) -> Address:
    try:
        return ip_address(written)
    except ValueError as error:
        raise OutgoingError(Reason.REFUSED, f"no address: {written[:80]}") from error


def _patiently(resolve: Resolver, host: str, port: int, seconds: float) -> list[str]:
    """Look a host up in a thread of its own: the system's resolver knows no limit of time, and the caller has one."""
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host, port))
        except Exception as error:  # noqa: BLE001 (handed to the caller's thread, which raises it)
            answers.put(error)

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise OutgoingError(Reason.SLOW, f"nobody says where {host} is") from None
    if isinstance(answer, socket.gaierror) and answer.errno == socket.EAI_AGAIN:
        # Nobody could be asked: that says nothing of the host.
        raise OutgoingError(Reason.UNREACHABLE, f"{host}: {answer}") from answer
    if isinstance(answer, OSError):
        raise OutgoingError(Reason.UNKNOWN_HOST, f"{host}: {answer}") from answer
    if isinstance(answer, Exception):
        raise answer
    return answer
