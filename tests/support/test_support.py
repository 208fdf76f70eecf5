"""Support access: how it begins and ends, what it opens, who is told, and that nothing else lets an operator in."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from audit.services import broken_links
from core.access import Role
from mail.models import OutboxMessage
from portal.pages.models import Page
from portal.preferences.models import Preferences
from support import closing, services
from support.models import Visit
from support.tasks import look_again
from tenants.lifecycle.states import resume_municipality, suspend_municipality
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.running.context import inside, inside_public
from tests.architecture.test_access import session_of
from tests.people.cast import mails_to, said

PAGE, HERE, LEAVE = "/betrieb/kommunen/ahausen/zugang/", "/redaktion/zugang/", "/hilfe-zugang/beenden/"
REASON = "T-1527: Stadtteile doppelt"


def asked(operator, *, minutes=60, scope="look", reason=REASON):
    answer = operator.post(PAGE, {"reason": reason, "minutes": minutes, "scope": scope})
    assert answer.status_code == 302, said(answer)[:2000]
    with inside_public():
        return Visit.objects.latest("pk")


def link(operator, visit):
    answer = operator.get(f"{PAGE}{visit.pk}/")
    assert answer.status_code == 302
    return urlsplit(answer.url).path


def let_in(operator, visitor, visit):
    """Her browser on the municipality's host."""
    client, path = visitor("ahausen"), link(operator, visit)
    assert client.get(path).status_code == 200
    answer = client.post(path)
    assert (answer.status_code, answer.url) == (302, "/redaktion/")
    return client


@pytest.fixture
def inside_it(operator, visitor, admin):
    """A browser that may change things, in Ahausen."""
    return let_in(operator, visitor, asked(operator, scope="change"))


def consent(where, wanted=True):
    with inside(where):
        Preferences.objects.update(support_consent=wanted)


def row():
    with inside_public():
        return Visit.objects.latest("pk")


# Nothing else lets anybody in


def test_an_operators_cookie_is_worth_nothing_in_a_municipality(olga, operator, visitor, ahausen):
    with inside_public():
        session = session_of(olga)
    client = visitor("ahausen")
    client.cookies["sessionid"] = session
    for path in ("/redaktion/", "/konto/", HERE):
        assert client.get(path).url.startswith("/konto/anmelden/")
    # And a link is not a session: only pressing the button there lets in.
    path = link(operator, asked(operator))
    stranger = visitor("ahausen")
    assert stranger.get(path).status_code == 200
    assert stranger.get("/redaktion/").status_code == 302


def test_the_account_lets_nobody_in_by_a_rule_of_the_database(inside_it, ahausen, visitor):
    with inside(ahausen):
        account = User.objects.get(is_support=True)
        assert (account.is_active, account.roles, account.has_usable_password()) == (False, [], False)
        for wrong in ({"is_active": True}, {"roles": ["editor"]}):
            with pytest.raises(IntegrityError, match="user_support_has_no_access"), transaction.atomic():
                User.objects.filter(pk=account.pk).update(**wrong)
        # A session of the usual kind for it is nobody's.
        session = session_of(account)
    client = visitor("ahausen")
    client.cookies["sessionid"] = session
    assert client.get("/redaktion/").status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"ends_at": timezone.now() + timedelta(hours=9)}, {"ends_at": None}, {"minutes": 241}]
)
def test_the_database_keeps_no_access_without_an_end(operator, ahausen, wrong):
    visit = asked(operator)
    with inside_public(), pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**wrong)


def test_a_link_works_once_and_the_newest_session_alone_counts(operator, visitor, ahausen):
    visit = asked(operator)
    path = link(operator, visit)
    first, second = visitor("ahausen"), visitor("ahausen")
    assert first.post(path).status_code == 302
    assert second.post(path).status_code == 403
    assert second.get("/redaktion/").status_code == 302
    third = let_in(operator, visitor, visit)
    assert third.get("/redaktion/").status_code == 200
    assert first.get("/redaktion/").status_code == 403
    assert row().is_running


def test_a_link_is_of_one_municipality_and_ten_minutes(operator, visitor, ahausen, bedorf):
    path = link(operator, asked(operator))
    assert visitor("bedorf").post(path).status_code == 403
    assert visitor("ahausen").post(path[:-3] + "xy/").status_code == 403
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=2), tick=False):
        assert visitor("ahausen").post(path).status_code == 403


def test_the_session_is_worth_nothing_next_door(inside_it, visitor, bedorf):
    client = visitor("bedorf")
    client.cookies["sessionid"] = inside_it.cookies["sessionid"].value
    assert client.get("/redaktion/").status_code == 302


# Beginning


def test_it_needs_a_reason_and_an_end_of_four_hours_at_most(operator, olga, ahausen):
    for wrong in ({"reason": ""}, {"reason": "abc"}, {"reason": "x" * 301}, {"minutes": 300}, {"scope": "alles"}):
        answer = operator.post(PAGE, {"reason": REASON, "minutes": 60, "scope": "look", **wrong})
        assert answer.status_code == 400, wrong
    for minutes in (0, 241):
        with pytest.raises(RefusedError):
            services.ask("ahausen", by=olga, reason=REASON, minutes=minutes)
    with inside_public():
        assert not Visit.objects.exists()


def test_it_is_not_made_longer_and_not_opened_twice(operator, ahausen):
    visit = asked(operator, minutes=30)
    assert visit.ends_at - visit.began_at == timedelta(minutes=30)
    assert operator.post(PAGE, {"reason": REASON, "minutes": 240, "scope": "look"}).status_code == 400
    with inside_public():
        assert Visit.objects.get().ends_at == visit.ends_at


def test_another_operator_can_end_it_and_not_enter(operator, ahausen, person, visitor):
    visit = asked(operator)
    other = visitor("")
    with inside_public():
        other.force_login(
            person(None, Role.OPERATOR, email="otto@betrieb.example"),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
    assert other.get(f"{PAGE}{visit.pk}/").status_code == 404
    assert other.post(f"{PAGE}{visit.pk}/beenden/").status_code == 302
    assert row().state == "ended"


def test_the_administration_is_told_and_both_logs_know(operator, visitor, anna, ahausen):
    visit = asked(operator)
    (mail,) = mails_to(ahausen, "anna@amt.example")
    assert "Olga" in mail.body
    assert REASON in mail.body
    assert HERE in mail.body
    operator.post(f"{PAGE}{visit.pk}/beenden/")
    assert [each.kind for each in mails_to(ahausen, "anna@amt.example")] == ["support_began", "support_ended"]
    assert "Es wurde nichts geändert." in mails_to(ahausen, "anna@amt.example")[-1].body
    expected = ["support.asked", "support.began", "support.ended"]
    with inside(ahausen):
        entries = list(Entry.objects.filter(action__startswith="support.").order_by("pk"))
        assert [each.action for each in entries] == expected
        assert {each.actor for each in entries} == {"Support (Olga)"}
        assert entries[0].changes["reason"] == REASON
        assert broken_links() == []
    with inside_public():
        entries = list(Entry.objects.filter(action__startswith="support.").order_by("pk"))
        assert [each.action for each in entries] == expected
        assert entries[0].actor == "olga@betrieb.example"
        assert broken_links() == []


def test_with_consent_nobody_is_in_before_it(operator, olga, admin, anna, ahausen, visitor):
    consent(ahausen)
    visit = asked(operator)
    assert visit.state == "asked"
    assert [each.kind for each in mails_to(ahausen, "anna@amt.example")] == ["support_asked"]
    assert operator.get(f"{PAGE}{visit.pk}/").status_code == 404
    operator.post(f"{PAGE}{visit.pk}/beginnen/")
    assert row().state == "asked"
    with inside_public(), pytest.raises(IntegrityError, match="support_visit_consented"), transaction.atomic():
        now = timezone.now()
        Visit.objects.update(state="running", began_at=now, ends_at=now + timedelta(minutes=5), account=1)
    admin.post(f"{HERE}{visit.pk}/", {"was": "erlauben"})
    allowed = row()
    assert (allowed.state, allowed.decided_by, allowed.began_at) == ("granted", "Anna", None)
    with inside_public():
        assert OutboxMessage.objects.get(to="olga@betrieb.example").kind == "support_decided"
    operator.post(f"{PAGE}{visit.pk}/beginnen/")
    assert row().is_running
    assert let_in(operator, visitor, row()).get("/redaktion/").status_code == 200


def test_refused_is_refused(operator, admin, ahausen):
    consent(ahausen)
    visit = asked(operator)
    admin.post(f"{HERE}{visit.pk}/", {"was": "ablehnen"})
    assert row().state == "refused"
    admin.post(f"{HERE}{visit.pk}/", {"was": "erlauben"})
    operator.post(f"{PAGE}{visit.pk}/beginnen/")
    assert row().state == "refused"


def test_a_question_lapses_after_three_days_and_a_leave_after_one(operator, olga, admin, anna, ahausen):
    consent(ahausen)
    visit = asked(operator)
    with time_machine.travel(timezone.now() + timedelta(days=3, seconds=1), tick=False):
        # Also before the job looked.
        with inside(ahausen), pytest.raises(RefusedError):
            services.allow(visit.pk, by=anna)
        with inside_public():
            look_again(number=visit.pk)
        assert row().state == "lapsed"
    second = asked(operator)
    with inside(ahausen):
        services.allow(second.pk, by=anna)
    late = timezone.now() + timedelta(days=1, seconds=1)
    with time_machine.travel(late, tick=False), inside_public(), pytest.raises(RefusedError):
        services.begin(second.pk, by=olga)


# Meanwhile


def test_everybody_sees_it_on_every_page_and_can_end_it(inside_it, admin, operator, ahausen):
    for path in ("/", "/redaktion/", "/redaktion/seiten/", "/angebote/"):
        assert "Sie sind hier als Support (Olga)." in said(inside_it.get(path)), path
    for path in ("/", "/redaktion/", HERE):
        assert "Support (Olga) ist in Ihrem Portal." in said(admin.get(path)), path
    assert "Olga hat Zugang bis" in said(operator.get("/betrieb/kommunen/ahausen/"))
    admin.post(f"{HERE}{row().pk}/", {"was": "beenden"})
    answer = inside_it.get("/redaktion/")
    assert answer.status_code == 403
    assert "Der Support-Zugang ist beendet" in said(answer)
    assert inside_it.get("/redaktion/").status_code == 302
    assert (row().state, row().ended_how) == ("ended", "town")


def test_what_is_changed_names_the_operator_and_is_mailed(inside_it, ahausen, admin, anna):
    assert inside_it.post("/redaktion/seiten/neu/", {"title": "Von der Hilfe"}).status_code == 302
    with inside(ahausen):
        entry = Entry.objects.filter(target_type="pages.page").latest("pk")
        assert (entry.actor, entry.changes["support"]) == ("Support (Olga)", row().pk)
    inside_it.post(LEAVE)
    mail = mails_to(ahausen, "anna@amt.example")[-1]
    assert mail.kind == "support_ended"
    assert "Support (Olga) hat die Seite „Von der Hilfe“ angelegt" in mail.body
    assert "Support (Olga) hat die Seite „Von der Hilfe“ angelegt" in said(admin.get(HERE))
    with inside(ahausen):
        # Nothing that happens later carries it.
        closing.record("pages.created", Page.objects.first(), by=anna)
        assert "support" not in Entry.objects.latest("pk").changes


def test_who_only_looks_changes_nothing(operator, visitor, admin, ahausen):
    client = let_in(operator, visitor, asked(operator, scope="look"))
    assert client.get("/redaktion/seiten/neu/").status_code == 200
    answer = client.post("/redaktion/seiten/neu/", {"title": "Von der Hilfe"})
    assert answer.status_code == 403
    assert client.post("/kontakt/schreiben/", {}).status_code == 403
    with inside(ahausen):
        assert not Entry.objects.filter(target_type="pages.page").exists()


def test_the_account_is_on_no_list(inside_it, admin, ahausen):
    assert "Support (Olga)" not in said(admin.get("/redaktion/personen/")).replace("Support (Olga) ist in", "")
    with inside(ahausen):
        number = User.objects.get(is_support=True).pk
    assert admin.post(f"/redaktion/personen/{number}/aktivieren/").status_code == 404
    assert admin.get(f"/redaktion/personen/{number}/").status_code == 404


# Ending


def test_after_its_time_the_next_request_is_nobodys_and_nothing_sent_is_done(inside_it, ahausen, anna):
    with time_machine.travel(timezone.now() + timedelta(minutes=60, seconds=1), tick=False):
        answer = inside_it.post("/redaktion/seiten/neu/", {"title": "Zu spät"})
        # Its session ends with it: not even that it was one is known.
        assert answer.status_code in (302, 403)
        with inside(ahausen):
            assert not Entry.objects.filter(target_type="pages.page").exists()
        with inside_public():
            look_again(number=Visit.objects.get().pk)
    ended = row()
    assert (ended.state, ended.ended_how, ended.ended_at) == ("ended", "time", ended.ends_at)
    assert mails_to(ahausen, "anna@amt.example")[-1].kind == "support_ended"


def test_the_row_ends_it_whatever_the_session_says(inside_it):
    with inside_public():
        Visit.objects.update(
            ends_at=timezone.now() - timedelta(seconds=1), began_at=timezone.now() - timedelta(hours=1)
        )
    assert inside_it.get("/redaktion/").status_code == 403
    assert row().ended_how == "time"


def test_signing_out_ends_it(inside_it):
    inside_it.post("/konto/abmelden/")
    assert row().ended_how == "operator"


@pytest.mark.parametrize("how", [{"is_active": False}, {"roles": []}])
@pytest.mark.parametrize("saved", [True, False])
def test_it_ends_with_the_operators_rights(inside_it, olga, how, saved):
    with inside_public():
        user = User.objects.get(pk=olga.pk)
        if saved:
            for name, value in how.items():
                setattr(user, name, value)
            user.save()
            assert row().ended_how == "barred"
        else:
            # Past every signal: the next request asks.
            User.objects.filter(pk=olga.pk).update(**how)
    assert inside_it.get("/redaktion/").status_code == 403
    assert row().ended_how == "barred"


def test_it_ends_with_the_portal_and_does_not_come_back(inside_it):
    suspend_municipality("ahausen", reason="Umbau")
    assert (row().state, row().ended_how) == ("ended", "closed")
    resume_municipality("ahausen")
    assert inside_it.get("/redaktion/").status_code == 403


def test_a_suspended_municipality_is_nobodys_to_enter(operator, ahausen):
    suspend_municipality("ahausen", reason="Umbau")
    assert operator.post(PAGE, {"reason": REASON, "minutes": 60, "scope": "look"}).status_code == 400


def test_an_account_of_a_municipality_with_the_same_number_ends_nothing(inside_it, olga, anna, ahausen):
    with inside_public():
        Visit.objects.update(operator_number=anna.pk)
    with inside(ahausen):
        user = User.objects.get(pk=anna.pk)
        user.name = "Anna A."
        user.save()
    assert row().state == "running"


# As a command


def test_the_command_enters_lists_and_ends(olga, ahausen, capsys, visitor):
    call_command("support_access", "ahausen", reason=REASON, by=olga.email, hours=0.5)
    path = urlsplit(capsys.readouterr().out.strip()).path
    assert visitor("ahausen").post(path).url == "/redaktion/"
    visit = row()
    assert (visit.minutes, visit.scope) == (30, "look")
    call_command("support_access")
    assert REASON in capsys.readouterr().out
    call_command("support_access", "ahausen", end=True)
    assert row().state == "ended"
    with pytest.raises(CommandError):
        call_command("support_access", "ahausen", reason=REASON, by="niemand@betrieb.example")
    with pytest.raises(CommandError):
        call_command("support_access", "ahausen", reason="", by=olga.email)


def test_a_municipality_goes_with_its_visits(operator, ahausen):
    asked(operator)
    with inside_public():
        Municipality.objects.get(slug="ahausen").delete()
        assert not Visit.objects.exists()
