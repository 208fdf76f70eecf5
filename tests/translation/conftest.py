"""A translation service to talk to."""

from collections.abc import Callable, Iterator

import pytest

from portal.translation.keys import seal
from portal.translation.models import LanguageSettings
from tenants.models import Municipality
from tenants.running.context import inside
from tests.translation.server import KEY, TranslationServer


@pytest.fixture
def server() -> Iterator[TranslationServer]:
    running = TranslationServer()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def choose(server: TranslationServer) -> Callable[..., None]:
    """`choose(municipality, "deepl")`: that municipality translates by the server above."""

    def chosen(where: Municipality, backend: str, **fields: object) -> None:
        with inside(where):
            LanguageSettings.objects.update_or_create(
                pk=1,
                defaults={"backend": backend, "endpoint": server.address, "secret_key": seal(KEY), **fields},
            )

    return chosen
