"""Schemathesis asks the interfaces what their descriptions allow, and some of what they forbid: no answer is a fault of
ours, and each is as described. As nobody in particular, and with a token of each scope.

Each operation is a test of its own here, by its name: Schemathesis' own way to part them gives all the same one, and
with several processes they are lost.
"""

import json

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, seed, settings
from requests import PreparedRequest
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from portal.interfaces.hsds.description import description
from portal.interfaces.views.others import SCHEMA
from portal.pages.models import Page
from portal.tokens import services
from portal.tokens.models import Scope, Token
from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from tests.search import corpus

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
HOST = "ahausen.localhost"
WHO = ("anybody", Scope.READ.value, Scope.WRITE.value)


def operations_of(text, below=""):
    """By their names, without what only another token asks otherwise."""
    schema = schemathesis.openapi.from_dict(json.loads(text))
    schema.config.base_url = f"http://{HOST}{below}"
    found = [each.ok() for each in schema.get_all_operations()]
    return {f"{each.method.upper()} {each.full_path}": each for each in found}


OWN = operations_of(SCHEMA.read_text(encoding="utf-8"))
HSDS = operations_of(json.dumps(description("3.2", f"http://{HOST}/hsds")), "/hsds")
# What is the same for everybody is asked by everybody once more with a token where a token opens something.
ASKED = [(who, name) for name in OWN for who in WHO] + [("anybody", name) for name in HSDS]


def test_nothing_of_the_descriptions_is_left_out():
    described = json.loads(SCHEMA.read_text(encoding="utf-8"))["paths"]
    assert len(OWN) == sum(len(methods) for methods in described.values())
    assert len(ASKED) == len(set(ASKED)) == 3 * len(OWN) + len(HSDS)


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        corpus.taxonomy()
        corpus.offers(6, 2)
        Page.objects.create(slug="offen", title="Offen", body="<p>Hallo</p>")
        provider = a_provider(name="Turnverein")
        an_offer(provider=provider, summary="Für alle.")
        secrets = {"anybody": ""}
        for scope in Scope:
            token = Token(name="Programm", scope=scope)
            secrets[scope.value] = services.give(token, [provider], by=None)
    return secrets


def answered(case, secret):
    """What the service answers, as Schemathesis reads it."""
    given_ = case.as_transport_kwargs(base_url=None)
    request = PreparedRequest()
    request.prepare(**{name: given_[name] for name in ("method", "url", "headers", "params", "json", "data", "cookies")
                       if name in given_})  # fmt: skip
    left_out = {"host", "cookie", "accept-encoding", "authorization", "content-type", "content-length"}
    headers = {
        name: value.decode("latin-1") if isinstance(value, bytes) else value
        for name, value in request.headers.items()
        if name.lower() not in left_out
    }
    if secret:
        headers["Authorization"] = f"Bearer {secret}"
    kind = request.headers.get("Content-Type", "application/octet-stream")
    ours = Client(HTTP_HOST=HOST, raise_request_exception=False).generic(
        request.method, request.path_url, request.body or b"", kind, headers=headers
    )
    return Response(
        status_code=ours.status_code,
        headers={name.lower(): [value] for name, value in ours.headers.items()},
        content=b"".join(ours.streaming_content) if ours.streaming else ours.content,
        request=request,
        elapsed=0.0,
        verify=False,
        encoding="utf-8",
    )


@pytest.mark.parametrize(("who", "name"), ASKED, ids=[f"{name} {who}" for who, name in ASKED])
def test_answers_keep_the_description(town, who, name):
    operation = (OWN | HSDS)[name]

    @seed(7)
    @settings(max_examples=4, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask(case):
        case.validate_response(answered(case, town[who]), checks=CHECKS)

    ask()
