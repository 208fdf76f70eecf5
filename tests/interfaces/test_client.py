"""A client that a public generator (openapi-python-client) makes from the description compiles and understands us."""

import compileall
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from portal.interfaces import limits
from portal.interfaces.views.others import SCHEMA
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.browsing import address
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

__all__ = ["address"]
pytestmark = pytest.mark.xdist_group("interfaces-client")


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        topic = Category.objects.create(name="Musik")
        provider = a_provider(name="Verein Eins", phone="0681 1")
        for number in range(5):
            an_offer(title=f"Angebot {number}", provider=provider, categories=[topic], min_age=number)


@pytest.fixture(scope="module")
def client_of(tmp_path_factory):
    """The generated package, imported."""
    place: Path = tmp_path_factory.mktemp("client")
    config = place / "config.yml"
    config.write_text("post_hooks: []\n")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", str(SCHEMA), "--meta", "none",
               "--config", str(config), "--output-path", str(place / "portal_client")]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "WARNING" in done.stdout + done.stderr) == (0, False), done.stdout + done.stderr
    assert compileall.compile_dir(place / "portal_client", quiet=1, force=True)
    sys.path.insert(0, str(place))
    yield lambda name: importlib.import_module(f"portal_client.{name}")
    sys.path.remove(str(place))
    for name in [each for each in sys.modules if each.partition(".")[0] == "portal_client"]:
        del sys.modules[name]


def test_it_reads_everything_it_is_told(client_of, address, monkeypatch):
    monkeypatch.setattr(limits, "MOST", 10**9)
    client = client_of("client").Client(
        # Only browsers know every name below localhost.
        base_url=address.replace("ahausen.localhost", "127.0.0.1"),
        headers={"Host": address.removeprefix("http://")},
        raise_on_unexpected_status=True,
    )
    root = client_of("api.root.root").sync(client=client)
    assert root.offers.endswith("/api/v1/offers/")
    offers, provider = client_of("api.offers.list_offers"), None
    # Page by page, by the cursor of the page before.
    titles, cursor = [], client_of("types").UNSET
    while cursor is not None:
        page = offers.sync(client=client, limit=2, cursor=cursor, expand="provider")
        titles += [each.title for each in page.results]
        provider = page.results[0].provider_id
        cursor = page.next_.split("cursor=")[1].split("&")[0] if page.next_ else None
    assert sorted(titles) == [f"Angebot {number}" for number in range(5)]
    one = client_of("api.providers.get_provider").sync(provider, client=client)
    assert one.name == "Verein Eins"
    assert [each.name for each in client_of("api.categories.list_categories").sync(client=client).results] == ["Musik"]
    # What is told goes out as it came in.
    whole = client_of("api.offers.get_offer").sync(page.results[0].id, client=client)
    model = client_of("models.offer").Offer
    assert model.from_dict(whole.to_dict()).to_dict() == whole.to_dict()
    # A refusal is a problem, not an exception.
    refused = client_of("api.offers.get_offer").sync_detailed(999999, client=client)
    assert (refused.status_code, type(refused.parsed).__name__) == (404, "Problem")
    for name in ("dates", "districts", "pages", "target_groups"):
        assert isinstance(client_of(f"api.{name}.list_{name}").sync(client=client).results, list)
