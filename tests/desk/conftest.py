"""What waits, made in few statements, and two editors."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.access import Role
from mail.models import OutboxMessage
from portal.feedback.models import Case
from portal.offers import editing
from portal.offers.models import Offer
from portal.organisations.models import JoinRequest
from portal.revisions.models import Revision
from tests.factories import a_provider, an_offer


def ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)


def a_case(text: str, *, days: float = 0, kind: str = "question", **fields: Any) -> Case:
    return Case.objects.create(kind=kind, text=text, received_at=ago(days), **fields)


def handed_in(title: str, *, days: float = 0) -> Revision:
    """A new offer that waits for the editors."""
    offer = an_offer(title=title, state="submitted", published_at=None)
    revision = editing.waiting_for(offer)
    Revision.objects.filter(pk=revision.pk).update(submitted_at=ago(days))
    revision.refresh_from_db()
    return revision


def one_of_each() -> dict[str, Any]:
    """One thing of every kind there is, each a day younger than the one before."""
    asked = JoinRequest.objects.create(
        provider=a_provider(name="Verein ohne Leute"), user=User.objects.create_user("neu@example.org", name="Neu Hier")
    )
    JoinRequest.objects.filter(pk=asked.pk).update(created_at=ago(8))
    mail = OutboxMessage.objects.create(
        to="weg@example.org", subject="Ihre Anfrage", body="x", sender="a@x.example", message_id="<m@x>",
        state="failed", failed_at=ago(4), attempts=3, last_error="Postfach gibt es nicht",
    )  # fmt: skip
    dateless = an_offer(title="Ohne Termine", dates_problem="Die Regel endet nie.")
    Offer.objects.filter(pk=dateless.pk).update(updated_at=ago(2))
    return {
        "angebot": handed_in("Offenes Singen", days=10),
        "beitritt": asked,
        "hinweis": a_case("Die Nummer stimmt nicht.", days=7, kind="wrong", topic="wrong", about="Sprachkurs"),
        "frage": a_case("Wann ist offen?", days=6, sender_email="eva@example.org"),
        "barriere": a_case("Das PDF ist stumm.", days=5, kind="barrier", due_at=timezone.now() + timedelta(days=25)),
        "mail": mail,
        "termine": dateless,
    }


@pytest.fixture
def editors(ahausen: Any, signed_in: Callable[..., Client]) -> Client:
    return signed_in(ahausen, Role.EDITOR)


@pytest.fixture
def admins(ahausen: Any, signed_in: Callable[..., Client]) -> Client:
    """A second one who decides."""
    return signed_in(ahausen, Role.ADMIN)
