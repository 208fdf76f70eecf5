"""Whatever people do in whatever order: an organisation never loses its last administrator, and nobody outside sees or
changes who belongs to it.

The model keeps by hand who belongs and as what, and says before each step whether it may succeed.
"""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import User
from portal.organisations import inviting, joining, people
from portal.organisations.errors import NotPossibleError
from portal.organisations.models import Invitation, JoinRequest
from portal.providers.models import Membership, Provider

NAMES = ("anna", "ben", "cem", "dora")
EVERYBODY = (*NAMES, "stranger", "editor")
ADMINISTRATOR, MEMBER = "administrator", "member"
who, whom = st.sampled_from(EVERYBODY), st.sampled_from(NAMES)
roles = st.sampled_from([ADMINISTRATOR, MEMBER])


class Club(RuleBasedStateMachine):
    """One organisation, founded by Anna; Ben, Cem and Dora come and go; a stranger administers another one."""

    cast: Any
    people: dict[str, User]

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.inside: dict[str, str] = {}
        self.tokens: dict[str, str] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize()
    def found(self) -> None:
        self.club = Provider.objects.create(name="Club", state="published", published_at="2026-11-01T00:00Z")
        Membership.objects.create(provider=self.club, user=self.people["anna"], role=ADMINISTRATOR)
        self.inside = {"anna": ADMINISTRATOR}

    def may(self, name: str) -> bool:
        return name == "editor" or self.inside.get(name) == ADMINISTRATOR

    def lone(self, name: str) -> bool:
        others = [each for each, role in self.inside.items() if role == ADMINISTRATOR and each != name]
        return self.inside.get(name) == ADMINISTRATOR and not others

    def row(self, name: str) -> Membership:
        found = Membership.objects.filter(provider=self.club, user=self.people[name]).first()
        return found or Membership(pk=0, provider=self.club, user=self.people[name])

    def attempt(self, do: Any) -> bool:
        try:
            with transaction.atomic():
                do()
        except (NotPossibleError, PermissionDenied):
            return False
        return True

    @rule(by=who, name=whom, role=roles)
    def change_role(self, by: str, name: str, role: str) -> None:
        row = self.row(name)
        done = self.attempt(lambda: people.change_role(row, role, by=self.people[by]))
        blocked = self.lone(name) and role == MEMBER
        assert done == (self.may(by) and not blocked)
        if done and name in self.inside:
            self.inside[name] = role

    @rule(by=who, name=whom)
    def remove(self, by: str, name: str) -> None:
        row = self.row(name)
        done = self.attempt(lambda: people.remove(row, by=self.people[by]))
        assert done == (self.may(by) and not self.lone(name))
        if done:
            self.inside.pop(name, None)

    @rule(by=who)
    def leave(self, by: str) -> None:
        done = self.attempt(lambda: people.leave(self.club, by=self.people[by]))
        assert done == (not self.lone(by))
        if done:
            self.inside.pop(by, None)

    @rule(by=who, name=whom, stay=st.booleans())
    def hand_over(self, by: str, name: str, stay: bool) -> None:
        row = self.row(name)
        done = self.attempt(lambda: people.hand_over(self.club, to=row, by=self.people[by], stay=stay))
        assert done == (self.inside.get(by) == ADMINISTRATOR and name in self.inside and name != by)
        if done:
            self.inside[name] = ADMINISTRATOR
            self.inside.pop(by)
            if stay:
                self.inside[by] = MEMBER

    @rule(by=who, name=whom, role=roles)
    def invite(self, by: str, name: str, role: str) -> None:
        email = self.people[name].email
        done = self.attempt(lambda: inviting.invite(self.club, email, role=role, by=self.people[by]))
        assert done == (self.may(by) and name not in self.inside)

    @rule(by=who, name=whom)
    def accept_invitation(self, by: str, name: str) -> None:
        invited = Invitation.objects.filter(provider=self.club, email=self.people[name].email, state="open").first()
        if invited is None:
            return
        done = self.attempt(lambda: inviting.accept(invited, by=self.people[by]))
        assert done == (by == name)
        if done and (self.inside.get(name) != ADMINISTRATOR):
            self.inside[name] = invited.role if name not in self.inside or invited.role == ADMINISTRATOR else MEMBER

    @rule(name=st.sampled_from([*NAMES, "stranger"]))
    def ask(self, name: str) -> None:
        assert self.attempt(lambda: joining.ask(self.club, by=self.people[name]))
        waiting = JoinRequest.objects.filter(provider=self.club, user=self.people[name], state="waiting").count()
        assert waiting <= 1

    @rule(by=who, name=st.sampled_from([*NAMES, "stranger"]), yes=st.booleans())
    def decide(self, by: str, name: str, yes: bool) -> None:
        asked = JoinRequest.objects.filter(provider=self.club, user=self.people[name], state="waiting").first()
        if asked is None:
            return
        verb = (lambda: joining.accept(asked, by=self.people[by])) if yes else (
            lambda: joining.refuse(asked, by=self.people[by], reason="Nein.")
        )  # fmt: skip
        done = self.attempt(verb)
        assert done == self.may(by)
        if done and yes:
            self.inside.setdefault(name, MEMBER)

    @invariant()
    def it_is_as_the_model_says_and_somebody_is_responsible(self) -> None:
        if not self.inside:
            return
        rows = Membership.objects.filter(provider=self.club).values_list("user__email", "role")
        assert {email.split("@")[0]: role for email, role in rows} == self.inside
        assert ADMINISTRATOR in self.inside.values()

    @invariant()
    def nobody_outside_sees_it(self) -> None:
        if not self.inside:
            return
        for name in (*NAMES, "stranger"):
            person = self.people[name]
            sees = Provider.objects.visible_to(person).filter(pk=self.club.pk).exists()
            decides = Provider.objects.editable_by(person).filter(pk=self.club.pk).exists()
            assert (sees, decides) == (name in self.inside, self.inside.get(name) == ADMINISTRATOR)


@pytest.mark.usefixtures("cast")
def test_an_organisation_never_loses_its_last_administrator(cast, person, ahausen):
    made = {name: person(ahausen, email=f"{name}@club.example") for name in NAMES}
    made |= {"stranger": cast.stranger, "editor": cast.editor}

    class Staged(Club):
        people = made

    Staged.cast = cast
    run_state_machine_as_test(
        Staged,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
