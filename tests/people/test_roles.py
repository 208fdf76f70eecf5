"""Whatever administrators do in whatever order: a town that has one never loses its last."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.administering import LastAdministratorError
from accounts.data_views import delete_account
from accounts.models import User
from audit.models import Entry
from portal.people import services
from tenants.running.context import inside
from tests.conftest import PASSWORD, municipality
from tests.people.cast import an_account, enter

NAMES = ("anna", "ben", "cem", "dora")
who, whom = st.sampled_from(NAMES), st.sampled_from(NAMES)
some_roles = st.frozensets(st.sampled_from(["planner", "editor", "admin"]))


class TownHall(RuleBasedStateMachine):
    """Anna administers, Ben edits, Cem plans, Dora has no role. The model keeps by hand who may and who is what."""

    request: Any

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize()
    def hire(self) -> None:
        self.roles = {"anna": {"admin"}, "ben": {"editor"}, "cem": {"planner"}, "dora": set()}
        self.active = dict.fromkeys(NAMES, True)
        self.pks = {name: an_account(f"{name}@amt.example", *roles).pk for name, roles in self.roles.items()}

    def account(self, name: str) -> User:
        return User.objects.filter(pk=self.pks[name]).first() or User(pk=self.pks[name], email=f"{name}@amt.example")

    def administers(self, name: str) -> bool:
        return self.active.get(name, False) and "admin" in self.roles.get(name, ())

    def lone(self, name: str) -> bool:
        return self.administers(name) and not any(self.administers(each) for each in NAMES if each != name)

    def attempt(self, do: Any) -> bool:
        try:
            with transaction.atomic():
                do()
        except (LastAdministratorError, PermissionDenied):
            return False
        return True

    @rule(by=who, name=whom, roles=some_roles)
    def change(self, by: str, name: str, roles: frozenset[str]) -> None:
        if name not in self.roles:
            return
        done = self.attempt(lambda: services.change_roles(self.account(name), roles, by=self.account(by)))
        assert done == (self.administers(by) and not (self.lone(name) and "admin" not in roles))
        if done:
            self.roles[name] = set(roles)

    @rule(by=who, name=whom)
    def deactivate(self, by: str, name: str) -> None:
        if name not in self.roles:
            return
        done = self.attempt(lambda: services.deactivate(self.account(name), by=self.account(by)))
        assert done == (self.administers(by) and not self.lone(name))
        if done:
            self.active[name] = False

    @rule(by=who, name=whom)
    def reactivate(self, by: str, name: str) -> None:
        if name not in self.roles:
            return
        done = self.attempt(lambda: services.reactivate(self.account(name), by=self.account(by)))
        assert done == self.administers(by)
        if done:
            self.active[name] = True

    @rule(name=whom)
    def go(self, name: str) -> None:
        """Delete one's own account."""
        if not self.active.get(name):
            return
        done = self.attempt(lambda: delete_account(self.account(name), self.request))
        assert done == (not self.lone(name))
        if done:
            del self.roles[name], self.active[name]

    @invariant()
    def somebody_administers(self) -> None:
        rows = {each.pk: each for each in User.objects.filter(pk__in=getattr(self, "pks", {}).values())}
        if not rows:
            return
        assert any("admin" in each.roles and each.is_active for each in rows.values())
        for name, roles in self.roles.items():
            assert set(rows[self.pks[name]].roles) == roles
            assert rows[self.pks[name]].is_active == self.active[name]


def test_a_town_never_loses_its_last_administrator(ahausen, rf):
    request = rf.get("/")
    request.municipality = ahausen
    machine = type("Cast", (TownHall,), {"request": request})
    with inside(ahausen):
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=40,
                stateful_step_count=15,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )


@pytest.mark.parametrize("deed", ["roles", "deactivate", "mixed"])
def test_of_two_administrators_who_remove_each_other_at_once_one_stays(own_database, deed):
    town = municipality("ahausen")
    with inside(town):
        anna, ben = an_account("anna@amt.example", "admin"), an_account("ben@amt.example", "admin")
    start, refused = Barrier(2), []
    deeds = {
        "roles": [services.change_roles, services.change_roles],
        "deactivate": [services.deactivate, services.deactivate],
        "mixed": [services.change_roles, services.deactivate],
    }[deed]

    def act(do, person, by):
        try:
            with inside(town):
                start.wait(30)
                if do is services.change_roles:
                    do(person, [], by=by)
                else:
                    do(person, by=by)
        except (LastAdministratorError, PermissionDenied) as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [Thread(target=act, args=(deeds[0], anna, ben)), Thread(target=act, args=(deeds[1], ben, anna))]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    with inside(town):
        left = User.objects.filter(roles__contains=["admin"], is_active=True)
        assert left.count() == 1
        assert Entry.objects.filter(action__in=["account.roles", "account.deactivated"]).count() == 1
    assert len(refused) == 1


def test_the_last_one_cannot_go_by_deleting_the_account(ahausen, visitor):
    with inside(ahausen):
        anna = an_account("anna@amt.example", "admin")
    client = enter(visitor("ahausen"), anna)
    client.post("/konto/sicherheit/bestaetigen/?next=/konto/daten/loeschen/", {"password": PASSWORD})
    assert "Sie allein haben die Rolle" in client.get("/konto/daten/loeschen/").content.decode()
    answer = client.post("/konto/daten/loeschen/", {"adresse": anna.email}, follow=True)
    assert "muss jemand mit der Rolle" in answer.content.decode()
    with inside(ahausen):
        assert User.objects.filter(pk=anna.pk, is_active=True).exists()
