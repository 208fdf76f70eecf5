"""Figures of providers equal an independent recount: generated visits go through the real application and the real
database, and a slow counter that only reads the rules in words counts beside it."""

import random
import statistics
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from accounts.models import User
from portal.figures import sums
from portal.figures.asking import asked_by
from portal.figures.measures import BOOKMARKS, CALENDAR, CONTACTS, MEASURES, VIEWS
from portal.offers.models import Offer
from portal.providers.models import Membership
from portal.taxonomy.models import Category
from portal.usage.served import record, tally
from tenants.running.context import inside
from tenants.running.page_cache import PageCache
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider, an_offer

HOST = "ahausen.localhost"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
FIRST = datetime(2026, 11, 20, 10, tzinfo=UTC)
TODAY = date(2026, 11, 28)
VISITS = 260
NAMES = {VIEWS: "views", CONTACTS: "contacts", BOOKMARKS: "bookmarks", CALENDAR: "calendar"}


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    tally._counts.clear()
    yield
    tally._counts.clear()


@pytest.fixture
def town(own_database):
    """Two organisations' offers: three of Helga's, six of others, one of which nobody may see."""
    with inside(municipality("ahausen")):
        sport = Category.objects.create(name="Sport")
        club, others = a_provider(name="Treff"), a_provider(name="Andere")
        helga = User.objects.create_user("helga@verein.example", PASSWORD, name="Helga")
        Membership.objects.create(provider=club, user=helga, role=Membership.Role.MEMBER)
        since = FIRST - timedelta(days=30)
        own = [an_offer(title=f"Eigenes {n}", provider=club, published_at=since, categories=[sport]) for n in range(3)]
        rest = [an_offer(title=f"Fremdes {n}", provider=others, published_at=since) for n in range(6)]
        draft = an_offer(title="Entwurf", provider=others, state="draft", published_at=None)
    return helga, own, rest, draft


class Slow:
    """Counts by hand: what a page with these words means, one visit after the other."""

    def __init__(self) -> None:
        self.days: dict[tuple[int, str], Counter[date]] = defaultdict(Counter)

    def count(self, offer: Offer, what: str, day: date) -> None:
        self.days[offer.pk, what][day] += 1

    def whole(self, offers, what: str, since: date) -> int:
        return sum(n for each in offers for day, n in self.days[each.pk, what].items() if day >= since)


def visit(application, method, path, *, agent=FIREFOX, data=None, **headers):
    make = RequestFactory(HTTP_HOST=HOST, HTTP_USER_AGENT=agent)
    request = make.post(path, data, **headers) if method == "POST" else make.get(path, **headers)
    status: list[str] = []
    b"".join(application(request.environ, lambda given, _headers, *_rest: status.append(given)))
    return status[0]


def one_visit(dice, application, town, slow, day):
    """Something a visitor, a program or a signed-in person does; what of it counts is told to the slow counter."""
    _helga, own, rest, draft = town
    offer = dice.choice([*own, *own, *rest])
    page = offer.get_absolute_url()
    ours = {"HTTP_REFERER": f"http://{HOST}{page}"}
    told = {"HTTP_ORIGIN": f"http://{HOST}"}
    kind = dice.randrange(12)
    if kind <= 3:
        assert visit(application, "GET", page) == "200 OK"
        slow.count(offer, "views", day)
    elif kind == 4:
        assert visit(application, "GET", f"{page}kontakt/") == "200 OK"
        slow.count(offer, "contacts", day)
    elif kind == 5:
        visit(application, "POST", "/angebote/zaehlen/", data={"angebot": offer.pk, "was": "phone"}, **told)
        slow.count(offer, "contacts", day)
    elif kind == 6:
        visit(application, "POST", "/angebote/zaehlen/", data={"angebot": offer.pk, "was": "bookmark"}, **told)
        slow.count(offer, "bookmarks", day)
    elif kind == 7:
        assert visit(application, "GET", f"{page}termine.ics", **ours) == "200 OK"
        slow.count(offer, "calendar", day)
    elif kind == 8:
        both = dice.sample([*own, *rest], 2)
        asked = ",".join(str(each.pk) for each in both)
        assert visit(application, "GET", f"/merkliste/termine.ics?angebote={asked}", **ours) == "200 OK"
        for each in both:
            slow.count(each, "calendar", day)
    else:
        not_counted(dice, application, offer, page, draft)


def not_counted(dice, application, offer, page, draft):
    """Programs, subscriptions, other websites, the signed-in, and what nobody may see."""
    told = {"HTTP_ORIGIN": f"http://{HOST}"}
    beacon = {"angebot": offer.pk, "was": "mail"}
    deeds = [
        lambda: visit(application, "GET", page, agent=ROBOT),
        lambda: visit(application, "GET", f"{page}termine.ics"),
        lambda: visit(application, "GET", page, HTTP_COOKIE="sessionid=abc"),
        lambda: visit(application, "POST", "/angebote/zaehlen/", data=beacon, HTTP_ORIGIN="https://evil.example"),
        lambda: visit(application, "POST", "/angebote/zaehlen/", data=beacon),
        lambda: visit(application, "POST", "/angebote/zaehlen/", data=beacon, agent=ROBOT, **told),
        lambda: visit(application, "POST", "/angebote/zaehlen/", data=beacon, HTTP_COOKIE="sessionid=abc", **told),
        lambda: visit(application, "POST", "/angebote/zaehlen/", data={**beacon, "was": "form"}, **told),
        lambda: visit(application, "POST", "/angebote/zaehlen/", data={"angebot": draft.pk, "was": "mail"}, **told),
        lambda: visit(application, "GET", f"/angebote/{draft.pk}-entwurf/"),
    ]
    dice.choice(deeds)()


def test_figures_equal_an_independent_recount(town):
    dice, slow = random.Random(13), Slow()
    helga, own, rest, _draft = town
    application = PageCache(get_wsgi_application(), served=record)
    moment = FIRST
    for number in range(VISITS):
        if number % 30 == 29:
            moment += timedelta(days=1)
        with time_machine.travel(moment, tick=False):
            one_visit(dice, application, town, slow, moment.date())
        if number % 50 == 49:
            tally.write()
    tally.write()
    since = TODAY - timedelta(days=5)
    with inside(municipality("ahausen")), time_machine.travel(datetime(2026, 11, 28, 12, tzinfo=UTC), tick=False):
        request = RequestFactory().get("/konto/statistik/", {"von": since.isoformat(), "bis": TODAY.isoformat()})
        request.user = helga
        cache.clear()
        asked = asked_by(request)
        whole, parts = asked.own
        for measure in MEASURES:
            what = NAMES[measure]
            assert whole.of(measure) == slow.whole(own, what, since), what
            by_day = [sum(slow.days[each.pk, what][since + timedelta(days=n)] for each in own) for n in range(6)]
            assert [each.of(measure) for each in parts] == by_day, what
            medians = statistics.median(slow.whole([each], what, since) for each in rest)
            assert asked.usual.whole.medians[measure.name] == medians, what
        rows = {row.pk: row.numbers for row in sums.by_offer(asked.offers, asked.period, measure=VIEWS, most=None)}
        wanted = {each.pk: [slow.whole([each], NAMES[measure], since) for measure in MEASURES] for each in own}
        assert rows == wanted
    assert slow.whole(own, "views", since) > 10, "the replay must have something to count"
