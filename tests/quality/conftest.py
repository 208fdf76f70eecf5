"""A hostile server, and an asker that may ask it and no other inside address."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from core.outgoing import Outgoing
from portal.quality.links.asking import LIMITS, Asker
from tests.quality.hostile_server import HostileServer

HOSTS = frozenset(f"127.0.0.{number}" for number in range(2, 10))


@pytest.fixture
def hostile(settings) -> Iterator[HostileServer]:
    """Its addresses 127.0.0.2 to 127.0.0.9 are the operator's own hosts; all others of this machine are not."""
    settings.LINK_INTERNAL_HOSTS = HOSTS
    server = HostileServer()
    yield server
    server.close()


@pytest.fixture
def impatient() -> Callable[[], Asker]:
    """An asker whose single request ends after two seconds instead of ten."""

    def make() -> Asker:
        limits = replace(LIMITS, connect=1, read=1, total=2)
        return Asker(lambda: Outgoing(limits, plain=True, internal_hosts=HOSTS))

    return make
