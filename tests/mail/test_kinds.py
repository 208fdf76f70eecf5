"""All kinds of mail: each has its words in German, asks only for what it is given, and none holds a password."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from mail.kinds import Group, Kind, Placeholder, all_kinds, declare, kind_of, names_in
from mail.models import MailChoice, OutboxMessage
from mail.services import post_kind
from portal.translation.languages import CODES
from tenants.running.context import inside

ROOT = Path(settings.BASE_DIR)
KEYS = [each.key for each in all_kinds()]


@pytest.mark.parametrize("key", KEYS)
def test_a_kind_asks_for_what_it_has_and_keeps_what_it_needs(key):
    kind = kind_of(key)
    for language in CODES if kind.spoken else ("de",):
        with translation.override(language):
            subject, body = str(kind.subject), str(kind.body)
        assert set(names_in(subject) + names_in(body)) <= set(kind.all_placeholders), language
        assert set(kind.required()) <= set(names_in(body)), language
        assert "{%" not in subject + body, language
    assert len(key) <= 60


@pytest.mark.parametrize("key", KEYS)
def test_a_kind_is_german_where_its_reader_is_not_asked(key):
    kind = kind_of(key)
    with translation.override(None):
        translation.deactivate_all()
        english = str(kind.body)
    with translation.override("de"):
        words = [str(each) for each in (kind.label, kind.to, kind.when, kind.subject, kind.body)]
        assert words[-1] != english
        assert all(words)
        assert all(str(each.label) and str(each.example) for each in kind.all_placeholders.values())


def test_every_kind_can_be_written_with_its_examples(ahausen):
    with inside(ahausen):
        for kind in all_kinds():
            MailChoice.objects.update_or_create(key=kind.key, defaults={"wanted": True})
            post_kind(kind.key, to="eva@example.org", values=kind.examples())
        written = {each.kind: each for each in OutboxMessage.objects.all()}
    assert set(written) == set(KEYS)
    for key, message in written.items():
        assert message.subject, key
        assert message.html.startswith("<"), key
        assert "{{" not in message.subject + message.body + message.html, key


def test_no_kind_holds_a_password():
    """A link sets one; a mail that holds one is read by everybody who reads the mailbox, for ever."""
    suspicious = re.compile(r"passwor[dt]|kennwort|secret|geheim", re.IGNORECASE)
    found = [
        f"{kind.key}.{name}"
        for kind in all_kinds()
        for name, each in kind.placeholders.items()
        if suspicious.search(name) and not str(each.example).startswith("https://")
    ]
    assert found == []


def test_a_kind_nobody_declared_is_not_written(ahausen):
    with inside(ahausen), pytest.raises(KeyError):
        post_kind("something_else", to="eva@example.org", values={})


def test_two_kinds_cannot_have_one_name():
    with pytest.raises(ValueError, match="invitation"):
        declare(Kind("invitation", Group.ACCOUNTS, "x", "x", "x", "x", "x", {"y": Placeholder("y", "y")}))


def test_all_mails_of_the_portal_are_of_a_kind():
    """Whoever writes a mail past the kinds writes one that no municipality can word and no test has read."""
    guilty = []
    for room in ("platform", "portal", "tenants", "theming", "shared_categories", "demo"):
        for path in (ROOT / room).rglob("*.py"):
            # The demo's postbox takes what Django hands over.
            if path.is_relative_to(ROOT / "platform" / "mail") or path.name == "postbox.py":
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.ImportFrom):
                    continue
                names = {each.name for each in node.names}
                past = {
                    "mail.services": names & {"post", "_write"},
                    "mail.wording": names & {"word"},
                    "django.core.mail": names & {"send_mail", "EmailMessage", "EmailMultiAlternatives", "mail_admins"},
                }.get(node.module or "", set())
                guilty += [f"{path.relative_to(ROOT)}: {name}" for name in past]
    assert guilty == []


def test_all_mails_of_the_account_library_have_a_kind():
    """Named in its code and its templates; codes for signing in are switched off here."""
    source = Path(__import__("allauth").__file__).parent
    named = set()
    for path in source.rglob("*.py"):
        named |= set(re.findall(r"[\"'](?:account|mfa|socialaccount)/email/(\w+)[\"']", path.read_text()))
    off = {"login_code", "password_reset_code", "unknown_account", "email_confirm"}
    assert len(named) > 10
    assert {each for each in named - off if each not in KEYS} == set()
