"""What two municipalities agree on: both consent, either ends it, nobody does it for somebody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit.models import Entry
from core.access import Role
from core.work import sources_for
from jobs.declare import Job
from mail.models import OutboxMessage
from neighbours import indexing, services
from neighbours.models import Agreement, Capacity, IndexedOffer, IndexedTown, Kind, Roof, State
from neighbours.services import Speaker
from neighbours.showing import around
from neighbours.tasks import fill_index, look_after_index, tell_other_side
from tenants.lifecycle.states import delete_municipality
from tenants.models import Municipality
from tenants.running.context import inside, inside_public
from tenants.transfer.exporting import write_export
from tenants.transfer.restoring import restore_municipality
from tests.conftest import municipality
from tests.factories import an_offer
from tests.neighbours.people import agree, propose, span, speaker
from tests.neighbours.reference import indexed


def accept(agreement, town):
    with inside(town):
        return services.accept(agreement, by=speaker(town))


def end(agreement, town):
    with inside(town):
        return services.end(agreement, by=speaker(town))


def queued(job: Job) -> list[dict]:
    return [each for found in job.under_way().values() for each in found]


def test_both_sides_consent_with_time_and_capacity_and_no_person(ahausen, bedorf):
    agreement = propose(ahausen, bedorf)
    assert (agreement.state, agreement.first_agreed_as, agreement.second_agreed_at) == ("proposed", "editor", None)
    with inside(bedorf):
        found = services.accept(agreement, by=Speaker(bedorf.pk, Capacity.ADMIN, "eva@bedorf.example"))
    assert (found.state, found.second_agreed_as) == ("agreed", "admin")
    assert found.first_agreed_at <= found.second_agreed_at
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(a)::text FROM neighbours_agreement a")
        assert "@" not in cursor.fetchone()[0]
    with inside(bedorf):
        entry = Entry.objects.get(action="neighbours.agreed")
        assert entry.actor == "eva@bedorf.example"


def test_who_proposed_cannot_consent_for_the_other_side(ahausen, bedorf):
    agreement = propose(ahausen, bedorf)
    with pytest.raises(ValidationError, match="nichts mehr"):
        accept(agreement, ahausen)
    agreement.refresh_from_db()
    assert agreement.state == State.PROPOSED


def test_nobody_is_their_own_neighbour(ahausen):
    with pytest.raises(ValidationError, match="nicht ihre eigene"):
        propose(ahausen, ahausen)
    today = timezone.localdate()
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.create(kind="neighbour", first=ahausen, second=ahausen, valid_from=today, proposed_by="first",
                                 first_agreed_at=timezone.now(), first_agreed_as="editor")  # fmt: skip


def test_the_same_is_not_proposed_twice_from_either_side(ahausen, bedorf):
    propose(ahausen, bedorf)
    for one, other in ((ahausen, bedorf), (bedorf, ahausen)):
        with pytest.raises(ValidationError, match="gibt es eine solche"):
            propose(one, other)
    assert Agreement.objects.count() == 1
    # For other days there may be one.
    first = Agreement.objects.get()
    Agreement.objects.filter(pk=first.pk).update(valid_until=timezone.localdate() + timedelta(days=9))
    assert propose(bedorf, ahausen, days=span(10)).state == State.PROPOSED


def test_the_database_refuses_an_agreement_of_one(ahausen, bedorf):
    agreement = propose(ahausen, bedorf)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(state="agreed")


@pytest.mark.parametrize("days", [(3, 2), (-9, -1)])
def test_the_last_day_lies_neither_before_the_first_nor_in_the_past(ahausen, bedorf, days):
    with pytest.raises(ValidationError, match="letzte Tag"):
        propose(ahausen, bedorf, days=span(*days))


def test_a_proposal_whose_days_are_over_cannot_be_accepted(ahausen, bedorf):
    agreement = propose(ahausen, bedorf, days=span(-9))
    Agreement.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(ValidationError, match="vorbei"):
        accept(agreement, bedorf)


def test_refusing_taking_back_and_ending_have_their_names(ahausen, bedorf):
    assert end(propose(ahausen, bedorf), bedorf).state == State.REFUSED
    assert end(propose(ahausen, bedorf), ahausen).state == State.WITHDRAWN
    agreement = agree(ahausen, bedorf)
    ended = end(agreement, ahausen)
    assert (ended.state, ended.ended_by, ended.ended_as) == (State.REVOKED, "first", "editor")
    # Once more changes nothing.
    assert end(agreement, bedorf).ended_by == "first"
    assert accept_fails(agreement, bedorf)


def accept_fails(agreement, town):
    try:
        accept(agreement, town)
    except ValidationError:
        return True
    return False


def test_the_index_begins_with_the_agreement_and_ends_with_the_last(ahausen, bedorf):
    with inside(bedorf):
        an_offer(title="Segeln")
    agreement = propose(ahausen, bedorf)
    assert not IndexedTown.objects.exists()
    accept(agreement, bedorf)
    assert len(queued(fill_index)) == 2
    assert not IndexedOffer.objects.exists()
    with inside(bedorf):
        fill_index()
    assert [row["title"] for row in indexed(bedorf).values()] == ["Segeln"]
    end(agreement, bedorf)
    assert not IndexedTown.objects.exists()
    assert not IndexedOffer.objects.exists()


def test_an_agreement_that_ran_out_leaves_nothing_behind_after_the_night(ahausen, bedorf):
    agree(ahausen, bedorf, days=span(0, 3))
    Agreement.objects.update(valid_from=timezone.localdate() - timedelta(days=9),
                             valid_until=timezone.localdate() - timedelta(days=1))  # fmt: skip
    look_after_index()
    assert not IndexedTown.objects.exists()


def test_the_night_compares_each_of_them(ahausen, bedorf):
    agree(ahausen, bedorf)
    look_after_index()
    assert {name for name, found in fill_index.under_way().items() if found} == {"ahausen", "bedorf"}


def test_the_other_side_is_told_by_mail_in_its_own_municipality(ahausen, bedorf, person):
    person(bedorf, Role.EDITOR)
    person(ahausen, Role.EDITOR)
    agreement = propose(ahausen, bedorf)
    assert list(tell_other_side.under_way()) == ["bedorf"]
    (arguments,) = queued(tell_other_side)
    with inside(bedorf):
        tell_other_side(**arguments)
        mail = OutboxMessage.objects.get()
        assert mail.to == "editor@bedorf.example"
        assert "Stadt Ahausen schlägt vor" in mail.body
        assert "http://bedorf.localhost:8000/redaktion/nachbarn/" in mail.body
    with inside(ahausen):
        assert not OutboxMessage.objects.exists()
    # What has gone on since is told by the job of that.
    end(agreement, ahausen)
    with inside(bedorf):
        tell_other_side(**arguments)
        assert OutboxMessage.objects.count() == 1


def test_a_proposal_waits_on_the_desk_of_the_other_side_alone(ahausen, bedorf):
    propose(ahausen, bedorf)
    (source,) = [each for each in sources_for([Role.EDITOR]) if each.kind == "nachbarn"]
    with inside(bedorf):
        ((key, _since),) = source.rows()
        (item,) = source.tell([key])
        assert (item.title, item.url) == ("Stadt Ahausen", "/redaktion/nachbarn/")
    with inside(ahausen):
        assert list(source.rows()) == list(source.tell([key])) == []


def test_a_roof_portal_is_marked_by_the_operator_and_its_members_consent(ahausen, bedorf):
    with pytest.raises(ValidationError, match="kein Dachportal"):
        propose(ahausen, bedorf, Kind.ROOF)
    with inside_public():
        services.mark_roof(ahausen, by="betrieb")
        agreement = services.propose(Kind.ROOF, first=ahausen, second=bedorf, span=span(), by=speaker(None))
    assert (agreement.state, agreement.first_agreed_as) == ("proposed", "operator")
    with inside(ahausen):
        assert [town.name for town in around().roof.towns] == []
    accept(agreement, bedorf)
    for town in (ahausen, bedorf):
        indexing.fill(town.schema_name)
    with inside(ahausen):
        assert sorted(town.name for town in around().roof.towns) == ["Gemeinde Bedorf", "Stadt Ahausen"]
    with inside(bedorf):
        assert not around().roof
        assert not around().neighbours


def test_a_roof_portal_no_more_is_none_for_its_members_either(ahausen, bedorf):
    services.mark_roof(ahausen, by="betrieb")
    agreement = agree(ahausen, bedorf, Kind.ROOF)
    with inside_public():
        services.unmark_roof(ahausen, by=speaker(None))
    agreement.refresh_from_db()
    assert (agreement.state, agreement.ended_by) == ("revoked", "operator")
    assert not Roof.objects.exists()
    with inside(ahausen):
        assert not around().roof


def test_the_operator_cannot_make_neighbours_of_two(ahausen, bedorf):
    with pytest.raises(ValidationError, match="für zwei andere"), inside_public():
        services.propose(Kind.NEIGHBOUR, first=ahausen, second=bedorf, span=span(), by=speaker(None))


def test_a_municipality_that_is_not_live_is_not_asked(ahausen, bedorf):
    bedorf.state = "suspended"
    bedorf.save()
    with pytest.raises(ValidationError, match="nicht öffentlich"):
        propose(ahausen, bedorf)


def _together(*works):
    """Each in a thread of its own; what they gave or raised."""

    def run(work):
        try:
            return work()
        except ValidationError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [each.result() for each in [pool.submit(run, work) for work in works]]


def test_two_colleagues_consent_at_once(own_database):
    ahausen, bedorf = municipality("ahausen"), municipality("bedorf")
    agreement = propose(ahausen, bedorf)
    found = _together(*[lambda: accept(agreement, bedorf)] * 4)
    assert [each.state for each in found] == ["agreed"] * 4
    with inside(bedorf):
        assert Entry.objects.filter(action="neighbours.agreed").count() == 1


def test_both_propose_at_once(own_database):
    ahausen, bedorf = municipality("ahausen"), municipality("bedorf")
    found = _together(*[lambda: propose(ahausen, bedorf), lambda: propose(bedorf, ahausen)] * 3)
    assert sum(isinstance(each, Agreement) for each in found) == 1
    assert sum(isinstance(each, ValidationError) for each in found) == 5


def test_a_deleted_municipality_leaves_nothing(own_database, settings, tmp_path):
    settings.EXPORT_DIR = tmp_path
    ahausen, bedorf = municipality("ahausen"), municipality("bedorf")
    with inside(bedorf):
        an_offer(title="Segeln")
    agree(ahausen, bedorf)
    assert IndexedOffer.objects.exists()
    delete_municipality("bedorf", confirm="bedorf")
    assert not Municipality.objects.filter(slug="bedorf").exists()
    assert not Agreement.objects.exists()
    assert not IndexedOffer.objects.exists()
    assert not IndexedTown.objects.exists()
    with inside(ahausen):
        assert not around().neighbours
        assert Entry.objects.filter(action="neighbours.gone").count() == 1


def test_what_comes_back_from_an_older_backup_has_to_agree_anew(own_database, settings, tmp_path):
    """An agreement is of both sides: neither one's backup has it, and nobody is bound by what they do not know of."""
    settings.EXPORT_DIR = tmp_path
    ahausen, bedorf = municipality("ahausen"), municipality("bedorf")
    with inside(bedorf):
        an_offer(title="Segeln")
    path = tmp_path / "bedorf.zip"
    write_export(bedorf, path)
    agreement = agree(ahausen, bedorf)
    with inside(bedorf):
        an_offer(title="Nach der Sicherung")
    delete_municipality("bedorf", confirm="bedorf")
    restore_municipality(path)
    back = municipality("bedorf")
    assert back.pk != bedorf.pk
    assert not Agreement.objects.filter(pk=agreement.pk).exists()
    with inside(ahausen):
        assert not around().neighbours
    agree(ahausen, back)
    assert [row["title"] for row in indexed(back).values()] == ["Segeln"]
    with inside(ahausen):
        assert [town.number for town in around().neighbours.towns] == [back.pk]
