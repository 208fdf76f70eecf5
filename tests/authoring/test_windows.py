"""Whatever provider, member, strangers and editors do in whatever order: every page of the portal, and every file it
gives away, shows the last approved text and nothing else.

The machine and its model are those of `tests.revisions.test_state_machine`, here with the deeds of one's own list, an
offer that has dates and a place, and the real pages as windows. Each text is a number, so that a page gives away which
versions stand on it.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test
from openpyxl import load_workbook

from portal.exchange.excel.export import export_offers
from portal.offers import editing, seasons, snapshot
from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule
from tests.revisions.conftest import Cast, cast
from tests.revisions.test_state_machine import BOUND, PEOPLE, Approval

__all__ = ["cast"]
_TEXT = re.compile(r"Text \d+")
PLACE = {"street": "Weg 1", "city": "Ahausen", "latitude": 49.2, "longitude": 7.0, "precision": "exact"}
Window = Callable[[Client, Offer], set[str]]


def _said(answer: Any) -> set[str]:
    """The versions that an answer shows; a page that is not there shows none."""
    return set(_TEXT.findall(answer.content.decode())) if answer.status_code == 200 else set()


def the_page(resident: Client, offer: Offer) -> set[str]:
    return _said(resident.get(offer.get_absolute_url()))


def the_search(resident: Client, offer: Offer) -> set[str]:
    return _said(resident.get("/angebote/"))


def the_words(resident: Client, offer: Offer) -> set[str]:
    """What is found by the title's own words; the words stand on the page too, so only cards count."""
    page = resident.get("/angebote/", {"q": offer.title}).content.decode()
    return {found for card in re.findall(r"<article.*?</article>", page, re.DOTALL) for found in _TEXT.findall(card)}


def the_feed(resident: Client, offer: Offer) -> set[str]:
    return _said(resident.get("/angebote/feed.atom"))


def the_calendar(resident: Client, offer: Offer) -> set[str]:
    return _said(resident.get(f"{offer.get_absolute_url()}termine.ics"))


def the_providers_calendar(resident: Client, offer: Offer) -> set[str]:
    return _said(resident.get(f"{offer.provider.get_absolute_url()}termine.ics"))


def the_bubble(resident: Client, offer: Offer) -> set[str]:
    return _said(resident.get(f"/angebote/karte/{offer.pk}/"))


WINDOWS: tuple[Window, ...] = (
    the_page,
    the_search,
    the_words,
    the_feed,
    the_calendar,
    the_providers_calendar,
    the_bubble,
)


def is_on_the_map(resident: Client, offer: Offer) -> bool:
    """Whether the map has a point for it."""
    return str(offer.pk) in re.findall(r"\d+", resident.get("/angebote/karte.json").content.decode())


def exported(offer: Offer, folder: Any) -> set[str]:
    """The versions in the offer's row of the municipality's export."""
    path = folder / "angebote.xlsx"
    export_offers(path, provider=offer.provider)
    rows = load_workbook(BytesIO(path.read_bytes())).worksheets[0].iter_rows(min_row=3, values_only=True)
    return {found for row in rows for cell in row for found in _TEXT.findall(str(cell))}


class Dated(Cast):
    """The cast, whose drafts have dates and a place."""

    def draft(self, **content: Any) -> Offer:
        first = timezone.localdate() + timedelta(days=1)
        rule = {
            "first_date": first.isoformat(),
            "start_time": "18:00",
            "rrule": f"FREQ=WEEKLY;UNTIL={first.year + 1}0601",
        }
        dates = {"schedule_kind": "weekly", "schedules": [rule], "locations": [PLACE]}
        return super().draft(**dates, **content)


class Windows(Approval):
    """One offer seen through every window."""

    resident: Client
    folder: Any
    seen: int
    # Whether the story begins with an offer the editors made public, or with a draft.
    public_first: bool

    @initialize(rule=st.sampled_from(ApprovalRule), trusted=st.booleans(), may_publish=st.booleans())
    def begin(self, rule: ApprovalRule, trusted: bool, may_publish: bool) -> None:
        super().begin(rule=rule, trusted=trusted, may_publish=may_publish)
        if self.public_first:
            self.submit(person="editor")

    @rule(person=st.sampled_from(PEOPLE), period=st.sampled_from(list(seasons.PERIODS)))
    def extend(self, person: str, period: str) -> None:
        """By one click, past what the person is still writing."""
        row, by = Offer.objects.get(pk=self.offer.pk), getattr(self.cast, person)
        until = seasons.longer_until(snapshot.take(row), period, today=timezone.localdate())
        beneath, waiting = self.beneath(person), self.waiting
        outcome = self.tried(lambda: editing.extend(self.offer, by=by, until=until))
        if outcome is None:
            return
        assert person != "stranger"
        assert self.state in BOUND - {"archived", "trashed"}
        if outcome.unchanged:
            return
        if outcome.applied:
            self.whole = {**self.whole, "schedules": snapshot.take(Offer.objects.get(pk=self.offer.pk))["schedules"]}
            self.apply({}, person, person)
        else:
            assert outcome.waiting == self.desk(person)
            self.hand_in(beneath, person, outcome.waiting)
            self.longer = True
        assert waiting is None or self.waiting is not None or waiting[1] == person

    @rule(person=st.sampled_from(PEOPLE))
    def confirm(self, person: str) -> None:
        if self.tried(lambda: editing.confirm(self.offer, by=getattr(self.cast, person)) or True):
            assert person != "stranger"
            assert Offer.objects.get(pk=self.offer.pk).reviewed_at == date.today()

    @rule(person=st.sampled_from(PEOPLE))
    def copy_into_the_next_season(self, person: str) -> None:
        """What comes of it is a draft that nobody sees."""
        copy = self.tried(lambda: editing.next_season(self.offer, by=getattr(self.cast, person), weeks=52))
        if copy is not None:
            assert person != "stranger"
            assert Offer.objects.get(pk=copy.pk).state == "draft"

    @invariant()
    def the_row_is_what_the_model_says(self) -> None:
        """Here the dates move too, which the model does not follow in what waits; the words are its matter."""
        if not hasattr(self, "offer"):
            return
        row = Offer.objects.get(pk=self.offer.pk)
        assert row.state == self.state
        assert {key: getattr(row, key) for key in self.row} == self.row

    @invariant()
    def residents_see_the_last_approved_text(self) -> None:
        if not hasattr(self, "offer"):
            return
        offer = Offer.objects.select_related("provider").get(pk=self.offer.pk)
        visible = self.state == "published" and self.approved is not None
        wanted = {self.approved["title"], self.approved["summary"]} if visible and self.approved else set()
        # The page of what was withdrawn names it, by the title that was approved last.
        named = {self.approved["title"]} if self.approved else set()
        for window in WINDOWS:
            shown = window(self.resident, offer)
            assert shown <= (wanted | named if window is the_page else wanted), window
            assert not visible or self.approved is None or self.approved["title"] in shown, window
        assert is_on_the_map(self.resident, offer) == visible
        type(self).seen += visible

    def teardown(self) -> None:
        """An export takes longer than a page: once at the end of each story."""
        if hasattr(self, "offer") and self.state in BOUND and self.approved:
            row = Offer.objects.get(pk=self.offer.pk)
            Offer.objects.exclude(pk=row.pk).filter(provider=row.provider).delete()
            assert exported(row, self.folder) == {self.approved["title"], self.approved["summary"]}
        super().teardown()


@pytest.mark.django_db
@pytest.mark.parametrize("public_first", [True, False])
def test_every_window_shows_the_last_approved_text(cast, visitor, tmp_path, public_first):
    story = {
        "cast": Dated(**vars(cast)),
        "resident": visitor("ahausen"),
        "folder": tmp_path,
        "seen": 0,
        "public_first": public_first,
    }
    machine = type("WindowsHere", (Windows,), story)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10, stateful_step_count=13, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    # The stories are of use only where something was to be seen.
    assert machine.seen >= 10 * public_first
