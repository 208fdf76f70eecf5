"""Two editors restore at once: one state becomes valid, the other is told; nothing is lost and nothing is doubled."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import User
from core.access import Role
from portal.history import restoring
from portal.history.registry import chronicle
from portal.pages.models import Page
from portal.pages.services import save_easy
from portal.revisions.models import Revision
from portal.revisions.tokens import mark_of
from tenants.running.context import inside
from tests.conftest import municipality
from tests.people.cast import an_account

pytestmark = pytest.mark.usefixtures("own_database")


def test_two_restoring_different_states_at_once():
    ahausen, each = municipality("ahausen"), chronicle("page")
    with inside(ahausen):
        people = [an_account(f"{name}@ahausen.example", Role.EDITOR) for name in ("eins", "zwei")]
        page = Page.objects.create(slug="ferien-2", title="Ferien", easy_body="<p>A</p>")
        for text in ("<p>B</p>", "<p>C</p>"):
            page.easy_body = text
            save_easy(page, by=people[0])
        states = list(Revision.objects.of("page", page.pk).order_by("settled_at", "pk"))
        seen = mark_of(each.kind.take(Page.objects.get(pk=page.pk)))
    ready = Barrier(2)

    def restore(by: User, state: Revision) -> str:
        try:
            with inside(ahausen):
                ready.wait(timeout=20)
                restoring.restore(each, state, by=by, seen=seen)
                return str(state.content["easy_body"])
        except restoring.MovedMeanwhileError:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(restore, people, states[:2]))
    with inside(ahausen):
        assert sorted(answers)[1] == "told"
        assert Page.objects.get(pk=page.pk).easy_body == sorted(answers)[0]
        assert Revision.objects.of("page", page.pk).count() == 4
