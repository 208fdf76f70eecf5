"""Two people at the same moment: one of them is told, and the organisation keeps somebody responsible."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import connection

from accounts.models import User
from portal.organisations import joining, people
from portal.organisations.errors import LastAdministratorError
from portal.organisations.models import JoinRequest
from portal.providers.models import Membership
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider


def at_once(*verbs):
    """What each of them led to, started at the same moment in threads of their own."""
    barrier = threading.Barrier(len(verbs))

    def run(verb):
        try:
            with inside(municipality("ahausen")):
                barrier.wait(timeout=20)
                verb()
        except LastAdministratorError:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(verbs)) as pool:
        return sorted(pool.map(run, verbs))


def test_of_two_who_leave_at_once_one_stays(own_database):
    with inside(municipality("ahausen")):
        users = [User.objects.create_user(f"{name}@club.example") for name in ("anna", "ben")]
        for _round in range(5):
            club = a_provider()
            for user in users:
                Membership.objects.create(provider=club, user=user, role="administrator")
            leaving = [partial(people.leave, club, by=user) for user in users]
            assert at_once(*leaving) == ["done", "refused"]
            assert Membership.objects.get(provider=club).role == "administrator"


def test_two_clicks_at_once_ask_once(own_database):
    with inside(municipality("ahausen")):
        user = User.objects.create_user("neu@club.example")
        asking = partial(joining.ask, a_provider(), by=user)
        assert at_once(asking, asking, asking) == ["done", "done", "done"]
        assert JoinRequest.objects.count() == 1
