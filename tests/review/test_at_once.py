"""Two editors at the same moment, the sender of mails at the same moment, and a process that is killed: one of two
things has happened, never both, never half."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from accounts.models import User
from audit.models import Entry
from core.access import Role
from mail import delivery
from mail.models import OutboxMessage
from portal.editorial.review import deciding
from portal.editorial.review.deciding import TooLateError
from portal.editorial.review.models import Decision
from portal.offers import editing
from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers.models import Membership
from portal.revisions.errors import AlreadyDecidedError
from portal.revisions.models import Revision
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests import children
from tests.conftest import municipality
from tests.factories import a_provider, an_offer
from tests.review.conftest import everything

EDITORS = ("eins@ahausen.example", "zwei@ahausen.example")


@pytest.fixture
def waiting(own_database) -> int:
    """The key of a change that waits, in a database with real commits."""
    with inside(municipality("ahausen")):
        Preferences.load()
        Preferences.objects.update(approval=ApprovalRule.CHANGES)
        for email in EDITORS:
            User.objects.create_user(email, roles=[Role.EDITOR])
        member = User.objects.create_user("m@verein.example", roles=[Role.PROVIDER])
        club = a_provider()
        Membership.objects.create(provider=club, user=member)
        sport = Category.objects.create(name="Sport")
        offer = an_offer(title="Vorher", summary="Text", provider=club, categories=[sport])
        base = editing.begin(offer, by=member).base
        editing.autosave(offer, {"title": "Nachher"}, by=member, base=base)
        editing.submit(offer, by=member)
        return editing.waiting_for(offer).pk


def at_once(*acts):
    """All of them in threads that start together; each gives its answer or its exception."""
    ready = Barrier(len(acts))

    def run(act):
        from django.db import connections

        try:
            with inside(municipality("ahausen")):
                ready.wait(timeout=20)
                return act()
        except (AlreadyDecidedError, TooLateError) as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_editors_one_decides_and_the_other_is_told(waiting):
    def act(email, verb):
        def run():
            by, revision = User.objects.get(email=email), Revision.objects.get(pk=waiting)
            if verb == "approve":
                return deciding.approve(revision, by=by, version=1)[1]
            return deciding.send_back(revision, by=by, version=1, reason="Bitte kürzer.")[1]

        return run

    answers = at_once(act(EDITORS[0], "approve"), act(EDITORS[1], "send back"))
    assert sum(isinstance(each, Decision) for each in answers) == 1
    assert sum(isinstance(each, AlreadyDecidedError) for each in answers) == 1
    with inside(municipality("ahausen")):
        state = Revision.objects.get(pk=waiting).state
        assert Offer.objects.get().title == {"applied": "Nachher", "returned": "Vorher"}[state]
        assert OutboxMessage.objects.count() == 1


def test_two_who_take_the_same_back_do_it_once(waiting):
    with inside(municipality("ahausen")):
        editor = User.objects.get(email=EDITORS[0])
        before = everything("offer", Offer.objects.get().pk)
        _outcome, decision = deciding.approve(Revision.objects.get(pk=waiting), by=editor, version=1)
    act = lambda: deciding.undo(Decision.objects.get(pk=decision.pk), by=None)  # noqa: E731
    assert sorted(at_once(act, act)) == [False, True]
    with inside(municipality("ahausen")):
        assert everything("offer", Offer.objects.get().pk) == before
        assert Entry.objects.filter(action="revision.taken_back").count() == 1


def test_either_the_mail_leaves_or_the_decision_is_taken_back(waiting):
    outcomes = set()
    for _round in range(6):
        with inside(municipality("ahausen")):
            editor = User.objects.get(email=EDITORS[0])
            revision = Revision.objects.get(pk=waiting)
            _outcome, decision = deciding.approve(revision, by=editor, version=revision.version)
        taken, sent = at_once(
            lambda: deciding.undo(Decision.objects.get(pk=decision.pk), by=None),  # noqa: B023
            lambda: delivery.begin(decision.mails[0]),  # noqa: B023
        )
        outcomes.add(taken is True)
        assert (taken is True) == (sent is None)
        with inside(municipality("ahausen")):
            if taken is True:
                assert Offer.objects.get().title == "Vorher"
            else:
                assert isinstance(taken, TooLateError)
                assert Offer.objects.get().title == "Nachher"
                break
    assert outcomes


@pytest.mark.parametrize("what", ["approve", "undo"])
def test_a_killed_decision_leaves_the_old_and_the_next_one_the_new(waiting, what):
    with inside(municipality("ahausen")):
        pk = Offer.objects.get().pk
        first = everything("offer", pk)
        if what == "undo":
            editor = User.objects.get(email=EDITORS[0])
            deciding.approve(Revision.objects.get(pk=waiting), by=editor, version=1)
        before, entries = everything("offer", pk), Entry.objects.count()
    killed = 0
    for after in (1, 3, 5, 7, 60):
        with children.python(f"from tests.review.killing import main; main({what!r}, {after})") as child:
            said, _error = child.communicate(timeout=90)
        if "done" in said:
            break
        assert child.returncode == -9, said
        killed += 1
        with inside(municipality("ahausen")):
            assert everything("offer", pk) == before
            assert Entry.objects.count() == entries
            assert not Decision.objects.filter(taken_back_at__isnull=False).exists()
            assert Decision.objects.count() == (what == "undo")
    assert killed >= 3
    with inside(municipality("ahausen")):
        now = everything("offer", pk)
        if what == "undo":
            assert now == first
        else:
            assert now["content"]["title"] == "Nachher"
            assert len(now["mails"]) == Decision.objects.count() == 1
