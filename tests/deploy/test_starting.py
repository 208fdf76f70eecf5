"""Whatever is missing or weak at the start is one sentence, and nothing starts; a clock that is off is told."""

import re
import runpy
import sys
from io import StringIO

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from config import strength
from core import clock
from mail.models import OutboxMessage
from tenants.running.context import inside_public
from tests.caddy import free_port
from tests.children import environment
from tests.deploy.places import BIN, ROOT, run

GOOD = "q8Zr-2mVx7_LpTnB4cWyKd0sHfJgE6uAoI3RtYbN1eXzQvMh5"[:49] + "9w"
PASSWORD = "n7Kq2vXbZ9mRt4Wc"


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("kurz", "has 4 characters, at least 50 are needed"),
        (GOOD[:49], "has 49 characters"),
        ("ab" * 40, "consists of 2 different characters"),
        (f"django-insecure-{GOOD}", "is one of an example"),
        (f"changeme-{GOOD}", "is one of an example"),
    ],
)
def test_a_weak_key_is_refused_without_being_named(key, why):
    with pytest.raises(ImproperlyConfigured, match=why) as refused:
        strength.refuse_weak_key(key)
    assert key not in str(refused.value)
    assert "secrets.token_urlsafe" in str(refused.value)


def test_what_is_strong_is_taken():
    strength.refuse_weak_key(GOOD)
    strength.refuse_weak_password("DATABASE_URL", f"postgres://app:{PASSWORD}@127.0.0.1/portal")
    # The server knows us by the account of the machine.
    strength.refuse_weak_password("DATABASE_URL", "postgres://app@/portal")
    strength.refuse_weak_token("METRICS_TOKEN", "")
    strength.refuse_weak_token("METRICS_TOKEN", "x" * 20)


@pytest.mark.parametrize("password", ["postgres", PASSWORD[:15], "abc" * 8, "%70ostgres"])
def test_a_weak_password_of_the_database_is_refused_without_being_named(password):
    with pytest.raises(ImproperlyConfigured, match="of app in DATABASE_DIRECT_URL is weak") as refused:
        strength.refuse_weak_password("DATABASE_DIRECT_URL", f"postgres://app:{password}@127.0.0.1/portal")
    assert password not in str(refused.value)


def test_a_short_token_is_refused():
    with pytest.raises(ImproperlyConfigured, match="METRICS_TOKEN has 19 characters"):
        strength.refuse_weak_token("METRICS_TOKEN", "x" * 19)


def start(*command: str, **given: str):
    strong = {"DEMO": "0", "BASE_DOMAIN": "portal.example", "SECRET_KEY": GOOD, "METRICS_TOKEN": ""}
    database = {"DATABASE_URL": f"postgres://app:{PASSWORD}@127.0.0.1:1/none"}
    return run(*command, env={**environment(), **strong, **database, **given}, timeout=60)


WEAK = "f3a9c1e7"
SECRETS = {
    "no key": ({"SECRET_KEY": ""}, "SECRET_KEY is not set."),
    "no name": ({"BASE_DOMAIN": ""}, "BASE_DOMAIN is not set."),
    "no database": ({"DATABASE_URL": ""}, "DATABASE_URL is not set."),
    "key": ({"SECRET_KEY": WEAK}, "SECRET_KEY has 8 characters"),
    "key of before": ({"SECRET_KEY_FALLBACKS": f"{GOOD},{WEAK}"}, "Key 2 of SECRET_KEY_FALLBACKS has 8 characters"),
    "password": ({"DATABASE_URL": f"postgres://app:{WEAK}@127.0.0.1:1/none"}, "The password of app in DATABASE_URL is"),
    "password past the pooler": (
        {"DATABASE_DIRECT_URL": f"postgres://app:{WEAK}@127.0.0.1:1/none"},
        "The password of app in DATABASE_DIRECT_URL is weak",
    ),
    "password of the replica": (
        {"DATABASE_REPLICA_URL": f"postgres://app:{WEAK}@127.0.0.1:1/none"},
        "The password of app in DATABASE_REPLICA_URL is weak",
    ),
    "bucket": ({"STORAGE_URL": f"s3://portal:{WEAK}@127.0.0.1/bucket"}, "STORAGE_URL"),
    "old bucket": ({"STORAGE_OLD_URL": f"s3://portal:{WEAK}@127.0.0.1/bucket"}, "STORAGE_OLD_URL"),
    "figures": ({"METRICS_TOKEN": WEAK}, "METRICS_TOKEN has 8 characters"),
    "no password for mail": ({"EMAIL_HOST_USER": "portal"}, "EMAIL_HOST_USER is set and EMAIL_HOST_PASSWORD is not"),
    "no password for bounces": (
        {"BOUNCE_IMAP_HOST": "mail"},
        "BOUNCE_IMAP_HOST is set and BOUNCE_IMAP_PASSWORD is not",
    ),
}
STRONG = {"DEMO": "0", "BASE_DOMAIN": "portal.example", "SECRET_KEY": GOOD,
          "DATABASE_URL": f"postgres://app:{PASSWORD}@127.0.0.1:1/none"}  # fmt: skip


@pytest.mark.parametrize("secret", SECRETS)
def test_the_settings_refuse_every_secret_that_is_missing_or_weak(monkeypatch, secret):
    """Read anew, as whatever starts reads them first."""
    given, sentence = SECRETS[secret]
    for name in {name for others, _sentence in SECRETS.values() for name in others}:
        monkeypatch.delenv(name, raising=False)
    for name, value in {**STRONG, **given}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as refused:
        runpy.run_path(str(ROOT / "platform" / "config" / "settings.py"))
    assert str(refused.value).startswith(sentence)
    assert WEAK not in str(refused.value)


def test_with_strong_ones_they_are_read(monkeypatch):
    for name, value in {**STRONG, "SECRET_KEY_FALLBACKS": GOOD[::-1], "EMAIL_HOST_USER": "portal",
                        "EMAIL_HOST_PASSWORD": "x"}.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    assert runpy.run_path(str(ROOT / "platform" / "config" / "settings.py"))["DEMO"] is False


# Whatever is started: the job worker, the answerer for certificates, a command, and the start of everything.
@pytest.mark.parametrize("command", ["work", "answer_tls", "backup", "prepare"])
def test_no_command_does_anything_and_says_one_sentence(command):
    done = start(str(BIN / "manage"), command, SECRET_KEY="kurz")
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: SECRET_KEY has 4 characters")
    assert len(done.stderr.splitlines()) == 1
    assert "kurz" not in done.stderr


@pytest.mark.parametrize(
    ("given", "sentence"),
    [({"SECRET_KEY": "kurz"}, "SECRET_KEY has 4 characters"), ({"METRICS_TOKEN": "kurz"}, "METRICS_TOKEN has 4")],
)
def test_the_pages_do_not_start_and_gunicorn_does_not_try_again(given, sentence):
    options = ["--bind", "127.0.0.1:0", "--no-control-socket"]
    done = start(sys.executable, "-m", "gunicorn", *options, "config.wsgi:application", **given)
    assert done.returncode == 3
    assert f"The service does not start: {sentence}" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_start_of_everything_ends_with_the_sentence(db, tmp_path):
    """`python -m launch run`, as containers and `make run` start it: `prepare` says it, and nothing serves."""
    url = environment()["DATABASE_URL"]
    given = {"DATABASE_URL": url, "DATA_DIR": str(tmp_path), "PORT": str(free_port()), "SECRET_KEY": "kurz"}
    done = start(sys.executable, "-m", "launch", "run", **given)
    assert done.returncode == 1
    assert "SECRET_KEY has 4 characters" in done.stdout + done.stderr
    assert "Ready:" not in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def ready() -> dict:
    answer = Client().get("/readyz", HTTP_HOST="localhost")
    assert answer.status_code == 200
    return answer.json()["clock"]


def test_a_clock_five_minutes_off_is_told_and_pages_go_on(db):
    assert ready()["well"] is True
    assert abs(ready()["seconds_ahead"]) < 5
    # The machine may take its time between two looks.
    for seconds, words in ((300, r"(29\d|30\d) seconds ahead of the database's"),
                           (-300, r"(29\d|30\d) seconds behind the database's")):  # fmt: skip
        with time_machine.travel(timezone.now().timestamp() + seconds, tick=True):
            told = ready()
            assert told["well"] is False
            assert abs(told["seconds_ahead"] - seconds) < 5
            assert re.search(words, clock.warning())
    assert clock.warning() == ""


def test_preparing_warns_of_it(db):
    said = StringIO()
    with time_machine.travel(timezone.now().timestamp() + 300, tick=True):
        call_command("prepare", stdout=StringIO(), stderr=said)
    assert re.search(r"of this machine is (29\d|30\d) seconds ahead", said.getvalue())


def test_a_database_that_is_away_says_nothing_of_clocks(db, monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr(clock, "seconds_ahead", away)
    assert clock.told() is None
    assert connection.is_usable()


def test_by_such_a_clock_a_code_of_a_telephone_is_refused(db):
    """What the runbook says breaks; the code is one that was shown by a clock that is right."""
    secret = totp.generate_totp_secret()
    now = timezone.now().timestamp()
    with time_machine.travel(now, tick=False):
        counter = next(totp.yield_hotp_counters_from_time())
        code = totp.format_hotp_value(totp.hotp_value(secret, counter))
        assert totp.validate_totp_code(secret, code)
    for off in (300, -300):
        with time_machine.travel(now + off, tick=False):
            assert not totp.validate_totp_code(secret, code)


def test_the_first_operator_is_made_by_a_command_with_a_link(db):
    said = StringIO()
    call_command("create_operator", "Olga@Betrieb.example", "--link", stdout=said)
    with inside_public():
        user = User.objects.get(email="olga@betrieb.example")
        assert user.roles == ["operator"]
        assert OutboxMessage.objects.filter(to="olga@betrieb.example").count() == 1
    link = said.getvalue().splitlines()[-1]
    assert link.startswith("http://localhost")
    form = Client().get(f"/{link.split('/', 3)[3]}", HTTP_HOST="localhost", follow=True)
    assert b'name="password1"' in form.content
    with pytest.raises(CommandError, match=r"already an account|schon ein Konto"):
        call_command("create_operator", "olga@betrieb.example", stdout=said)
