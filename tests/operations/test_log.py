"""The platform's log: read, filtered, taken along; and whether all logs are as they were written."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from procrastinate.contrib.django.models import ProcrastinateJob

from audit.checkpoints import Log, known_of
from audit.models import Entry
from audit.services import record, record_many
from audit.verifying import Finding
from core.access import Role
from mail.models import OutboxMessage
from operations.logs import checking
from operations.logs.book import BOOK
from operations.logs.deeds import HERE, OPERATORS
from operations.logs.tasks import defer_looks, look_over_all_logs, look_over_log
from operations.models import LogCheck
from tenants.models import Municipality
from tenants.running.context import PUBLIC, current_schema, inside, inside_public
from tests.audit.forging import a_log, chain_anew, chain_now, move_the_head, run, without_triggers
from tests.factories import a_provider

PAGE = "/betrieb/protokoll/"


@pytest.fixture
def operator(ahausen, bedorf, signed_in):
    return signed_in(None, Role.OPERATOR)


@pytest.fixture
def olga(operator, person):
    """Who did something, with a name."""
    with inside_public():
        user = person(None, Role.OPERATOR, email="olga.betrieb@platform.example")
        user.name = "Olga Betrieb"
        user.save()
        ahausen = Municipality.objects.get(slug="ahausen")
        record("suspend", ahausen, by=user, changes={"state_reason": ["", "Umbau"], "token": "geheim"})
        record(
            "municipality.wave", Municipality.objects.get(slug="bedorf"), by="set_wave", changes={"wave": ["rest", "a"]}
        )
        record("look", ahausen, by=user)
    return user


def words(answer):
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def deeds(answer):
    """The sentences of a page, in its order."""
    found = re.findall(r"<li><time[^>]*>[^<]*</time><div><p>(.*?)</p>", answer.content.decode(), re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", each)) for each in found]


def forge(municipality, statement="UPDATE audit_entry SET actor = 'x' WHERE position = 2"):
    with inside(municipality):
        chain_now()
        without_triggers()
        run(statement)


def test_it_is_told_in_sentences_with_what_may_be_shown(operator, olga):
    page = words(operator.get(PAGE))
    assert "Olga Betrieb hat das Portal von Stadt Ahausen gesperrt" in page
    assert "Grund: Umbau" in page
    assert "set_wave hat Gemeinde Bedorf einer anderen Welle von Updates zugeordnet" in page
    assert "Olga Betrieb hat sich das gesperrte Portal von Stadt Ahausen angesehen" in page
    assert "geheim" not in page


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"person": "olga"}, ["look", "suspend"]),
        ({"person": "Betrieb Olga"}, ["look", "suspend"]),
        ({"person": "set_wave"}, ["municipality.wave"]),
        ({"was": "kommunen"}, ["look", "municipality.wave", "suspend"]),
        ({"was": "tickets"}, []),
        ({"art": "tenants.municipality", "sache": "bedorf"}, ["municipality.wave"]),
        ({"art": "tickets.ticket"}, []),
        ({"sache": "100%"}, []),
        ({"von": "2001-01-01", "bis": "2001-12-31"}, []),
        ({"von": "unsinn", "was": "unsinn", "art": "x", "vor": "9" * 40}, ["look", "municipality.wave", "suspend"]),
    ],
)
def test_filters(operator, olga, asked, expected):
    answer = operator.get(PAGE, asked)
    with override("de"):
        told = [str(BOOK.deeds[action]).partition("%(thing)s")[0].replace("%(who)s", "").strip() for action in expected]
    found = deeds(answer)
    assert len(found) == len(expected)
    assert all(words_ in sentence for words_, sentence in zip(told, found, strict=True))


def test_pages_go_on_where_the_last_ended_also_when_somebody_writes_meanwhile(operator, olga):
    with inside_public():
        for number in range(120):
            record("look", Municipality.objects.get(slug="ahausen"), by=f"Befehl {number:03}")
    seen, address = [], f"{PAGE}?person=Befehl"
    while address:
        answer = operator.get(address)
        seen += [sentence.split()[1] for sentence in deeds(answer)]
        older = re.search(r'rel="next" href="([^"]+)"', answer.content.decode())
        address = PAGE + unescape(older[1]) if older else ""
        with inside_public():
            record("look", Municipality.objects.get(slug="ahausen"), by="Befehl neu")
    assert seen == [f"{number:03}" for number in reversed(range(120))]


def test_the_files_have_all_that_fit(operator, olga):
    with inside_public():
        bedorf = Municipality.objects.get(slug="bedorf")
        record_many("look", ((bedorf, {"number": number}) for number in range(1_100)), by="Befehl")
        record("look", bedorf, by="=HYPERLINK(1)")
        chain_now()
        expected = list(Entry.objects.filter(target="Gemeinde Bedorf").order_by("-id").values())
    answer = operator.get(f"{PAGE}liste.csv", {"sache": "Bedorf"})
    assert answer.streaming
    lines = answer.getvalue().decode("utf-8-sig").strip().splitlines()
    assert lines[0] == "Wann;Wer;Was;Art;Sache;Einzelheiten"
    assert len(lines) == 1 + len(expected)
    assert not any(";=" in line for line in lines)
    assert "hat sich das gesperrte Portal von Gemeinde Bedorf angesehen" in lines[1], "in the language of the page"
    answer = operator.get(f"{PAGE}liste.jsonl", {"sache": "Bedorf"})
    assert answer.streaming
    told = [json.loads(line) for line in answer.getvalue().splitlines()]
    assert told == [{**each, "at": each["at"].isoformat()} for each in expected]
    assert all(re.fullmatch("[0-9a-f]{64}", each["entry_hash"]) for each in told)


def test_every_deed_of_the_operator_has_a_german_sentence():
    with override("de"):
        german = {action: str(text) for action, text in {**OPERATORS, **HERE}.items()}
    with override("en"):
        assert [action for action, text in {**OPERATORS, **HERE}.items() if str(text) == german[action]] == []
    assert all(text % {"who": "Olga", "thing": "Ahausen"} for text in german.values())
    assert all(topic.of(BOOK.deeds) for topic in BOOK.topics)


def test_no_page_asks_a_municipality_and_none_costs_more_with_a_thousand(operator, olga):
    """A statement goes where the connection was told: to the operator's side alone, and never to a schema by name."""

    def statements(address):
        seen = []

        def look(execute, sql, params, many, context):
            seen.append((current_schema(), context["connection"].schema_name, sql))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(look):
            assert operator.get(address).status_code == 200
        assert {(schema, told) for schema, told, _sql in seen} == {(PUBLIC, PUBLIC)}
        assert not [sql for _schema, _told, sql in seen if "ahausen." in sql or "town0" in sql]
        return len(seen)

    with inside_public():
        checking.look_over()
    # The first time a process draws a page it may learn something.
    for address in (PAGE, "/betrieb/"):
        operator.get(address)
    before = {address: statements(address) for address in (PAGE, "/betrieb/")}
    with inside_public():
        towns = [Municipality(slug=f"town{n}", schema_name=f"town{n}", name=f"Ort {n}") for n in range(1_000)]
        Municipality.objects.bulk_create(towns)
        now = timezone.now()
        findings = [Finding.BROKEN, Finding.WHOLE, Finding.CUT, Finding.WHOLE]
        LogCheck.objects.bulk_create(
            LogCheck(
                schema_name=town.schema_name,
                verified_at=now,
                finding=findings[number % 4].value,
                entries=7,
                found_at=now,
                first=3,
            )
            for number, town in enumerate(towns)
        )
    # How many more there are is counted once there are more than are shown.
    assert statements(PAGE) <= before[PAGE] + 2
    assert statements("/betrieb/") <= before["/betrieb/"] + 2
    page = words(operator.get("/betrieb/"))
    assert page.count("Gefunden am") == checking.MOST_SHOWN
    assert f"und {500 - checking.MOST_SHOWN} weitere" in page


def test_what_is_broken_stands_on_the_landing_page_and_is_mailed_once(operator, olga, ahausen):
    with inside(ahausen):
        a_log(a_provider())
        look_over_log()
        assert "nicht so, wie sie geschrieben" not in words(operator.get("/betrieb/"))
        second = Entry.objects.get(position=2).pk
    forge(ahausen)
    with inside(ahausen):
        look_over_log()
    for address in ("/betrieb/", PAGE):
        page = words(operator.get(address))
        assert "Stadt Ahausen (ahausen): Gebrochen bei Eintrag" in page
        assert f"Eintrag {second}:" in page
    with inside_public():
        assert [checking.tell_operators() for _night in range(3)] == [1, 0, 0]
        operators = {"operator@platform.example", olga.email}
        mails = OutboxMessage.objects.filter(kind="operator_broken_logs")
        assert {mail.to for mail in mails} == operators
        assert mails.count() == 2
        mail = mails.first()
        assert f"Stadt Ahausen (ahausen): Gebrochen bei Eintrag {second}" in mail.body
        assert "/betrieb/protokoll/" in mail.body
    # Another night finds the same: nobody is told again. Whole again and broken again is news.
    with inside(ahausen):
        look_over_log()
        run("UPDATE audit_entry SET actor = 'olga@platform.example' WHERE position = 2")
        look_over_log()
    assert "nicht so, wie sie geschrieben" not in words(operator.get("/betrieb/"))
    forge(ahausen)
    with inside(ahausen):
        look_over_log()
    with inside_public():
        assert checking.tell_operators() == 1


def test_a_log_that_somebody_made_anew_is_found_by_what_was_written_down(operator, ahausen):
    with inside(ahausen):
        a_log(a_provider())
        look_over_log()
        log = Log("ahausen", ahausen.pk)
        known = known_of(log).newest
        assert known.position == Entry.objects.count()
        without_triggers()
        run("DELETE FROM audit_entry WHERE position = 3")
        chain_anew()
        move_the_head()
        look_over_log()
        assert known_of(log).newest == known, "a log that does not fit leaves nothing new"
    assert "nicht das Protokoll, dessen Ende" in words(operator.get(PAGE))
    with pytest.raises(CommandError, match=r"ahausen: .*Stelle 6") as refused:
        call_command("verify_audit", "bedorf", "ahausen")
    assert refused.value.returncode == 1


def test_the_command_takes_several_names_or_all(ahausen, bedorf, capsys):
    call_command("verify_audit", "bedorf", "ahausen")
    assert re.findall(r"^(\w+):", capsys.readouterr().out, re.MULTILINE) == ["bedorf", "ahausen"]
    call_command("verify_audit", all=True)
    assert re.findall(r"^(\w+):", capsys.readouterr().out, re.MULTILINE) == ["public", "ahausen", "bedorf"]
    with pytest.raises(CommandError, match="--all"):
        call_command("verify_audit", "ahausen", all=True)
    with pytest.raises(CommandError, match="nirgends"):
        call_command("verify_audit", "ahausen", "nirgends")
    assert "ahausen" not in capsys.readouterr().out


def test_every_broken_log_is_named_with_its_first_row(ahausen, bedorf):
    first = {}
    for town in (ahausen, bedorf):
        with inside(town):
            a_log(a_provider())
            first[town.slug] = Entry.objects.get(position=2).pk
        forge(town, "UPDATE audit_entry SET actor = 'x' WHERE position >= 2")
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit")
    lines = str(refused.value).splitlines()
    assert [line.partition(":")[0] for line in lines] == ["ahausen", "bedorf"]
    assert all(f"Eintrag {first[slug]} " in line for slug, line in zip(first, lines, strict=True))


def test_one_job_a_log_and_none_twice_a_night(operator, ahausen):
    answer = operator.post(f"{PAGE}pruefen/")
    assert (answer.status_code, answer.url) == (302, PAGE)
    waiting = ProcrastinateJob.objects.filter(status="todo")
    assert waiting.filter(task_name=look_over_all_logs.name).count() == 1
    look_over_all_logs()
    ours = waiting.filter(task_name=look_over_log.name)
    assert sorted(job.args["schema_name"] for job in ours) == ["ahausen", "bedorf", "public"]
    assert defer_looks(timezone.now()) == 0, "they wait already"
    ours._raw_delete("default")
    night = timezone.now() - timedelta(hours=1)
    with inside(ahausen):
        look_over_log()
    assert defer_looks(night) == 2
    assert "Noch nicht geprüft: 2" in words(operator.get(PAGE))


def test_what_is_known_of_a_deleted_municipality_goes(ahausen):
    with inside_public():
        LogCheck.objects.create(
            schema_name="weg", verified_at=timezone.now(), finding="broken", entries=1, found_at=timezone.now()
        )
        assert not checking.broken()
        assert checking.tell_operators() == 0
        defer_looks(timezone.now())
        assert not LogCheck.objects.filter(schema_name="weg").exists()


def test_who_looks_over_a_log_writes_nothing_into_it(ahausen):
    with inside(ahausen), CaptureQueriesContext(connection) as seen:
        a_log(a_provider())
        before = Entry.objects.count()
        look_over_log()
        assert Entry.objects.count() == before
    assert not [each for each in seen.captured_queries if each["sql"].startswith("UPDATE audit")]
