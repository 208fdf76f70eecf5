"""An issue makes itself: what is new, what is coming, what is left to the editors."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.newsletter import editing, making, sending, showing
from portal.newsletter.making import Period, next_draft
from portal.newsletter.models import Issue, Part, Rhythm
from portal.offers.models import Offer
from portal.offers.states import State
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.factories import an_offer
from tests.newsletter.town import NOW, a_newsletter, a_running_mailing, an_issue, dated, readers


@pytest.fixture
def town(ahausen):
    with inside(ahausen), time_machine.travel(NOW, tick=False):
        yield ahausen


def told(issue, part):
    return [each.offer.title for each in issue.items.filter(part=part, chosen=True).select_related("offer")]


def offered(issue):
    return {each.offer.title for each in issue.items.filter(chosen=False).select_related("offer")}


def test_what_became_public_since_the_last_issue_is_new_the_newest_first(town):
    newsletter = a_newsletter()
    an_offer(title="Uralt", published_at=NOW - timedelta(days=40))
    an_offer(title="Älter", published_at=NOW - timedelta(days=20))
    an_offer(title="Neuer", published_at=NOW - timedelta(days=2))
    an_offer(title="Entwurf", published_at=None, state="draft")
    first = an_issue(newsletter)
    assert told(first, Part.NEW) == ["Neuer", "Älter"]
    an_offer(title="Danach", published_at=NOW + timedelta(hours=1))
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        second = an_issue(newsletter, now=NOW + timedelta(days=7))
    assert told(second, Part.NEW) == ["Danach"], "nothing is new twice"


def test_what_takes_place_in_the_period_is_coming_and_weekly_things_are_only_offered(town):
    newsletter = a_newsletter(days_ahead=14)
    for number in range(6):
        dated(f"Fest {number}", days=number + 1)
    dated("Fest danach", days=15)
    dated("Jeden Montag Chor", days=3, rrule="FREQ=WEEKLY;BYDAY=TH")
    issue = an_issue(newsletter)
    assert told(issue, Part.COMING) == [f"Fest {number}" for number in range(6)]
    assert offered(issue) == {"Jeden Montag Chor"}


def test_where_little_else_is_on_the_weekly_things_are_told(town):
    newsletter = a_newsletter()
    dated("Fest", days=2)
    dated("Chor", days=3, rrule="FREQ=WEEKLY;BYDAY=TH")
    assert told(an_issue(newsletter), Part.COMING) == ["Fest", "Chor"]


def test_what_is_new_stands_there_once(town):
    newsletter = a_newsletter()
    dated("Neues Fest", days=2, published=NOW - timedelta(days=1))
    issue = an_issue(newsletter)
    assert told(issue, Part.NEW) == ["Neues Fest"]
    assert told(issue, Part.COMING) == []


def test_a_newsletter_tells_of_its_search_and_an_issue_of_chosen_topics(town):
    family, sport = Category.objects.create(name="Familie"), Category.objects.create(name="Sport")
    for topic in (family, sport):
        dated(f"Fest {topic.name}", days=2, categories=[topic])
    assert told(an_issue(a_newsletter(query=f"kategorie={family.pk}")), Part.COMING) == ["Fest Familie"]
    newsletter = a_newsletter("Alles")
    issue = making.make(newsletter, making.usual_period(newsletter, now=NOW), now=NOW, by=None, topics=[sport.pk])
    assert told(issue, Part.COMING) == ["Fest Sport"]


def test_a_search_that_lost_its_topic_tells_of_nothing_instead_of_everything(town):
    topic = Category.objects.create(name="Weg")
    newsletter = a_newsletter(query=f"kategorie={topic.pk}")
    topic.delete()
    dated("Fest", days=2)
    assert not an_issue(newsletter).items.exists()


def test_a_double_click_makes_one_draft(town):
    newsletter = a_newsletter()
    dated("Fest", days=2)
    period, key = making.usual_period(newsletter, now=NOW), making.number_of(newsletter)
    made = [making.make(newsletter, period, now=NOW, by=None, key=key) for _press in range(2)]
    assert made[0].pk == made[1].pk
    assert Issue.objects.count() == 1


@pytest.mark.parametrize(
    ("rhythm", "after", "expected"),
    [
        (Rhythm.WEEKLY, datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 9, 4, tzinfo=UTC)),
        (Rhythm.WEEKLY, datetime(2026, 3, 27, 9, tzinfo=UTC), datetime(2026, 3, 30, 3, tzinfo=UTC)),
        (Rhythm.MONTHLY, datetime(2026, 12, 1, 5, tzinfo=UTC), datetime(2027, 1, 1, 4, tzinfo=UTC)),
        (Rhythm.NEVER, datetime(2026, 3, 2, 9, tzinfo=UTC), None),
    ],
)
def test_a_draft_is_made_before_work_begins(rhythm, after, expected):
    assert next_draft(rhythm, after=after) == expected


def test_drafts_make_themselves_when_there_is_something_and_no_draft_waits(town):
    newsletter = a_newsletter(rhythm=Rhythm.WEEKLY, due_at=NOW - timedelta(minutes=1))
    assert making.make_due(newsletter, now=NOW) is None, "nothing to tell"
    newsletter.refresh_from_db()
    assert newsletter.due_at == datetime(2026, 3, 9, 4, tzinfo=UTC)
    dated("Fest", days=2)
    made = making.make_due(newsletter, now=NOW)
    assert made is not None
    assert made.by_itself
    assert making.make_due(newsletter, now=NOW + timedelta(days=7)) is None, "the last one waits still"


def test_a_draft_says_what_offers_say_now_and_a_sent_issue_what_they_said_then(town):
    newsletter = a_newsletter()
    offer = dated("Fest", days=2)
    gone = dated("Abgesagt", days=3)
    readers(newsletter, 1)
    issue = an_issue(newsletter)
    Offer.objects.filter(pk=offer.pk).update(title="Großes Fest")
    Offer.objects.filter(pk=gone.pk).update(state=State.PAUSED)
    [section] = showing.sections(issue, by_topic=False)
    assert [each.title for each in section.groups[0][1]] == ["Großes Fest"]
    mailing = sending.plan(issue, at=NOW, by=None, version=issue.version)
    sending.begin(mailing.pk, now=NOW)
    Offer.objects.filter(pk=offer.pk).update(title="Ganz anders")
    issue.refresh_from_db()
    [section] = showing.sections(issue, by_topic=False)
    [entry] = section.groups[0][1]
    assert (entry.title, entry.path) == ("Großes Fest", f"/angebote/{offer.pk}-{offer.slug}/")
    Offer.objects.get(pk=offer.pk).delete()
    [section] = showing.sections(issue, by_topic=False)
    [entry] = section.groups[0][1]
    assert (entry.title, entry.path, entry.gone) == ("Großes Fest", "", True)


def test_what_an_issue_says_of_dates_holds_whenever_it_is_read(town):
    newsletter = a_newsletter()
    dated("Heute", days=0)
    dated("Morgen", days=1)
    dated("Wieder", days=-7, rrule="FREQ=WEEKLY;BYDAY=MO")
    period = Period(NOW, date(2026, 3, 2), date(2026, 3, 20))
    issue = making.make(newsletter, period, now=NOW, by=None)
    [section] = showing.sections(issue, by_topic=False)
    said, where = {each.title: each.about for each in section.groups[0][1]}, " · Gesamtes Stadtgebiet"
    assert said == {
        "Heute": f"Mo., 02.03., 15:00–17:00 Uhr{where}", "Morgen": f"Di., 03.03., 15:00–17:00 Uhr{where}",
        "Wieder": f"Mo., 02.03., 15:00–17:00 Uhr{where}",
    }  # fmt: skip
    later = making.make(newsletter, Period(NOW, date(2026, 3, 9), date(2026, 3, 20)), now=NOW, by=None)
    [section] = showing.sections(later, by_topic=False)
    assert {each.title: each.about for each in section.groups[0][1]} == {
        "Wieder": f"Mo., 09.03., 15:00–17:00 Uhr{where}"
    }


def test_more_than_anybody_reads_is_offered_and_not_chosen(town):
    for number in range(30):
        an_offer(title=f"Kurs {number}", published_at=NOW - timedelta(days=1))
    issue = an_issue(a_newsletter())
    assert (len(told(issue, Part.NEW)), issue.items.count()) == (making.MOST_CHOSEN, making.MOST_NEW)


def test_new_ones_stand_by_topic_where_the_newsletter_wants_it(town):
    family, sport = Category.objects.create(name="Familie"), Category.objects.create(name="Sport")
    below = Category.objects.create(name="Turnen", parent=sport)
    for title, topic in (("A", below), ("B", family), ("C", sport), ("D", None)):
        an_offer(title=title, categories=[topic] if topic else [], published_at=NOW - timedelta(days=1))
    issue = an_issue(a_newsletter(by_topic=True))
    [section] = showing.sections(issue, by_topic=True)
    found = {name: sorted(each.title for each in entries) for name, entries in section.groups}
    assert found == {"Sport": ["A", "C"], "Familie": ["B"], "": ["D"]}
    assert section.groups[-1][0] == ""


def test_the_period_may_be_any(town):
    newsletter = a_newsletter()
    dated("Bald", days=1)
    dated("Später", days=40)
    period = Period(NOW - timedelta(days=1), date(2026, 4, 1), date(2026, 4, 30))
    assert told(making.make(newsletter, period, now=NOW, by=None), Part.COMING) == ["Später"]


def test_showing_an_issue_takes_the_same_statements_however_long_it_is(town, django_assert_num_queries):
    newsletter = a_newsletter()
    readers(newsletter, 1)
    for number in range(2):
        dated(f"Fest {number}", days=2)
    short = an_issue(newsletter)
    for number in range(20):
        dated(f"Feier {number}", days=3)
    long = an_issue(a_newsletter("Alles"))
    with CaptureQueriesContext(connection) as small:
        showing.sections(short, by_topic=True)
    assert len(small) < 9
    with django_assert_num_queries(len(small.captured_queries)):
        showing.sections(long, by_topic=True)
    sent = a_running_mailing(newsletter).issue
    with django_assert_num_queries(2):
        showing.sections(sent, by_topic=True)


def test_settings_saved_while_a_draft_was_made_do_not_have_it_made_again(town):
    newsletter = a_newsletter(rhythm=Rhythm.MONTHLY, due_at=NOW)
    read_before = type(newsletter).objects.get(pk=newsletter.pk)
    making.make_due(newsletter, now=NOW)
    then = type(newsletter).objects.get(pk=newsletter.pk).due_at
    assert then > NOW
    saved = editing.save_newsletter(read_before, by=None, now=NOW)
    assert type(saved).objects.get(pk=saved.pk).due_at == then
