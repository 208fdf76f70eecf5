"""Each test begins as a process that was not asked to look yet."""

import pytest

from portal.webhooks import receivers


@pytest.fixture(autouse=True)
def freshly(settings):
    settings.LINK_INTERNAL_HOSTS = frozenset({"127.0.0.2"})
    receivers.forget()
