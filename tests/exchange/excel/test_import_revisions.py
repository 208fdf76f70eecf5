"""What an import leaves in the history, and what of it must wait."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from accounts.models import User
from core.access import Role
from portal.exchange.excel.result import ImportResult
from portal.exchange.excel.services import import_offers
from portal.offers import editing
from portal.offers.models import Offer
from portal.offers.services import publish
from portal.offers.states import State
from portal.providers.models import Membership, Provider
from portal.revisions.models import Revision
from tenants.models import Municipality
from tests.exchange.excel.workbooks import row, save

Load = Callable[..., ImportResult]


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def load(provider: Provider, tmp_path: Path) -> Load:
    """`load(row(…), row(…))`: import a workbook of these rows."""

    def run(*rows: dict[str, Any], by: Any = "test") -> ImportResult:
        return import_offers(save(tmp_path / "a.xlsx", *rows), provider=provider, by=by)

    return run


def test_publishing_is_no_change_but_a_changed_public_offer_waits_for_approval(
    load: Load, ahausen: Municipality, person: Callable[..., User]
) -> None:
    load(row())
    offer = Offer.objects.get()
    publish(offer, by="test")
    member = person(ahausen)
    Membership.objects.create(provider=offer.provider, user=member)

    result = load(row(summary="Anders"), by=member)
    assert (result.submitted, result.updated, result.conflicts) == (1, 0, 0)
    assert "1 change of a public offer waits" in "\n".join(result.lines())
    assert Offer.objects.get().summary == "Turnen für alle."
    assert load(row(summary="Anders"), by=member).unchanged == 1
    waiting = editing.waiting_for(offer)
    assert (waiting.content["summary"], waiting.author, waiting.note) == ("Anders", member, "Excel-Import")

    editing.approve(waiting, by=person(ahausen, Role.EDITOR), version=waiting.version)
    assert (Offer.objects.get().summary, Offer.objects.get().state) == ("Anders", State.PUBLISHED)
    assert load(row(summary="Anders"), by=member).unchanged == 1
    assert load(row(summary="Noch anders"), by=member).submitted == 1


def test_an_import_leaves_a_revision_of_each_offer_and_keeps_what_was(load: Load) -> None:
    load(row(), row(id=2, title="Judo"))
    assert Revision.objects.filter(state="applied", note="Excel-Import").count() == 2
    judo = Offer.objects.get(title="Judo")
    load(row(), row(id=2, title="Judo für Kinder"))
    titles = [revision.content["title"] for revision in editing.history(judo)]
    assert titles == ["Judo für Kinder", "Judo"]


def test_an_import_of_the_editors_changes_a_public_offer_at_once_and_a_waiting_change_stays(
    load: Load, ahausen: Municipality, person: Callable[..., User]
) -> None:
    load(row())
    offer = Offer.objects.get()
    publish(offer, by="test")
    assert load(row(summary="Anders"), by=person(ahausen, Role.EDITOR)).updated == 1
    found = Offer.objects.get()
    assert (found.summary, found.state) == ("Anders", State.PUBLISHED)


def test_an_offer_that_waits_for_its_first_approval_waits_with_the_new_text(
    load: Load, ahausen: Municipality, person: Callable[..., User]
) -> None:
    load(row())
    offer = Offer.objects.get()
    member = person(ahausen)
    Membership.objects.create(provider=offer.provider, user=member)
    editing.submit(offer, by=member)

    assert load(row(summary="Anders"), by=member).updated == 1
    waiting = editing.waiting_for(offer)
    assert (waiting.content["summary"], Offer.objects.get().state) == ("Anders", State.SUBMITTED)


def test_an_offer_in_the_bin_is_a_conflict(load: Load) -> None:
    load(row())
    editing.trash(Offer.objects.get(), by="test")
    assert load(row(summary="Anders")).conflicts == 1
