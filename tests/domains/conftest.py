"""A name server of our own, and the platform's names in it."""

import pytest

from tests.name_server import NameServer


@pytest.fixture
def names(settings):
    server = NameServer()
    settings.DNS_SERVERS = [server.address]
    settings.DOMAIN_TARGET = "ziel.plattform.example"
    settings.DOMAIN_ADDRESSES = frozenset({"192.0.2.10", "2001:db8::10"})
    server.records[("ziel.plattform.example", "A")] = ["192.0.2.10"]
    yield server
    server.close()
