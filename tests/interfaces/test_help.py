"""The developers' help tells the truth: each of its requests is made, and each answer has the shape it shows."""

import json
import re
from datetime import time, timedelta

import pytest
from django.utils import timezone

from portal.handbook.contents import LANGUAGES, pages
from portal.offers.choices import ScheduleKind
from portal.offers.models import Schedule
from portal.offers.services import set_schedules
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

BLOCK = re.compile(r"```(\w+)(?: (\d+))?\n(.*?)```", re.DOTALL)
# What is written there, tests/machine_access/test_help.py does.
PAGES = [
    page for language in LANGUAGES for page in pages(language)
    if page.audience == "entwicklung" and page.slug != "schreiben"
]  # fmt: skip


def examples(page):
    """Address, expected status and, where the page shows one, the answer."""
    blocks = BLOCK.findall(page.source)
    for place, (kind, status, text) in enumerate(blocks):
        if kind == "http":
            following = blocks[place + 1] if place + 1 < len(blocks) else ("", "", "")
            shown = json.loads(following[2]) if following[0] == "json" else None
            yield text.strip().removeprefix("GET "), int(status or 200), shown


def unlike(shown, answer, path=""):
    """Where an answer has not the shape of what is shown: keys that are missing, values of another kind."""
    if isinstance(shown, dict) and isinstance(answer, dict):
        found = [f"{path}/{key} is missing" for key in shown.keys() - answer.keys()]
        for key in shown.keys() & answer.keys():
            found += unlike(shown[key], answer[key], f"{path}/{key}")
        return found
    if isinstance(shown, list) and isinstance(answer, list):
        return [] if not shown else unlike(shown[0], answer[0], f"{path}[]") if answer else [f"{path} is empty"]
    if shown is None or answer is None or type(shown) is type(answer):
        return []
    return [f"{path}: {answer!r} is not like {shown!r}"]


@pytest.fixture
def town(ahausen):
    today = timezone.localdate()
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 + 7)
    with inside(ahausen):
        provider = a_provider(name="Verein")
        for number in range(3):
            offer = an_offer(title=f"Chor {number}", provider=provider, min_age=6, max_age=10, cost_kind="free")
            rule = Schedule(first_date=saturday, start_time=time(10), end_time=time(11))
            set_schedules(offer, ScheduleKind.DATES, [rule])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.language}-{page.slug}")
def test_every_example_is_answered_as_it_is_shown(town, visitor, page):
    client, asked = visitor("ahausen"), 0
    for address, status, shown in examples(page):
        spoken = {"sprache": "en"} if page.language == "en" and status != 200 else {}
        answer = client.get(address, spoken) if spoken else client.get(address)
        assert answer.status_code == status, address
        body, asked = b"".join(answer).decode(), asked + 1
        if shown is None:
            continue
        told = json.loads(body.splitlines()[0] if address.endswith(".jsonl") else body)
        assert unlike(shown, told) == [], address
        assert not told.get("ignored"), address
        if status != 200 and page.language == "de":
            assert told["title"] == shown["title"]
    assert asked >= 4
    for link in re.findall(r"\]\((/[^)#]*)", page.source):
        answer = client.get(link)
        b"".join(answer)
        assert answer.status_code == 200, link


def test_both_languages_show_the_same_requests():
    told = {
        language: [(page.slug, *each[:2]) for page in PAGES if page.language == language for each in examples(page)]
        for language in LANGUAGES
    }
    assert told["de"] == told["en"]


@pytest.mark.parametrize(
    ("shown", "answer", "fits"),
    [
        ({"a": 1}, {"a": 2, "b": 3}, True),
        ({"a": 1}, {"b": 3}, False),
        ({"a": 1}, {"a": "1"}, False),
        ([{"a": 1}], [], False),
        ({"a": None}, {"a": {"b": 1}}, True),
    ],
)
def test_the_comparison_sees_what_differs(shown, answer, fits):
    assert (unlike(shown, answer) == []) == fits
