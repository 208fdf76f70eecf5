"""Argon2 keeps new passwords; what accounts have from before goes on working and is replaced at the next sign-in."""

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from core.access import Role
from mail.models import OutboxMessage
from operations.tasks import forget_expired_sessions
from portal.providers.models import Membership
from portal.providers.models import State as ProviderState
from tenants.lifecycle.states import archive_municipality, suspend_municipality
from tenants.running.context import inside, inside_public
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider


@pytest.fixture
def as_in_production(settings):
    assert settings.PASSWORD_HASHERS[0].endswith("MD5PasswordHasher"), "the tests' own"
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]


def test_new_passwords_are_kept_by_argon2(as_in_production):
    assert make_password("x").startswith("argon2$argon2id$")


@pytest.mark.parametrize("password", [PASSWORD, "falsch-falsch"])
def test_a_hash_of_before_is_replaced_at_the_first_right_password(as_in_production, ahausen, visitor, password):
    old = make_password(PASSWORD, hasher="pbkdf2_sha256")
    with inside(ahausen):
        User(email="eva@ahausen.example", password=old).save()
    answer = visitor("ahausen").post("/konto/anmelden/", {"login": "eva@ahausen.example", "password": password})
    with inside(ahausen):
        kept = User.objects.get().password
    if password == PASSWORD:
        assert answer.status_code == 302
        assert kept.startswith("argon2$")
        assert User(password=kept).check_password(PASSWORD)
    else:
        assert answer.status_code == 200
        assert kept == old


def test_sessions_that_ended_go_everywhere_and_others_stay(own_database):
    places = [inside(municipality("ahausen")), inside(municipality("bedorf")), inside_public()]
    for place in places:
        with place:
            now = timezone.now()
            Session.objects.create(session_key="alt", session_data="x", expire_date=now - timezone.timedelta(days=1))
            Session.objects.create(session_key="neu", session_data="x", expire_date=now + timezone.timedelta(days=1))
    suspend_municipality("ahausen", reason="Umbau")
    archive_municipality("bedorf")
    forget_expired_sessions(timestamp=0)
    for place in (inside(municipality("ahausen")), inside(municipality("bedorf")), inside_public()):
        with place:
            assert list(Session.objects.values_list("session_key", flat=True)) == ["neu"]


@pytest.mark.parametrize("role", ["admin", "editor", "planner"])
def test_an_account_is_made_with_its_role_and_a_mail_to_set_the_password(ahausen, visitor, capsys, role):
    call_command("create_user", "ahausen", "Eva@Beispiel.example", role=role)
    assert "eva@beispiel.example" in capsys.readouterr().out
    with inside(ahausen):
        user = User.objects.get()
        assert (user.email, user.roles, user.has_usable_password()) == ("eva@beispiel.example", [role], False)
        mail = OutboxMessage.objects.get()
    assert mail.to == "eva@beispiel.example"
    link = next(word for word in mail.body.split() if "/konto/passwort/" in word)
    browser = visitor("ahausen")
    form = browser.get("/" + link.split("/", 3)[3], follow=True)
    done = browser.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert done.status_code == 302
    answer = visitor("ahausen").post("/konto/anmelden/", {"login": "eva@beispiel.example", "password": PASSWORD})
    assert answer.status_code == 302


def test_a_providers_account_belongs_to_it(ahausen, capsys):
    with inside(ahausen):
        provider = a_provider(name="VHS Ahausen")
    for email, name in (("a@b.example", "VHS Ahausen"), ("c@d.example", str(provider.pk))):
        call_command("create_user", "ahausen", email, role="provider", provider=name)
    call_command("create_user", "ahausen", "e@f.example", role="provider")
    assert "--provider" in capsys.readouterr().out
    with inside(ahausen):
        assert list(Membership.objects.order_by("pk").values_list("user__email", "role")) == [
            ("a@b.example", "administrator"),
            ("c@d.example", "member"),
        ]
        held = {user.email: Role.PROVIDER in user.held_roles for user in User.objects.all()}
    assert held == {"a@b.example": True, "c@d.example": True, "e@f.example": False}


@pytest.mark.parametrize(
    ("arguments", "options", "said"),
    [
        (["nirgends", "a@b.example"], {"role": "admin"}, "nirgends"),
        (["ahausen", "keine-adresse"], {"role": "admin"}, "E-Mail"),
        (["ahausen", "schon@da.example"], {"role": "admin"}, "schon ein Konto|already"),
        (["ahausen", "SCHON@da.example"], {"role": "editor"}, "schon ein Konto|already"),
        (["ahausen", "a@b.example"], {"role": "provider", "provider": "Gibt es nicht"}, "Gibt es nicht"),
        (["ahausen", "a@b.example"], {"role": "admin", "provider": "VHS"}, "provider"),
    ],
)
def test_what_cannot_be_made_is_refused_in_one_line_and_changes_nothing(ahausen, person, arguments, options, said):
    person(ahausen, Role.EDITOR, email="schon@da.example")
    with pytest.raises(CommandError, match=said) as refused:
        call_command("create_user", *arguments, **options)
    assert refused.value.returncode == 1
    assert "\n" not in str(refused.value)
    with inside(ahausen):
        assert User.objects.count() == 1
        assert OutboxMessage.objects.count() == 0


def test_the_role_provider_follows_from_memberships_alone(ahausen, bedorf, person):
    with inside(ahausen):
        user = User.objects.create_user("eva@ahausen.example", PASSWORD)
        assert user.held_roles == frozenset()
        provider = a_provider()
        Membership.objects.create(user=user, provider=provider)
        assert user.held_roles == {Role.PROVIDER}
        user.roles = ["planner"]
        assert user.held_roles == {Role.PROVIDER, Role.PLANNER}
        provider.state = ProviderState.ARCHIVED
        provider.save()
        assert user.held_roles == {Role.PLANNER}
        other = a_provider(state=ProviderState.BLOCKED)
        Membership.objects.create(user=user, provider=other)
        assert user.held_roles == {Role.PROVIDER, Role.PLANNER}
        user.is_active = False
        assert user.held_roles == frozenset()
        # What the release before wrote there means nothing any more.
        assert User(roles=["provider", "editor"]).held_roles == {Role.EDITOR}


def test_readers_without_an_account_pay_nothing_for_it(ahausen, visitor):
    browser = visitor("ahausen")
    browser.get("/ueber-uns/")
    with CaptureQueriesContext(connection) as queries:
        browser.get("/ueber-uns/?x=1")
    assert [query["sql"] for query in queries if "membership" in query["sql"] or "accounts_user" in query["sql"]] == []


def test_a_page_asks_for_the_role_once(ahausen, signed_in):
    browser = signed_in(ahausen, Role.PROVIDER)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get("/konto/").status_code == 200
    asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT 1 AS")]
    assert len([sql for sql in asked if "providers_membership" in sql]) == 1


def test_a_page_of_the_editors_asks_for_membership_once_at_most(ahausen, signed_in):
    browser = signed_in(ahausen, Role.EDITOR)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get("/redaktion/").status_code == 200
    # The menu of the account shows what somebody can do in all their roles.
    asked = [query["sql"] for query in queries if "providers_membership" in query["sql"]]
    # What waits for the editors is counted by itself.
    counted = ("organisations_joinrequest", "upkeep_letter")
    assert len([sql for sql in asked if not any(name in sql for name in counted)]) <= 1
