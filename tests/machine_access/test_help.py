"""The developers' help on writing tells the truth: its requests are made one after the other, its code is run."""

import json
import re
from datetime import UTC, datetime

import pytest

from courier.signing import new_secret, signed
from portal.handbook.contents import LANGUAGES, pages
from tests.interfaces.test_help import BLOCK, unlike

PAGES = [page for language in LANGUAGES for page in pages(language) if page.slug == "schreiben"]
IDS = [page.language for page in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_request_is_answered_as_it_is_shown(program, page):
    blocks, made, statuses = BLOCK.findall(page.source), None, []
    for place, (kind, status, text) in enumerate(blocks):
        if kind != "http":
            continue
        head, _gap, body = text.strip().partition("\n\n")
        first, *lines = head.splitlines()
        method, path = first.split(" ")
        headers = dict(line.split(": ", 1) for line in lines)
        token = headers.pop("Authorization").removeprefix("Bearer ").replace("cpt_…", program.secret)
        said = body.replace("[7]", f"[{program.topic}]") if body else None
        answer = program.ask(method, path.replace("12", str(made)), said, authorization=f"Bearer {token}", **headers)
        assert answer.status_code == int(status), answer.content
        made = made or json.loads(answer.content)["id"]
        statuses.append(answer.status_code)
        following = blocks[place + 1] if place + 1 < len(blocks) else ("", "", "")
        if following[0] == "json":
            told, shown = json.loads(answer.content), json.loads(following[2])
            assert unlike(shown, told) == []
            assert {name: told[name] for name in shown.keys() & {"public", "waiting", "state", "external_id"}} == {
                name: shown[name] for name in shown.keys() & {"public", "waiting", "state", "external_id"}
            }
    assert statuses == [201, 200, 200, 200, 422, 401]


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_the_code_that_checks_a_signature_does(page):
    (code,) = [text for kind, _status, text in BLOCK.findall(page.source) if kind == "python"]
    known: dict[str, object] = {}
    exec(code, known)
    is_genuine, secret, body = known["is_genuine"], new_secret(), b'{"type": "offer.changed"}'
    headers = signed("msg_1", datetime.now(UTC), body, secret)
    assert is_genuine(headers, body, secret)
    assert not is_genuine(headers, body + b" ", secret)
    assert not is_genuine(headers, body, new_secret())
    assert not is_genuine({**headers, "webhook-id": "msg_2"}, body, secret)
    assert not is_genuine({**headers, "webhook-timestamp": "1"}, body, secret)


def test_both_languages_show_the_same_requests():
    assert len(PAGES) == 2
    shown = [[block for block in BLOCK.findall(page.source) if block[0] != "text"] for page in PAGES]
    assert shown[0] == shown[1]
    assert re.search(r"PATCH /api/v1/offers/", PAGES[0].source)
