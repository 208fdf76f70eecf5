"""How long it usually takes here: told from real decisions, and not told from a handful."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from portal.offers import editing
from portal.preferences.models import ApprovalRule, Preferences
from portal.preferences.state import is_working_day, working_days_after
from portal.revisions.pace import expected_day, usual_time_in_words, usual_time_to_decide
from tests.revisions.conftest import cast, change

__all__ = ["cast"]
pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)


def decided(cast, day: int, *, back: bool = False) -> None:
    """An offer handed in on Monday, 2 November, and decided on another day of that month."""
    with time_machine.travel(MONDAY, tick=False):
        offer = cast.draft()
        waiting = editing.submit(offer, by=cast.member).revision
    with time_machine.travel(MONDAY.replace(day=day, hour=15), tick=False):
        if back:
            editing.send_back(waiting, by=cast.editor, version=1, reason="Bitte ein Bild.")
        else:
            editing.approve(waiting, by=cast.editor, version=1)


def test_four_decisions_give_no_number_and_the_fifth_gives_one(cast):
    cast.rule(ApprovalRule.CHANGES)
    for day in (2, 3, 3, 4):
        decided(cast, day)
        assert usual_time_to_decide() is None
    # Of 0, 1, 1, 2 and 6 working days, three of four came within two.
    decided(cast, 10, back=True)
    assert usual_time_to_decide() == 2


def test_a_weekend_does_not_count(cast):
    cast.rule(ApprovalRule.CHANGES)
    for _number in range(5):
        decided(cast, 9)
    assert usual_time_to_decide() == 5


def test_what_nobody_decided_on_is_no_decision(cast):
    cast.rule(ApprovalRule.PROVIDERS)
    for number in range(6):
        offer = cast.draft(title=f"Sofort {number}")
        editing.submit(offer, by=cast.administrator)
        change(offer, cast.editor, title=f"Von der Redaktion {number}")
        editing.submit(offer, by=cast.editor)
    cast.rule(ApprovalRule.CHANGES)
    for number in range(6):
        taken_back = editing.submit(cast.draft(title=f"Zurück {number}"), by=cast.member).revision
        editing.withdraw(taken_back, by=cast.member)
    assert usual_time_to_decide() is None


def test_an_administrators_word_to_a_member_is_not_the_editors(cast):
    cast.rule(ApprovalRule.PROVIDERS)
    cast.club.members_may_publish = False
    cast.club.save()
    for number in range(6):
        waiting = editing.submit(cast.draft(title=f"Intern {number}"), by=cast.member).revision
        editing.send_back(waiting, by=cast.administrator, version=1, reason="Noch einmal.")
    assert usual_time_to_decide() is None


@pytest.mark.parametrize(
    ("handed_in", "days", "expected"),
    [
        (27, 0, date(2026, 11, 28)),  # a Friday; today is Saturday, and what has passed is not promised
        (27, 2, date(2026, 12, 1)),
        (28, 0, date(2026, 11, 30)),
        (28, 1, date(2026, 11, 30)),
        (2, 3, date(2026, 11, 28)),
    ],
)
@time_machine.travel(datetime(2026, 11, 28, 9, tzinfo=UTC), tick=False)
def test_the_expected_day_is_a_working_day_and_never_past(cast, handed_in, days, expected):
    assert expected_day(MONDAY.replace(day=handed_in), days) == expected


@time_machine.travel(datetime(2026, 12, 23, 12, tzinfo=UTC), tick=False)
def test_over_christmas_nobody_promises_an_answer_on_a_holiday_of_the_state(cast):
    """Handed in on the 23rd, a Wednesday; the 6th of January is a holiday in Bavaria, not in the Saarland."""
    handed_in = datetime(2026, 12, 23, 9, tzinfo=UTC)
    Preferences.objects.update(federal_state="BY")
    assert [expected_day(handed_in, days).isoformat() for days in (1, 2, 6, 7, 8)] == [
        "2026-12-24", "2026-12-28", "2027-01-04", "2027-01-05", "2027-01-07",
    ]  # fmt: skip
    Preferences.objects.update(federal_state="SL")
    assert expected_day(handed_in, 8) == date(2027, 1, 6)


def test_working_days_between_equal_those_counted_one_by_one():
    first = date(2026, 12, 18)
    for state in ("BY", "SL", ""):
        for length in range(40):
            days = [first + timedelta(days=number + 1) for number in range(length)]
            slow = sum(is_working_day(day, state) for day in days)
            assert working_days_after(first, first + timedelta(days=length), state) == slow
    assert not is_working_day(date(2026, 12, 25), "SL")


def test_words_for_people():
    assert [usual_time_in_words(days) for days in (0, 1, 2)] == [
        "am selben Tag",
        "innerhalb eines Werktags",
        "innerhalb von 2 Werktagen",
    ]
