"""Months are kept of the nights, and medians are decided once, of those who agreed while the month lasted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from comparison import services
from comparison.keeping import decide, keep_months
from comparison.models import Cohort, Consent, Group, Median, Member, MonthFigures
from comparison.reading import part_of, told
from core.access import Role
from tenants.models import Municipality, MunicipalityFigures
from tenants.running.context import inside, inside_public
from tracker.tickets.models import Participant
from tracker.tickets.participating import participant_of

MARCH, APRIL = date(2027, 3, 1), date(2027, 4, 1)
IN_FEBRUARY = datetime(2027, 2, 10, tzinfo=UTC)
PAGE = "/redaktion/vergleich/"


def a_town(number, *, group=None, since=IN_FEBRUARY, agreed=IN_FEBRUARY, inhabitants=10_000):
    """A municipality of which there is nothing but what stands in the shared schema."""
    slug = f"ort-{number}"
    town = Municipality.objects.create(slug=slug, schema_name=slug, name=f"Ort {number}")
    Participant.objects.filter(pk=participant_of(town).pk).update(inhabitants=inhabitants)
    if group is not None:
        Member.objects.create(municipality=town, group=group, since=since)
    if agreed is not None:
        Consent.objects.create(municipality=town, since=agreed)
    return town


def night(town, day, offers, **more):
    MunicipalityFigures.objects.create(
        municipality=town, night=day, published_offers=offers, providers=more.pop("providers", 10),
        measured_at=timezone.now(), **more,
    )  # fmt: skip


@pytest.fixture
def group(ahausen):
    with inside_public():
        yield Group.objects.create(name="Kleine Städte", sentence="Bis 20.000.")


def test_of_each_month_the_last_night_stays_and_a_month_that_is_over_does_not_change(group):
    town = a_town(1)
    for day, offers in ((date(2027, 3, 2), 10), (date(2027, 3, 31), 20), (APRIL, 30)):
        night(town, day, offers, free_offers=offers // 2)
    assert keep_months(APRIL) == 2
    assert keep_months(APRIL) == 0
    rows = MonthFigures.objects.order_by("month").values_list("month", "published_offers", "free_offers", "inhabitants")
    assert list(rows) == [(MARCH, 20, 10, 10_000), (APRIL, 30, 15, 10_000)]
    MunicipalityFigures.objects.filter(night__lt=APRIL).delete()
    night(town, date(2027, 4, 2), 40)
    assert keep_months(date(2027, 4, 2)) == 1
    assert list(rows.all()) == [(MARCH, 20, 10, 10_000), (APRIL, 40, 0, 10_000)]


def test_the_median_is_of_those_who_agreed_were_counted_and_have_all_it_takes(group):
    offers = [100, 200, 300, 400, 500, 613]
    for number, each in enumerate(offers):
        night(a_town(number, group=group), date(2027, 3, 31), each, free_offers=each // 4)
    late, outside = datetime(2027, 4, 1, 0, 0, 1, tzinfo=UTC), a_town(20)
    for number, (more, figures) in enumerate(
        (
            ({"agreed": None}, {}),
            ({"agreed": late}, {}),
            ({"since": late}, {}),
            ({"inhabitants": None}, {}),
            ({}, {"providers": 0}),
            ({}, {"day": date(2027, 3, 20)}),
        )
    ):
        figures.setdefault("day", date(2027, 3, 31))
        night(a_town(10 + number, group=group, **more), offers=9000, **figures)
    night(outside, date(2027, 3, 31), 9000)
    keep_months(APRIL)
    assert decide(APRIL) == 1
    medians = dict(Median.objects.values_list("figure", "value"))
    assert medians == {
        "offers": 350, "providers": 10, "offers_per_thousand": 35, "offers_per_provider": 35, "free_share": 25,
        "accessible_share": 0,
    }  # fmt: skip
    # Decided once: whoever leaves afterwards changes nothing that was told.
    Consent.objects.filter(municipality__slug="ort-0").delete()
    assert decide(APRIL + timedelta(days=3)) == 0
    assert dict(Median.objects.values_list("figure", "value")) == medians


def test_five_are_too_few_and_only_who_takes_part_sees_anything(group):
    towns = [a_town(number, group=group) for number in range(5)]
    for each in towns:
        night(each, date(2027, 3, 31), 100)
    keep_months(APRIL)
    assert decide(APRIL) == 1
    assert (Cohort.objects.get().towns, Median.objects.count()) == ([], 0)
    assert [each.medians for each in told(part_of(towns[0]))] == [{}]
    Consent.objects.filter(municipality=towns[0]).delete()
    assert told(part_of(towns[0])) == []


def test_whoever_leaves_is_in_no_later_month(group):
    towns = [a_town(number, group=group) for number in range(9)]
    for each in towns:
        night(each, date(2027, 3, 31), 100)
        night(each, date(2027, 4, 30), 200)
    keep_months(APRIL)
    decide(APRIL)
    services.withdraw(towns[0], by="eva")
    keep_months(date(2027, 5, 1))
    decide(date(2027, 5, 1))
    april, march = (set(each) for each in Cohort.objects.order_by("-month").values_list("towns", flat=True))
    assert (len(march), len(april), towns[0].pk in april) == (9, 6, False)


def test_a_municipality_is_in_one_group_at_most(group):
    other, town = Group.objects.create(name="Andere"), a_town(1, group=group)
    assert services.add(other, [town], by="olga") == 1
    assert services.add(other, [town], by="olga") == 0
    assert list(Member.objects.values_list("group__name", flat=True)) == ["Andere"]


def test_the_town_hall_agrees_and_withdraws_on_its_page_and_its_log_knows(ahausen, bedorf, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    assert "Sie nehmen nicht teil" in editor.get(PAGE).content.decode()
    assert editor.post(PAGE, {"tun": "etwas"}).status_code == 400
    assert editor.post(PAGE, {"tun": "teilnehmen"}).status_code == 302
    assert "Sie nehmen teil" in editor.get(PAGE).content.decode()
    assert list(Consent.objects.values_list("municipality", flat=True)) == [ahausen.pk]
    assert editor.post(PAGE, {"tun": "beenden"}).status_code == 302
    assert not Consent.objects.exists()
    log = signed_in(ahausen, Role.ADMIN).get("/redaktion/protokoll/").content.decode()
    assert "hat der Teilnahme der Kommune am Vergleich zugestimmt" in log
    assert "hat die Teilnahme der Kommune am Vergleich beendet" in log


def test_the_commands_make_groups_and_note_inhabitants(ahausen, bedorf, tmp_path, capsys):
    call_command("comparison_groups", "Städte", "--sentence", "Ähnlich groß.", "--add", "ahausen", "bedorf")
    call_command("comparison_groups", "Städte", "--remove", "bedorf")
    assert "Städte: 0 von 1 nehmen teil: ahausen" in capsys.readouterr().out
    file = tmp_path / "einwohner.csv"
    file.write_text("ahausen;12.345\nbedorf;900\n", encoding="utf-8")
    call_command("set_inhabitants", str(file))
    with inside_public():
        assert dict(Participant.objects.values_list("slug", "inhabitants")) == {"ahausen": 12345, "bedorf": 900}
    file.write_text("ahausen;1\nbedorf;viele\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Zeile 2"):
        call_command("set_inhabitants", str(file))
    file.write_text("ahausen;1\nnirgends;2\n", encoding="utf-8")
    with pytest.raises(CommandError, match="nirgends"):
        call_command("set_inhabitants", str(file))
    with inside(ahausen):
        assert Participant.objects.get(slug="ahausen").inhabitants == 12345
