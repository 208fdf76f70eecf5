"""Whatever provider, member, strangers and editors do in whatever order: residents see the last approved text.

The model knows texts as what somebody changed over what was there, and says by hand who must approve. `visible_to_all`
asks what residents see; a later step adds search, page, feed, calendar, map and export to `WINDOWS`.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from portal.editorial.review import deciding
from portal.offers import editing, snapshot
from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule
from portal.providers import editing as provider_editing
from portal.revisions.errors import ChangedMeanwhileError, EditingError
from portal.revisions.models import Revision
from tests.review.conftest import everything

PEOPLE = ("administrator", "member", "stranger", "editor")
KEYS = ("title", "summary")
UNPUBLISHED = {"draft", "returned", "submitted"}
BOUND = {"published", "paused", "blocked", "archived", "trashed"}
Text = dict[str, Any]


def the_row(offer: Offer) -> Text | None:
    """What residents read on the page, from the row."""
    found = Offer.objects.published().filter(pk=offer.pk).first()
    return snapshot.take(found) if found else None


WINDOWS: tuple[Callable[[Offer], Text | None], ...] = (the_row,)
"""Every way residents see an offer: its text there, or None where it is not."""


class Approval(RuleBasedStateMachine):
    """One offer of a club, from its first draft on."""

    cast: Any

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.number = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(rule=st.sampled_from(ApprovalRule), trusted=st.booleans(), may_publish=st.booleans())
    def begin(self, rule: ApprovalRule, trusted: bool, may_publish: bool) -> None:
        self.cast.rule(rule)
        self.rule, self.trusted, self.may_publish = rule, trusted, may_publish
        self.cast.club.trusted, self.cast.club.members_may_publish = trusted, may_publish
        self.cast.club.save()
        self.offer = self.cast.draft(title="Text 0", summary="Text 0")
        editing.discard_working(self.offer, by=self.cast.member)
        self.whole = snapshot.take(Offer.objects.get(pk=self.offer.pk))
        self.row: Text = dict.fromkeys(KEYS, "Text 0")
        self.state, self.before_bin, self.binned_by_editors = "draft", "", False
        self.own: dict[str, Text] = {}
        # What somebody typed while the row did not follow, by key: what stood there then.
        self.unheld: dict[str, Text] = {}
        self.waiting: tuple[Text, str, str] | None = None
        self.returned: Text | None = None
        self.approved: Text | None = None
        # By the editors, since it was public last.
        self.taken_down = False

    # The model

    def desk(self, person: str) -> str:
        if person == "editor":
            return ""
        if person == "member" and not self.may_publish:
            return "provider"
        return self.asks_editors()

    def asks_editors(self) -> str:
        if self.state == "blocked" or (self.approved is not None and self.taken_down):
            return "editors"
        if self.trusted:
            return ""
        first = self.state in UNPUBLISHED
        needed = self.rule == ApprovalRule.CHANGES or (self.rule == ApprovalRule.OFFERS and first)
        return "editors" if needed else ""

    def beneath(self, person: str) -> Text:
        """What a person's changes lie upon, as changes over the row."""
        if self.state in {"draft", "returned"} or not self.desk(person):
            return {}
        if self.waiting:
            return self.waiting[0]
        return self.returned or {}

    def apply(self, changes: Text, author: str, person: str) -> None:
        was_bound = self.state in BOUND
        self.row = {**self.row, **changes}
        self.approved = dict(self.row)
        if self.state in UNPUBLISHED:
            self.state, self.taken_down = "published", False
        if self.waiting and (not was_bound or self.waiting[1] == author):
            self.waiting = None
        if not (was_bound and person == "editor"):
            self.returned = None

    def hand_in(self, changes: Text, author: str, desk: str) -> None:
        self.waiting = (changes, author, desk)
        self.returned = None
        if self.state in UNPUBLISHED:
            self.row = {**self.row, **changes}
            self.state = "submitted"

    # What people do

    def tried(self, act: Callable[[], Any]) -> Any:
        """The outcome, or None where it was refused; then nothing may have changed (the invariants look)."""
        revisions = list(Revision.objects.order_by("pk").values())
        try:
            with transaction.atomic():
                return act()
        except (EditingError, PermissionDenied, ValidationError):
            assert list(Revision.objects.order_by("pk").values()) == revisions
            return None

    @rule(person=st.sampled_from(PEOPLE), key=st.sampled_from(KEYS))
    def save(self, person: str, key: str) -> None:
        self.number += 1
        by, change = getattr(self.cast, person), {key: f"Text {self.number}"}

        def act() -> Any:
            return editing.autosave(self.offer, change, by=by, base=editing.begin(self.offer, by=by).base)

        if self.tried(act) is None:
            return
        assert person != "stranger"
        self.own[person] = {**self.own.get(person, {}), **change}
        unheld = self.unheld.setdefault(person, {})
        if self.state in {"draft", "returned"}:
            unheld.pop(key, None)
            caught_up = [name for name, stood in unheld.items() if self.row[name] == stood]
            self.row = {**self.row, **{name: self.own[person][name] for name in caught_up}, **change}
            self.unheld[person] = {name: stood for name, stood in unheld.items() if name not in caught_up}
        else:
            unheld[key] = {**self.row, **self.beneath(person)}[key]

    @rule(person=st.sampled_from(PEOPLE))
    def submit(self, person: str) -> None:
        by = getattr(self.cast, person)
        outcome = self.tried(lambda: editing.submit(self.offer, by=by))
        if outcome is None:
            if person != "stranger" and self.state not in {"archived", "trashed"}:
                self.forget(person)
            return
        assert person != "stranger"
        if outcome.already:
            return
        desk, changes = self.desk(person), {**self.beneath(person), **self.still_wanted(person)}
        if outcome.unchanged:
            assert {**self.row, **changes} == self.row
        elif desk:
            assert (outcome.waiting, outcome.applied) == (desk, False)
            self.hand_in(changes, person, desk)
        else:
            assert outcome.applied
            self.apply(changes, person, person)

    def still_wanted(self, person: str) -> Text:
        """What a person changed, without what the row had taken over and somebody wrote over who saw it there."""
        own, unheld = self.own.pop(person, {}), self.unheld.pop(person, {})
        return {key: text for key, text in own.items() if key in unheld or self.row[key] == text}

    def forget(self, person: str) -> None:
        """Two wanted the same and this one gives in."""
        editing.discard_working(self.offer, by=getattr(self.cast, person))
        self.own.pop(person, None)
        self.unheld.pop(person, None)

    @rule(person=st.sampled_from(PEOPLE), changed=st.booleans())
    def approve(self, person: str, changed: bool) -> None:
        waiting = editing.waiting_for(self.offer)
        if waiting is None:
            assert self.waiting is None
            return
        assert self.waiting is not None
        self.number += 1
        own = {"summary": f"Text {self.number}"} if changed else {}
        by = getattr(self.cast, person)
        act = lambda: editing.approve(waiting, by=by, version=waiting.version, content=own or None)  # noqa: E731
        outcome = self.tried(act)
        if outcome is None or outcome.already:
            return
        changes, author, desk = self.waiting
        assert person == "editor" or (person == "administrator" and desk == "provider")
        author = person if own else author
        further = self.desk(person)
        self.waiting = None
        if further:
            assert outcome.waiting == further
            self.hand_in({**changes, **own}, author, further)
        else:
            lifted = self.state == "blocked"
            self.apply({**changes, **own}, author, "" if self.state in BOUND else person)
            if lifted:
                self.state, self.taken_down = "published", False

    @rule(person=st.sampled_from(PEOPLE))
    def send_back(self, person: str) -> None:
        waiting = editing.waiting_for(self.offer)
        if waiting is None:
            return
        by = getattr(self.cast, person)
        done = self.tried(
            lambda: editing.send_back(waiting, by=by, version=waiting.version, reason=f"Darum {waiting.pk}")
        )
        if done is None:
            return
        assert self.waiting is not None
        assert person == "editor" or (person == "administrator" and self.waiting[2] == "provider")
        self.returned, self.waiting = self.waiting[0], None
        if self.state == "submitted":
            self.state, self.taken_down = "returned", self.taken_down or person == "editor"

    @rule(person=st.sampled_from(PEOPLE))
    def withdraw(self, person: str) -> None:
        waiting = editing.waiting_for(self.offer)
        if waiting is None or self.tried(lambda: editing.withdraw(waiting, by=getattr(self.cast, person))) is None:
            return
        assert person != "stranger"
        assert self.waiting is not None
        if self.state == "submitted":
            self.state = "draft"
        elif person not in self.own:
            self.own[person] = self.waiting[0]
            self.unheld[person] = {key: self.row[key] for key in self.waiting[0]}
        self.waiting = None

    @rule(
        person=st.sampled_from(PEOPLE),
        verb=st.sampled_from(
            ["pause", "resume", "archive", "reopen", "take_down", "block", "unblock", "trash", "undelete"]
        ),
    )
    def change_state(self, person: str, verb: str) -> None:
        reason = {"reason": "Bitte ändern."} if verb in {"take_down", "block"} else {}
        self.tried(lambda: getattr(editing, verb)(self.offer, by=getattr(self.cast, person), **reason) or True)
        now = Offer.objects.get(pk=self.offer.pk).state
        if now != self.state:
            assert person != "stranger"
            back = {self.before_bin} if self.state == "trashed" else set()
            assert now in {"pause": {"paused"}, "resume": {"published"}, "archive": {"archived"}, "reopen": {"draft"},
                           "take_down": {"returned"}, "block": {"blocked"}, "unblock": {"published"},
                           "trash": {"trashed"}, "undelete": back}[verb]  # fmt: skip
            assert person == "editor" or verb not in {"take_down", "block", "unblock"}
            assert person == "editor" or self.state != "blocked"
            assert person == "editor" or (self.state, self.before_bin) != ("trashed", "blocked")
            # What the editors put into the bin, its owner does not take out.
            assert person == "editor" or verb != "undelete" or not self.binned_by_editors
            if now == "trashed":
                self.before_bin, self.binned_by_editors = self.state, person == "editor"
                self.state = now
                return
            by_editors = now == "blocked" or (now == "returned" and person == "editor")
            self.state, self.taken_down = now, now != "published" and (self.taken_down or by_editors)

    @rule(verb=st.sampled_from(["approve", "change", "send_back", "block"]))
    def decide_and_think_again(self, verb: str) -> None:
        """An editor decides and takes it back: as if nothing had been."""
        waiting = editing.waiting_for(self.offer)
        if waiting is None:
            return
        before = everything("offer", self.offer.pk)
        given: dict[str, Any] = {"by": self.cast.editor, "version": waiting.version}
        given |= {"reason": "Bitte ändern."} if verb in {"send_back", "block"} else {}
        given |= {"content": {"summary": "Von der Redaktion"}} if verb == "change" else {}
        act = getattr(deciding, "approve" if verb == "change" else verb)
        done = self.tried(lambda: act(waiting, **given))
        if done is not None:
            assert deciding.undo(done[1], by=self.cast.editor)
        assert everything("offer", self.offer.pk) == before

    @rule(person=st.sampled_from(PEOPLE), which=st.integers(0, 9))
    def restore(self, person: str, which: int) -> None:
        history = list(editing.history(self.offer))
        if not history or self.own or self.waiting or self.returned or self.state not in BOUND:
            return
        revision = history[which % len(history)]
        outcome = self.tried(lambda: editing.restore(revision, by=getattr(self.cast, person)))
        if outcome is None or outcome.unchanged:
            return
        old = {key: revision.content[key] for key in KEYS if revision.content[key] != self.row[key]}
        if self.desk(person):
            self.hand_in(old, person, self.desk(person))
        else:
            self.apply(old, person, person)

    @rule(trusted=st.booleans())
    def trust(self, trusted: bool) -> None:
        provider_editing.trust(self.cast.club, by=self.cast.editor, trusted=trusted)
        self.trusted = trusted

    # What must hold

    @invariant()
    def residents_see_the_last_approved_text(self) -> None:
        if not hasattr(self, "offer"):
            return
        wanted = {**self.whole, **self.approved} if self.state == "published" and self.approved else None
        for window in WINDOWS:
            assert window(self.offer) == wanted

    @invariant()
    def the_row_is_what_the_model_says(self) -> None:
        if not hasattr(self, "offer"):
            return
        row = Offer.objects.get(pk=self.offer.pk)
        assert row.state == self.state
        assert snapshot.take(row) == {**self.whole, **self.row}

    @invariant()
    def one_waits_at_most_and_nothing_is_lost(self) -> None:
        if not hasattr(self, "offer"):
            return
        waiting = editing.waiting_for(self.offer)
        assert (waiting is None) == (self.waiting is None)
        if waiting is not None and self.waiting is not None:
            assert waiting.waits_for == self.waiting[2]
            assert {key: waiting.content[key] for key in KEYS} == {**self.row, **self.waiting[0]}


@pytest.mark.django_db
def test_what_somebody_wrote_over_in_a_draft_does_not_come_back_when_the_first_hands_it_in(cast):
    offer = cast.draft(summary="Text 0")

    def save(by, text):
        editing.autosave(offer, {"summary": text}, by=by, base=editing.begin(offer, by=by).base)

    cast.rule(ApprovalRule.CHANGES)
    save(cast.member, "Text 1")
    save(cast.administrator, "Text 2")
    editing.submit(offer, by=cast.member)
    assert editing.waiting_for(offer).content["summary"] == "Text 2"


@pytest.mark.django_db
def test_what_waits_while_a_row_was_taken_down_does_not_bring_back_what_was_written_over(cast):
    """Found by the machine of `tests.authoring.test_windows`, after months: too rare to wait for."""
    offer = cast.draft(title="Text 0", summary="Text 0")
    cast.rule(ApprovalRule.CHANGES)
    editing.submit(offer, by=cast.editor)
    editing.autosave(offer, {"summary": "Text 1"}, by=cast.member, base=editing.begin(offer, by=cast.member).base)
    waiting = editing.submit(offer, by=cast.member).revision
    editing.take_down(offer, by=cast.editor, reason="Bitte den Titel ändern.")
    base = editing.begin(offer, by=cast.administrator).base
    editing.autosave(offer, {"title": "Text 2"}, by=cast.administrator, base=base)
    with pytest.raises(ChangedMeanwhileError):
        editing.approve(waiting, by=cast.editor, version=waiting.version)
    fresh = editing.waiting_for(offer)
    assert (fresh.content["title"], fresh.content["summary"]) == ("Text 2", "Text 1")
    editing.approve(fresh, by=cast.editor, version=fresh.version)
    now = Offer.objects.get(pk=offer.pk)
    assert (now.title, now.summary, now.state) == ("Text 2", "Text 1", "published")


@pytest.mark.django_db
def test_what_one_wished_stays_wished_when_another_adds_to_it_and_the_editors_write_something_else(cast):
    offer = cast.draft(title="Text 0", summary="Text 0")
    cast.rule(ApprovalRule.CHANGES)
    editing.submit(offer, by=cast.editor)

    def save(by, **change):
        editing.autosave(offer, change, by=by, base=editing.begin(offer, by=by).base)

    save(cast.member, summary="Text 1")
    save(cast.administrator, title="Text 2")
    editing.submit(offer, by=cast.member)
    editing.submit(offer, by=cast.administrator)
    save(cast.editor, summary="Text 3")
    editing.submit(offer, by=cast.editor)
    waiting = editing.waiting_for(offer).content
    assert (waiting["title"], waiting["summary"]) == ("Text 2", "Text 1")


@pytest.mark.django_db
def test_residents_always_see_the_last_approved_text(cast):
    machine = type("ApprovalHere", (Approval,), {"cast": cast})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
