"""Schemathesis asks the interface everything its description allows, and much it forbids: no answer is a fault of ours,
and each is as described."""

import json
from urllib.parse import urlsplit

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from portal.interfaces.hsds.description import description
from portal.interfaces.views.others import SCHEMA
from portal.pages.models import Page
from tenants.running.context import inside
from tests.browsing import address  # noqa: F401
from tests.conftest import municipality
from tests.search import corpus

pytestmark = pytest.mark.xdist_group("schema")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        corpus.taxonomy()
        corpus.offers(20, 3)
        Page.objects.create(slug="offen", title="Offen", body="<p>Hallo</p>")


def loaded(text):
    schema = schemathesis.openapi.from_dict(json.loads(text))
    schema.config.base_url = "http://127.0.0.1"
    return schema


own = loaded(SCHEMA.read_text(encoding="utf-8"))
hsds = loaded(json.dumps(description("3.2", "http://127.0.0.1/hsds")))


def ask(case, address, below=""):  # noqa: F811 (the fixture's name)
    """The answer of the municipality: every *.localhost is this machine, but not every resolver knows that."""
    host = urlsplit(address)
    answer = case.call(base_url=f"http://127.0.0.1:{host.port}{below}", headers={"Host": host.netloc})
    case.validate_response(answer, checks=CHECKS)


@own.parametrize()
@EXAMPLES
def test_the_interface_keeps_its_description(case, address):  # noqa: F811
    ask(case, address)


@hsds.parametrize()
@EXAMPLES
def test_the_interface_of_directories_keeps_its_description(case, address):  # noqa: F811
    ask(case, address, "/hsds")
