"""Two editors restore at once: one state becomes valid, the other is told; nothing is lost and nothing is doubled."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

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
from tenants.models import Municipality
from tenants.running.context import inside

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_restoring_different_states_at_once(ahausen: Municipality, person: Any):
    people = [person(ahausen, Role.EDITOR, email=f"{name}@ahausen.example") for name in ("eins", "zwei")]
    each = chronicle("page")
    with inside(ahausen):
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
