"""The audit log to read: sentences, filters, export; for editors without accounts; and never a secret."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from audit.models import Entry
from audit.services import record
from neighbours.models import State as Agreed
from operations.logs.deeds import OPERATORS
from portal.organisations.models import JoinRequest
from portal.people.deeds import DEEDS, TOPICS
from portal.revisions.signals import Event
from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from tests.people.cast import LOG, PEOPLE, an_account, enter, said

ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def cast(ahausen):
    with inside(ahausen):
        anna, miriam = an_account("anna@amt.example", "admin"), an_account("miriam@amt.example", "editor")
        offer = an_offer(title="Häkeln am Montag", provider=a_provider(name="Handarbeit"))
        record("revision.applied", offer, by=miriam)
        record("state", offer, by=miriam, changes={"state": ["published", "paused"]})
        record("account.roles", miriam, by=anna, changes={"roles": [[], ["editor"]]})
        record(
            "synonyms", offer, by="Befehl", changes={"password": "geheim-1", "token": "geheim-2", "words": ["a", "b"]}
        )
    return {"anna": anna, "miriam": miriam, "offer": offer}


@pytest.fixture
def anna(cast, visitor):
    return enter(visitor("ahausen"), cast["anna"])


@pytest.fixture
def miriam(cast, visitor):
    return enter(visitor("ahausen"), cast["miriam"])


def test_it_is_told_in_sentences_with_a_link_to_the_thing(anna, cast):
    answer = anna.get(LOG)
    words = said(answer)
    assert "Miriam hat eine Fassung von „Häkeln am Montag“ online gestellt" in words
    assert "Anna hat die Rollen von Miriam geändert" in words
    assert "Rollen: Redaktion" in words
    assert "Zustand: veröffentlicht → " in words or "Zustand:" in words
    assert f'href="/konto/angebote/{cast["offer"].pk}/"' in answer.content.decode()
    assert f'href="{PEOPLE}{cast["miriam"].pk}/"' in answer.content.decode()


def test_a_command_is_the_portal_itself_and_who_has_gone_keeps_the_address(anna, ahausen, cast):
    with inside(ahausen):
        record("state", cast["offer"], by="newsletter", changes={"state": ["paused", "published"]})
        record("state", cast["offer"], by="gone@amt.example", changes={"state": ["paused", "published"]})
    words = said(anna.get(LOG))
    assert "Das Portal selbst hat den Zustand" in words
    assert "gone@amt.example hat den Zustand" in words
    assert "newsletter" not in words


def test_secrets_of_others_are_never_shown(anna):
    for answer in (anna.get(LOG), anna.get(f"{LOG}liste.csv")):
        assert "geheim" not in answer.getvalue().decode()


def test_editors_read_nothing_about_accounts(miriam, cast):
    words = said(miriam.get(LOG))
    assert "Häkeln am Montag" in words
    assert "die Rollen von Miriam" not in words
    assert "Rollen von" not in said(miriam.get(LOG, {"was": "konten", "art": "accounts.user"}))
    assert "Rollen von" not in miriam.get(f"{LOG}liste.csv").getvalue().decode()
    assert "Rollen von" not in said(miriam.get(f"{PEOPLE}{cast['anna'].pk}/"))


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"person": "Miriam"}, 2),
        ({"person": "miriam@amt"}, 2),
        ({"person": "Befehl"}, 1),
        ({"person": "niemand"}, 0),
        ({"was": "konten"}, 1),
        ({"was": "texte"}, 2),
        ({"art": "offers.offer"}, 3),
        ({"sache": "häkeln"}, 3),
        ({"sache": "100%"}, 0),
        ({"von": "2999-01-01"}, 4),
        ({"bis": "2001-01-01"}, 0),
        ({"von": "unsinn", "was": "unsinn", "art": "unsinn", "vor": "unsinn"}, 4),
        ({"person": "\x00", "vor": "9" * 40}, 4),
        ({"vor": "0"}, 0),
    ],
)
def test_filters(anna, ahausen, asked, number):
    with inside(ahausen):
        first = Entry.objects.order_by("id").filter(action="revision.applied").get()
    page = anna.get(LOG, asked).content.decode()
    ours = [each for each in page.split('<ol class="deeds">')[-1].split("<li>")[1:] if "<time" in each]
    # Signing in is no entry of its own; what the fixture noted is all there is.
    assert first is not None
    assert len(ours) == number


def test_days_are_those_of_the_town(anna, ahausen, cast):
    today = timezone.localdate()
    assert "Häkeln" in said(anna.get(LOG, {"von": today.isoformat(), "bis": today.isoformat()}))
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert "Nichts im Protokoll passt dazu" in said(anna.get(LOG, {"von": tomorrow}))


def test_pages_go_on_where_the_last_ended(anna, ahausen, cast):
    with inside(ahausen):
        for number in range(120):
            record("confirm", cast["offer"], by=f"Befehl {number:03}")
    seen, address = [], LOG
    while address:
        page = anna.get(address).content.decode()
        seen += re.findall(r"Befehl (\d{3}) hat bestätigt", page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = LOG + older[1].replace("&amp;", "&") if older else ""
    assert seen == [f"{number:03}" for number in reversed(range(120))]


def test_the_export_has_all_that_fit_and_no_formula(anna, ahausen, cast):
    with inside(ahausen):
        record("confirm", cast["offer"], by="=HYPERLINK(1)")
        for number in range(700):
            record("confirm", cast["offer"], by=f"Befehl {number}")
    lines = anna.get(f"{LOG}liste.csv", {"sache": "Häkeln"}).getvalue().decode("utf-8-sig").strip().splitlines()
    assert len(lines) == 1 + 3 + 701
    assert lines[0] == "Wann;Wer;Was;Art;Sache;Einzelheiten"
    assert any(";'=HYPERLINK(1);'=HYPERLINK(1) hat" in line for line in lines)
    assert not any(";=" in line for line in lines)


def noted_actions():
    """Every action the code notes, read from the code itself."""
    found = set()
    for room in ("platform", "portal", "theming", "shared_categories", "tenants", "demo"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"record", "keep"} and node.args:
                    found |= {
                        each.value
                        for each in ast.walk(node.args[0])
                        if isinstance(each, ast.Constant)
                        and isinstance(each.value, str)
                        and not each.value.endswith(".")
                    }
    return found


def test_every_action_has_its_sentence():
    named = noted_actions() | {f"revision.{event}" for event in Event}
    named |= {f"neighbours.{state}" for state in Agreed.values if state not in {"proposed", "agreed"}}
    named |= {f"join.{state}" for state in JoinRequest.State.values if state != "waiting"}
    assert len(named) > 60
    assert named - set(DEEDS) - set(OPERATORS) == set()


def test_every_sentence_can_be_said_and_topics_know_real_actions():
    for action, template in DEEDS.items():
        assert str(template) % {"who": "Anna", "thing": "Sache"}, action
    for topic in TOPICS:
        assert topic.of(DEEDS), topic.value
