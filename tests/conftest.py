"""The cast: two municipalities, and in each an admin, an editor, a planner, a provider's people and a visitor."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.test import Client

from accounts.models import User
from config.stores import store
from core.access import Role
from core.garbage import set_aside
from portal.interfaces import limits
from portal.providers.models import Membership
from tenants.models import Municipality
from tenants.running import hosts
from tenants.running.context import inside, inside_public
from tests import locks
from tests.databases import clone
from tests.factories import a_provider
from tests.s3 import SeaweedFS, seaweed

# A busy machine is no fault of the code: how long something takes is measured by `make bench`.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

# Whitenoise warns where it is missing, as soon as a module makes Django's application.
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)

# Static files straight from the rooms: collecting them is a test of its own (tests/theming/test_static.py).
settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "checkpoints": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]

PASSWORD = "ein-gutes-passwort-2026"
SHARED = Path(settings.BASE_DIR).parent / "shared"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest, worker_id: str) -> Iterator[None]:
    """Each test process works on its own clone of the prepared database."""
    # As the service does at its start: forms that are made inside a municipality would be of use there only.
    import_module(settings.ROOT_URLCONF)
    import_module(settings.PUBLIC_SCHEMA_URLCONF)
    # Between the two the database is closed: whoever needs it says so.
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(clone(f"test_{worker_id}"))
        yield
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest, worker_id: str) -> Iterator[None]:
    """A database with real commits, for tests with threads, processes or browsers; gone afterwards."""
    with django_db_blocker.unblock(), clone(f"test_own_{worker_id}"):
        yield


@pytest.fixture(scope="module")
def module_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest, worker_id: str) -> Iterator[None]:
    """The same for all tests of a module, which then only read."""
    with django_db_blocker.unblock(), clone(f"test_module_{worker_id}"):
        yield


# After so many tests of a process what is loaded is set aside, as the service does it: looking through all of it again
# and again for garbage took a tenth of the time.
_SET_ASIDE = frozenset({1, 20, 100, 500, 2500})
_tests = count(1)


@pytest.fixture(autouse=True)
def _rows_are_locked_in_one_order() -> Iterator[None]:
    """Whatever a test tries (tests/locks.py)."""
    with locks.watched() as found:
        yield
    assert found == []


@pytest.fixture(autouse=True)
def _fresh(settings: object, tmp_path: Path) -> Iterator[None]:
    """No test sees another's files, cache or remembered hosts."""
    from django.core.cache import cache

    if next(_tests) in _SET_ASIDE:
        set_aside()
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.TILE_CACHE = tmp_path / "tiles"
    settings.EXPORT_DIR = tmp_path / "exports"
    # A new memory: what is known of the logs of one test's database says nothing of another's.
    storages._storages.pop("checkpoints", None)
    cache.clear()
    # On a quick machine the requests of one test would use up what a network may ask in a minute.
    limits.counters.forget()
    yield
    hosts.forget()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is marked `both_stores` runs twice; one process has the S3 server and all that needs it."""
    marked = metafunc.definition.get_closest_marker
    if marked("both_stores") and not marked("one_store"):
        in_bucket = pytest.param("s3", marks=pytest.mark.xdist_group("s3"))
        metafunc.parametrize("_store", ["disk", in_bucket], indirect=True)


@pytest.fixture(autouse=True)
def _store(
    request: pytest.FixtureRequest, settings: Any, _fresh: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where files lie, of children too: on the disk unless the test says otherwise."""
    if getattr(request, "param", "disk") == "s3":
        url = request.getfixturevalue("s3_server").url()
        near = {"near_bytes": 10**8, "near_folder": str(tmp_path / "near")}
        settings.STORAGES = {**settings.STORAGES, "platform": store("STORAGE_URL", url, near)}
        monkeypatch.setenv("STORAGE_URL", url)


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeaweedFS]:
    """One for all tests of this process; each has its own part of the bucket."""
    with seaweed(tmp_path_factory.mktemp("seaweed")) as server:
        storages.create_storage(store("STORAGE_URL", server.url(), {})).prepare()
        yield server


@pytest.fixture(scope="session", autouse=True)
def _figures_wait() -> None:
    """Tests look at what was counted before it is written, and say themselves when; half a second is too soon."""
    from portal.usage import counting
    from tenants.running import answers

    counting.SECONDS = answers.SECONDS = 60.0


def municipality(slug: str) -> Municipality:
    """One of the cast's municipalities."""
    with inside_public():
        return Municipality.objects.get(slug=slug)


@pytest.fixture
def ahausen(db: None) -> Municipality:
    return municipality("ahausen")


@pytest.fixture
def bedorf(db: None) -> Municipality:
    return municipality("bedorf")


@pytest.fixture
def visitor() -> Callable[[str], Client]:
    """`visitor("ahausen")`: a browser on that municipality's host; `visitor("")` is on the operator's side."""

    def at(slug: str) -> Client:
        return Client(HTTP_HOST=f"{slug}.localhost" if slug else "localhost")

    return at


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """`person(municipality, Role.EDITOR)`: an account there (None: on the operator's side).

    With Role.PROVIDER it administers a provider: that is what makes the role.
    """

    def make(where: Municipality | None, *roles: Role, email: str = "") -> User:
        address = email or f"{'-'.join(roles) or 'niemand'}@{where.slug if where else 'platform'}.example"
        granted = [role for role in roles if role is not Role.PROVIDER]
        with inside(where) if where else inside_public():
            user = User.objects.create_user(address, PASSWORD, roles=granted, name=address.split("@")[0])
            if where is not None and Role.PROVIDER in roles:
                Membership.objects.create(user=user, provider=a_provider(), role=Membership.Role.ADMINISTRATOR)
        return user

    return make


@pytest.fixture
def signed_in(visitor: Callable[[str], Client], person: Callable[..., User]) -> Callable[..., Client]:
    """`signed_in(municipality, Role.EDITOR)`: that person's browser, signed in through the form."""

    def browser(where: Municipality | None, *roles: Role) -> Client:
        user = person(where, *roles)
        client = visitor(where.slug if where else "")
        answer = client.post("/konto/anmelden/", {"login": user.email, "password": PASSWORD})
        assert answer.status_code == 302, "the test could not sign in"
        return client

    return browser


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real input beside the project; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not there")
    return SHARED
