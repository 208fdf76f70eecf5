"""The editors at their desk, and everything there is of a subject, to compare."""

import pytest
from django.forms.models import model_to_dict

from accounts.models import User
from core.access import Role
from mail.models import OutboxMessage
from portal.editorial.waiting import EDITING
from portal.offers import editing
from portal.preferences.models import ApprovalRule
from portal.revisions.models import Revision
from tests.revisions.conftest import Cast, cast, change  # noqa: F401

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
QUEUE = "/redaktion/pruefen/"


@pytest.fixture
def editors(cast: Cast, visitor):  # noqa: F811
    client = visitor("ahausen")
    client.force_login(cast.editor, backend=BACKEND)
    return client


@pytest.fixture
def colleague(cast: Cast) -> User:  # noqa: F811
    """A second editor."""
    return User.objects.create_user(
        "tarek@ahausen.example", "ein-passwort-2026", name="Tarek Klein", roles=[Role.EDITOR]
    )


def new_offer(cast: Cast, **content) -> Revision:  # noqa: F811
    """Handed in for the first time."""
    cast.rule(ApprovalRule.CHANGES)
    offer = cast.draft(**{"title": "Yoga am Morgen", **content})
    editing.submit(offer, by=cast.member)
    return editing.waiting_for(offer)


def changed_offer(cast: Cast, **content) -> Revision:  # noqa: F811
    """A change of what is public."""
    cast.rule(ApprovalRule.CHANGES)
    offer = cast.public()
    change(offer, cast.member, **{"title": "Töpfern für Große", **content})
    editing.submit(offer, by=cast.member)
    return editing.waiting_for(offer)


def everything(kind: str, pk: int) -> dict:
    """The row in every column, its text, every revision in every column, and the mails."""
    room = EDITING[kind].verbs.kind
    row = room.model._default_manager.get(pk=pk)
    plain = model_to_dict(row, [field.name for field in row._meta.concrete_fields])
    return {
        "row": plain | {"published_at": row.published_at, "updated_at": row.updated_at, "created_at": row.created_at},
        "content": room.take(row),
        "revisions": list(Revision.objects.of(kind, pk).order_by("pk").values()),
        "mails": list(OutboxMessage.objects.order_by("pk").values("to", "subject", "body")),
    }
