"""What happens to tickets: reported, talked about, sorted, ended, reopened, merged."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from core.access import Role
from tests.tracker.people import OPERATOR, editor_of, provider_of
from tracker.tickets import endings, happenings, services
from tracker.tickets.models import Comment, Concern, Context, State, Ticket, Watch, number_of, of_municipality
from tracker.tickets.participating import participant_of
from tracker.tickets.uniting import merge


def a_ticket(by, title="Warteliste bleibt stehen", kind="bug", **more):
    return services.report(by=by, kind=kind, title=title, **more)


def test_who_reports_is_concerned_and_follows(ahausen):
    ticket = a_ticket(editor_of(ahausen), context={"page": "/redaktion/", "browser": "Firefox"})
    assert (ticket.state, ticket.author) == ("new", "Redaktion Ahausen")
    assert Concern.objects.get().participant == participant_of(ahausen)
    assert (Watch.objects.get().participant, Watch.objects.get().person) == (participant_of(ahausen), 7)
    assert Context.objects.get().page == "/redaktion/"
    assert ticket.steps.count() == 1


def test_a_provider_is_not_taken_for_the_town_hall_and_sees_what_they_reported_alone(ahausen, bedorf):
    mine, theirs = a_ticket(provider_of(ahausen)), a_ticket(editor_of(ahausen))
    assert mine.author == "Ein Anbieter in Ahausen"
    see = Ticket.objects.visible_to
    assert set(see(provider_of(ahausen))) == {mine}
    assert not see(provider_of(ahausen, person=10)).exists()
    assert not see(provider_of(bedorf)).exists()
    assert not see(of_municipality(participant_of(ahausen), person=9)).exclude(pk=mine.pk).exists()
    assert set(see(editor_of(bedorf))) == {mine, theirs} == set(see(OPERATOR))


def test_internal_notes_are_between_one_municipality_and_the_operator(ahausen, bedorf):
    ticket = a_ticket(editor_of(ahausen))
    town, other = participant_of(ahausen), participant_of(bedorf)
    services.comment(ticket, "Kostenstelle 4", by=editor_of(ahausen), about=town)
    services.comment(ticket, "Notiert", by=OPERATOR, about=town)
    services.comment(ticket, "Bei uns auch", by=editor_of(bedorf), about=other)
    services.comment(ticket, "Für alle", by=editor_of(bedorf))

    def texts(viewer):
        return list(Comment.objects.visible_to(viewer).values_list("text", flat=True))

    assert texts(editor_of(ahausen)) == ["Kostenstelle 4", "Notiert", "Für alle"]
    assert texts(editor_of(bedorf)) == ["Bei uns auch", "Für alle"]
    assert texts(provider_of(ahausen)) == ["Für alle"]
    assert len(texts(OPERATOR)) == 4
    with pytest.raises(PermissionDenied):
        services.comment(ticket, "Fremd", by=editor_of(bedorf), about=town)
    with pytest.raises(PermissionDenied):
        services.comment(ticket, "Anbieter", by=provider_of(ahausen), about=town)


def test_the_database_refuses_a_note_of_a_third_municipality(ahausen, bedorf):
    ticket = a_ticket(editor_of(ahausen))
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.create(
            ticket=ticket, text="x", internal=True, participant=participant_of(bedorf), about=participant_of(ahausen)
        )


def test_only_the_operator_decides_on_states_and_a_refusal_has_its_reason(ahausen):
    ticket = a_ticket(editor_of(ahausen))
    with pytest.raises(PermissionDenied):
        services.change_state(ticket, State.CONFIRMED, by=editor_of(ahausen))
    with pytest.raises(ValidationError, match="warum"):
        services.change_state(ticket, State.DECLINED, by=OPERATOR)
    assert Ticket.objects.get().state == State.NEW
    declined = services.change_state(ticket, State.DECLINED, by=OPERATOR, reason="Geht schon")
    assert declined.ended_at is not None
    with pytest.raises(ValidationError):
        services.change_state(ticket, State.PLANNED, by=OPERATOR)
    again = services.change_state(ticket, State.CONFIRMED, by=OPERATOR)
    assert (again.reason, again.ended_at) == ("", None)
    assert list(ticket.steps.values_list("new", flat=True)) == ["new", "declined", "confirmed"]


def test_what_is_rolled_out_and_does_not_work_is_reopened_by_any_town_hall(ahausen, bedorf, monkeypatch):
    monkeypatch.setattr(endings, "_ended", [])
    monkeypatch.setattr(endings, "_reopened", [])
    told = []
    endings.register(ended=lambda one: told.append(("ended", one.state)))
    endings.register(reopened=lambda one: told.append(("reopened", one.state)))
    ticket = a_ticket(editor_of(ahausen))
    services.change_state(ticket, State.ROLLED_OUT, by=OPERATOR)
    with pytest.raises(PermissionDenied):
        services.reopen(ticket, by=provider_of(bedorf))
    services.reopen(ticket, by=editor_of(bedorf), text="Bei uns wieder da")
    assert told == [("ended", "rolled_out"), ("reopened", "confirmed")]
    assert Comment.objects.get().text == "Bei uns wieder da"
    assert Concern.objects.count() == 2


def test_a_merge_takes_all_along_and_counts_what_both_had_once(ahausen, bedorf):
    old, into = a_ticket(editor_of(ahausen), "Alt"), a_ticket(editor_of(bedorf), "Neu")
    services.concern(into, by=editor_of(ahausen))
    services.comment(old, "Bitte auch nach Tageszeit", by=editor_of(bedorf))
    services.comment(old, "Geheim", by=editor_of(ahausen), about=participant_of(ahausen))
    moved = merge(old, into, by=OPERATOR)
    assert [str(each) for each in moved] == ["1 „betrifft uns auch“", "1 Kommentar"]
    assert into.concerns.count() == 2
    said = list(into.comments.values_list("text", "internal"))
    assert said[:2] == [("Bitte auch nach Tageszeit", False), ("Geheim", True)]
    assert f"T-{old.pk} „Alt“ (Redaktion Ahausen)" in said[2][0]
    assert "Geheim" not in said[2][0]
    assert not Watch.objects.filter(ticket=old).exists()
    assert {each.person for each in into.watches.all()} == {7}
    assert into.watches.count() == 2
    # What is said to the old one, also by mail, reaches the other; so does everything else.
    assert services.comment(Ticket.objects.get(pk=old.pk), "Nachtrag", by=editor_of(bedorf)).ticket == into
    assert services.final(Ticket.objects.get(pk=old.pk)) == into


def test_a_merge_into_itself_or_in_a_ring_is_refused_and_chains_stay_short(ahausen):
    one, two, three = (a_ticket(editor_of(ahausen), f"Nummer {each}") for each in "123")
    with pytest.raises(ValidationError, match="sich selbst"):
        merge(one, one, by=OPERATOR)
    merge(one, two, by=OPERATOR)
    with pytest.raises(ValidationError, match="sich selbst"):
        merge(two, one, by=OPERATOR)
    with pytest.raises(ValidationError):
        merge(one, three, by=OPERATOR)
    merge(two, one if False else three, by=OPERATOR)
    assert {each.merged_into_id for each in Ticket.objects.filter(pk__in=(one.pk, two.pk))} == {three.pk}
    assert list(Ticket.objects.all().standing()) == [three]
    with pytest.raises(PermissionDenied):
        merge(three, a_ticket(editor_of(ahausen)), by=editor_of(ahausen))
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=three.pk).update(merged_into=three.pk)


def test_every_happening_is_told_once_and_notes_say_for_whom(ahausen, monkeypatch):
    monkeypatch.setattr(happenings, "_listeners", [])
    heard = []
    happenings.listen(lambda each: heard.append((each.name, each.only)))
    ticket = a_ticket(editor_of(ahausen))
    services.comment(ticket, "Hallo", by=OPERATOR)
    services.comment(ticket, "Intern", by=OPERATOR, about=participant_of(ahausen))
    services.change_state(ticket, State.PLANNED, by=OPERATOR)
    services.change_state(ticket, State.PLANNED, by=OPERATOR)
    assert heard == [
        ("reported", None),
        ("commented", None),
        ("noted", participant_of(ahausen)),
        ("state_changed", None),
    ]


def test_texts_are_bounded_and_bounded_by_the_database_too(ahausen):
    for field, length in (("title", 121), ("happened", 5001), ("expected", 10**7)):
        with pytest.raises(ValidationError):
            a_ticket(editor_of(ahausen), **{"title": "Kurz", field: "x" * length})
    ticket = a_ticket(editor_of(ahausen))
    with pytest.raises(ValidationError):
        services.comment(ticket, "x" * 10**7, by=editor_of(ahausen))
    with pytest.raises(ValidationError):
        services.comment(ticket, "  ", by=editor_of(ahausen))
    assert Ticket.objects.count() == 1


def test_severity_is_for_errors_and_set_by_the_operator(ahausen):
    ticket = a_ticket(editor_of(ahausen))
    with pytest.raises(PermissionDenied):
        services.sort_in(ticket, by=editor_of(ahausen), severity="minor")
    services.sort_in(ticket, by=OPERATOR, severity="blocking", area="desk")
    assert Ticket.objects.get().severity == "blocking"
    assert services.sort_in(ticket, by=OPERATOR, kind="wish").severity == ""


def test_planners_are_of_the_town_hall(ahausen):
    planner = of_municipality(participant_of(ahausen), Role.PLANNER, person=3)
    assert planner.sees_all
    assert not planner.may_decide


@pytest.mark.parametrize(
    ("written", "number"),
    [("T-1423", 1423), ("t 1423", 1423), (" 1423 ", 1423), ("T- 7", 7), ("", None), ("T-", None), ("T-7a", None),
     ("-7", None), ("١٢", None), ("1" * 16, None)],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(written, number):
    assert number_of(written) == number
