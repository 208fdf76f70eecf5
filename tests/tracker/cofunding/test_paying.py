"""Estimates, parts, keys, pledges: the sum is always right, and nobody pays more than it agreed to."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.access import Role
from tests.tracker.people import OPERATOR, editor_of
from tracker.cofunding.models import Funding, Key, Part
from tracker.cofunding.services import (
    ShareChangedError,
    consent,
    estimate,
    join,
    pledge,
    propose,
    refuse,
    strike_out,
    withdraw,
)
from tracker.cofunding.statements import account_of, as_csv, rows
from tracker.tickets import happenings, services
from tracker.tickets.models import Participant, State, of_municipality
from tracker.tickets.uniting import merge


@pytest.fixture
def editor(ahausen):
    return editor_of(ahausen)


@pytest.fixture
def neighbour(bedorf):
    return editor_of(bedorf)


@pytest.fixture
def third(db):
    town = Participant.objects.create(
        slug="cestadt", name="Cestadt", shown_name="Redaktion Cestadt", inhabitants=35_113
    )
    return of_municipality(town, Role.EDITOR, person=3)


@pytest.fixture
def wish(editor):
    return services.report(by=editor, kind="wish", title="Wochenstunden je Stadtteil")


def with_inhabitants(viewer, number):
    viewer.participant.inhabitants = number
    viewer.participant.save()


def share(wish, viewer):
    return Part.objects.get(funding=wish.pk, participant=viewer.participant)


def funding(wish):
    return Funding.objects.get(ticket=wish)


def test_without_an_estimate_nothing_is_paid_and_only_open_wishes_have_one(editor, wish):
    with pytest.raises(ValidationError):
        join(wish, by=editor, key=Key.EQUAL)
    bug = services.report(by=editor, kind="bug", title="Bleibt stehen")
    with pytest.raises(ValidationError):
        estimate(bug, 100, by=OPERATOR)
    services.change_state(wish, State.DECLINED, by=OPERATOR, reason="Geht schon.")
    with pytest.raises(ValidationError):
        estimate(wish, 100, by=OPERATOR)


@pytest.mark.parametrize("cents", [0, -1, 10**11 + 1])
def test_an_estimate_is_a_sum_one_can_pay(wish, cents):
    with pytest.raises(ValidationError):
        estimate(wish, cents, by=OPERATOR)


def test_by_inhabitants_each_share_falls_when_more_take_part_and_all_together_make_the_sum(
    wish, editor, neighbour, third
):
    with_inhabitants(editor, 326_638)
    with_inhabitants(neighbour, 40_231)
    estimate(wish, 480_000, by=OPERATOR)
    join(wish, by=editor, key=Key.INHABITANTS)
    assert share(wish, editor).share == 480_000
    join(wish, by=neighbour)
    pledge(wish, 480_000, by=editor)
    alone = share(wish, editor)
    join(wish, by=third)
    now = share(wish, editor)
    assert now.share < alone.share
    assert (now.agreed, now.is_agreed) == (now.share, True)
    account = account_of(funding(wish))
    assert sum(line.share for line in account.lines) == 480_000
    assert (account.pledged, account.missing) == (now.share, 480_000 - now.share)
    assert not funding(wish).is_final


def test_covered_is_financed_for_good_and_everybody_is_told(wish, editor, neighbour):
    told = []
    happenings.listen(told.append)
    try:
        estimate(wish, 10_001, by=OPERATOR)
        join(wish, by=editor, key=Key.EQUAL)
        join(wish, by=neighbour)
        pledge(wish, 5_001, by=editor)
        assert not funding(wish).is_final
        pledge(wish, 5_000, by=neighbour)
    finally:
        happenings._listeners.remove(told.append)
    assert funding(wish).is_final
    assert [each.name for each in told if each.name in {"estimated", "financed"}] == ["estimated", "financed"]
    for refused in (
        lambda: withdraw(wish, by=editor),
        lambda: estimate(wish, 20_000, by=OPERATOR),
        lambda: propose(wish, Key.USE, by=editor),
        lambda: join(wish, by=editor),
    ):
        with pytest.raises(ValidationError):
            refused()
    assert account_of(funding(wish)).missing == 0


def test_a_pledge_is_withdrawn_until_it_is_covered_and_the_others_are_asked_anew(wish, editor, neighbour, third):
    estimate(wish, 9_000, by=OPERATOR)
    for viewer in (editor, neighbour, third):
        join(wish, by=viewer, key=Key.EQUAL)
    pledge(wish, 3_000, by=editor)
    pledge(wish, 3_000, by=neighbour)
    assert withdraw(wish, by=neighbour)
    assert not withdraw(wish, by=neighbour)
    mine = share(wish, editor)
    assert (mine.share, mine.agreed, mine.is_agreed, mine.has_risen) == (4_500, 3_000, False, True)
    with pytest.raises(ShareChangedError):
        pledge(wish, 3_000, by=editor)
    pledge(wish, 4_500, by=editor)
    pledge(wish, 4_500, by=third)
    assert funding(wish).is_final


def test_a_higher_estimate_asks_anew_and_a_lower_one_does_not(wish, editor, neighbour):
    estimate(wish, 10_000, by=OPERATOR)
    join(wish, by=editor, key=Key.EQUAL)
    join(wish, by=neighbour)
    pledge(wish, 5_000, by=editor)
    estimate(wish, 8_000, by=OPERATOR, note="Ohne Karte")
    assert (share(wish, editor).agreed, share(wish, editor).is_agreed) == (4_000, True)
    estimate(wish, 9_000, by=OPERATOR)
    assert (share(wish, editor).agreed, share(wish, editor).has_risen) == (4_000, True)


def test_amounts_of_ones_own_are_never_more_than_is_missing(wish, editor, neighbour):
    estimate(wish, 10_000, by=OPERATOR)
    join(wish, by=editor, key=Key.AMOUNTS, cents=7_000)
    for cents in (None, 0, 3_001):
        with pytest.raises(ValidationError):
            join(wish, by=neighbour, cents=cents)
    assert join(wish, by=editor, cents=8_000).share == 8_000
    join(wish, by=neighbour, cents=1_500)
    assert account_of(funding(wish)).missing == 500
    estimate(wish, 9_500, by=OPERATOR)
    assert funding(wish).is_final


def test_amounts_are_shared_out_in_proportion_when_the_estimate_falls_below_them(wish, editor, neighbour):
    estimate(wish, 10_000, by=OPERATOR)
    join(wish, by=editor, key=Key.AMOUNTS, cents=6_000)
    join(wish, by=neighbour, cents=3_000)
    estimate(wish, 1_000, by=OPERATOR)
    assert [line.share for line in account_of(funding(wish)).lines] == [667, 333]
    assert funding(wish).is_final


def test_nobody_takes_part_twice(wish, editor):
    estimate(wish, 10_000, by=OPERATOR)
    join(wish, by=editor, key=Key.EQUAL)
    join(wish, by=editor, key=Key.USE)
    assert Part.objects.count() == 1
    assert funding(wish).key == Key.EQUAL


def test_by_inhabitants_one_has_to_say_how_many_and_may_do_so_at_once(wish, editor):
    estimate(wish, 10_000, by=OPERATOR)
    with pytest.raises(ValidationError):
        join(wish, by=editor, key=Key.INHABITANTS)
    assert not funding(wish).key
    join(wish, by=editor, key=Key.INHABITANTS, inhabitants=40_231)
    assert Participant.objects.get(pk=editor.participant.pk).inhabitants == 40_231


def test_another_key_holds_once_all_who_take_part_agree(wish, editor, neighbour):
    with_inhabitants(editor, 3_000)
    estimate(wish, 10_000, by=OPERATOR)
    join(wish, by=editor, key=Key.EQUAL)
    join(wish, by=neighbour)
    pledge(wish, 5_000, by=editor)
    pledge_of = share(wish, editor)
    assert pledge_of.is_agreed
    propose(wish, Key.INHABITANTS, by=editor)
    assert (funding(wish).key, funding(wish).proposed) == (Key.EQUAL, Key.INHABITANTS)
    with pytest.raises(ValidationError):
        consent(wish, Key.USE, by=neighbour)
    with pytest.raises(ValidationError):
        consent(wish, Key.INHABITANTS, by=neighbour)
    consent(wish, Key.INHABITANTS, by=neighbour, inhabitants=1_000)
    assert (funding(wish).key, funding(wish).proposed) == (Key.INHABITANTS, "")
    assert [line.share for line in account_of(funding(wish)).lines] == [7_500, 2_500]
    assert share(wish, editor).has_risen


def test_one_who_does_not_agree_keeps_the_key(wish, editor, neighbour):
    estimate(wish, 10_000, by=OPERATOR)
    join(wish, by=editor, key=Key.EQUAL)
    join(wish, by=neighbour)
    propose(wish, Key.USE, by=editor)
    refuse(wish, Key.USE, by=neighbour)
    assert (funding(wish).key, funding(wish).proposed) == (Key.EQUAL, "")
    assert not Part.objects.filter(consents=True).exists()


def test_whoever_has_a_part_alone_changes_the_key_at_once(wish, editor):
    estimate(wish, 10_000, by=OPERATOR)
    join(wish, by=editor, key=Key.EQUAL)
    propose(wish, Key.USE, by=editor)
    assert funding(wish).key == Key.USE


def test_when_the_last_one_leaves_the_next_chooses_the_key(wish, editor, neighbour):
    estimate(wish, 10_000, by=OPERATOR)
    join(wish, by=editor, key=Key.EQUAL)
    withdraw(wish, by=editor)
    assert funding(wish).key == ""
    join(wish, by=neighbour, key=Key.USE)
    assert funding(wish).key == Key.USE


def test_a_municipality_that_is_gone_stays_by_its_part_until_the_operator_strikes_it_out(wish, editor, neighbour):
    estimate(wish, 10_000, by=OPERATOR)
    join(wish, by=editor, key=Key.EQUAL)
    join(wish, by=neighbour)
    with pytest.raises(ValidationError):
        strike_out(wish, neighbour.participant, by=OPERATOR)
    gone = Participant.objects.filter(pk=neighbour.participant.pk)
    gone.update(left_at=timezone.now(), slug=None, name="", shown_name="")
    lines = account_of(funding(wish)).lines
    assert [(line.town == "Stadt Ahausen", line.former) for line in lines] == [(True, False), (False, True)]
    assert strike_out(wish, gone.get(), by=OPERATOR)
    assert share(wish, editor).share == 10_000


def test_a_merge_brings_the_funding_along(wish, editor, neighbour):
    target = services.report(by=neighbour, kind="wish", title="Stundenumfang auswerten")
    estimate(wish, 10_000, by=OPERATOR)
    join(wish, by=editor, key=Key.EQUAL)
    join(wish, by=neighbour)
    pledge(wish, 5_000, by=editor)
    merge(wish, target, by=OPERATOR)
    assert not Funding.objects.filter(ticket=wish).exists()
    assert account_of(funding(target)).pledged == 5_000
    assert share(target, editor).is_agreed


def test_of_two_estimates_that_of_the_ticket_that_stays_holds_and_the_others_are_asked(wish, editor, neighbour, third):
    target = services.report(by=neighbour, kind="wish", title="Stundenumfang auswerten")
    estimate(wish, 10_000, by=OPERATOR)
    estimate(target, 30_000, by=OPERATOR)
    for viewer in (editor, third):
        join(wish, by=viewer, key=Key.EQUAL)
    pledge(wish, 5_000, by=third)
    for viewer in (editor, neighbour):
        join(target, by=viewer, key=Key.EQUAL)
    pledge(target, 15_000, by=editor)
    merge(wish, target, by=OPERATOR)
    account = account_of(funding(target))
    assert {line.town: (line.share, line.state) for line in account.lines} == {
        "Stadt Ahausen": (10_000, "agreed"),
        "Gemeinde Bedorf": (10_000, "open"),
        "Cestadt": (10_000, "open"),
    }


def test_two_fundings_of_which_one_is_financed_do_not_become_one(wish, editor, neighbour):
    target = services.report(by=neighbour, kind="wish", title="Stundenumfang auswerten")
    for each, viewer in ((wish, editor), (target, neighbour)):
        estimate(each, 1_000, by=OPERATOR)
        join(each, by=viewer, key=Key.EQUAL)
    pledge(wish, 1_000, by=editor)
    with pytest.raises(ValidationError):
        merge(wish, target, by=OPERATOR)
    wish.refresh_from_db()
    assert wish.merged_into_id is None


def test_what_is_paid_together_does_not_go_into_an_error(wish, editor):
    bug = services.report(by=editor, kind="bug", title="Bleibt stehen")
    estimate(wish, 1_000, by=OPERATOR)
    join(wish, by=editor, key=Key.EQUAL)
    with pytest.raises(ValidationError):
        merge(wish, bug, by=OPERATOR)


def test_the_statement_as_a_table_has_every_cent_and_no_formula(wish, editor, neighbour):
    Participant.objects.filter(pk=neighbour.participant.pk).update(name="=HYPERLINK(1)")
    estimate(wish, 100_001, by=OPERATOR)
    join(wish, by=editor, key=Key.EQUAL)
    join(wish, by=neighbour)
    lines = as_csv(account_of(funding(wish))).decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[1].split(";")[3] == "500,01"
    assert "'=HYPERLINK(1)" in lines[2]
    assert lines[3].split(";")[3] == "1000,01"


def test_the_export_of_a_municipality_holds_its_own_parts_alone(wish, editor, neighbour):
    estimate(wish, 10_000, by=OPERATOR)
    join(wish, by=editor, key=Key.EQUAL)
    join(wish, by=neighbour)
    assert [row["municipality"] for row in rows(neighbour)] == [neighbour.participant.name]
    assert len(list(rows(OPERATOR))) == 2
    assert not list(rows(of_municipality(editor.participant, Role.PROVIDER, person=1)))
