"""The background work on links: judged over days, claimed, bounded, killed and resumed, and polite all the while."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from courtesy import turns
from portal.pages.models import Page
from portal.quality.links.asking import Asker, Cause, Seen
from portal.quality.links.checking import AGAIN, check_some, judge
from portal.quality.links.collecting import collect, collect_of
from portal.quality.models import Link, LinkPlace
from tenants.running.context import inside
from tests import children
from tests.conftest import municipality
from tests.factories import a_provider, an_offer
from tests.quality.hostile_server import HostileServer, gaps_between

NOW = datetime(2030, 3, 4, 12, tzinfo=UTC)
V = Link.Verdict
MISSING, NOBODY_KNOWS, THERE = Seen(Cause.NOT_FOUND, 404), Seen(Cause.SLOW), Seen(None, 200)


@pytest.mark.parametrize(
    ("story", "verdict"),
    [
        ([(0, THERE)], V.FINE),
        ([(0, MISSING)], V.SUSPECT),
        ([(0, MISSING), (1, MISSING)], V.SUSPECT),
        ([(0, MISSING), (2, MISSING)], V.BROKEN),
        ([(0, MISSING), (1, MISSING), (2, MISSING)], V.BROKEN),
        ([(0, MISSING), (1, NOBODY_KNOWS), (3, MISSING)], V.BROKEN),
        ([(0, MISSING), (1, THERE), (3, MISSING)], V.SUSPECT),
        ([(0, MISSING), (2, MISSING), (9, NOBODY_KNOWS)], V.BROKEN),
        ([(0, MISSING), (2, MISSING), (9, THERE)], V.FINE),
        ([(0, NOBODY_KNOWS), (5, NOBODY_KNOWS), (10, NOBODY_KNOWS)], V.UNCLEAR),
        ([(0, NOBODY_KNOWS), (5, Seen(Cause.CERTIFICATE)), (6, Seen(Cause.NO_HOST))], V.SUSPECT),
        ([(0, Seen(Cause.CERTIFICATE)), (3, Seen(Cause.GONE, 410))], V.BROKEN),
        ([(0, Seen(Cause.FORBIDDEN, 403))], V.UNCLEAR),
        ([(0, Seen(Cause.ROBOTS))], V.UNCLEAR),
    ],
)
def test_broken_is_what_was_missing_twice_some_days_apart(story, verdict):
    link = Link(url="https://x.example/", verdict=V.NEW)
    for day, seen in story:
        judged = judge(link, seen, now=NOW + timedelta(days=day))
        link.verdict, link.failed_since = judged.verdict, judged.failed_since
    assert link.verdict == verdict
    assert (link.failed_since is not None) == (verdict in {V.SUSPECT, V.BROKEN})


@pytest.mark.django_db
def test_links_are_gathered_from_where_they_are_declared_and_go_with_what_names_them(ahausen):
    with inside(ahausen):
        club = a_provider(website="https://verein.example/", description='<p><a href="https://a.example/#x">a</a></p>')
        club.facts.create(label="Mehr", text='<p><a href="http://b.example">b</a></p>')
        offer = an_offer(
            provider=club, registration_url="https://a.example/", video_url="https://v.example/",
            description='<p><a href="mailto:x@y.example">m</a><a href="/konto/">k</a>'
            '<a href="https://ahausen.localhost/x">selbst</a></p>',
        )  # fmt: skip
        an_offer(provider=club, state="draft", published_at=None, registration_url="https://geheim.example/")
        Page.objects.create(slug="hilfe-hier", title="Hilfe", body='<p><a href="https://s.example/?a=1">s</a></p>')
        collect()
        found = set(LinkPlace.objects.values_list("kind", "link__url"))
        assert found == {
            ("provider", "https://verein.example/"), ("provider", "https://a.example/"),
            ("provider", "http://b.example/"), ("offer", "https://a.example/"), ("offer", "https://v.example/"),
            ("page", "https://s.example/?a=1"),
        }  # fmt: skip
        first = Link.objects.get(url="https://a.example/").pk
        Link.objects.filter(pk=first).update(verdict=V.BROKEN)
        offer.video_url, offer.registration_url = "", "https://neu.example/"
        offer.save()
        collect_of("offer", offer.pk)
        urls = set(Link.objects.values_list("url", flat=True))
        assert "https://v.example/" not in urls
        assert "https://neu.example/" in urls
        # The provider still has it, and what is known of it stays.
        assert Link.objects.get(pk=first).verdict == V.BROKEN


def links(*urls: str) -> None:
    """Links that are due, each on a page of its own."""
    for number, url in enumerate(urls):
        link = Link.objects.create(url=url, due_at=timezone.now() - timedelta(minutes=1))
        LinkPlace.objects.create(link=link, kind="page", subject_id=number)


@pytest.mark.django_db
def test_a_stretch_of_work_ends_in_time_and_says_whether_there_is_more(ahausen, hostile: HostileServer):
    with inside(ahausen):
        links(*(hostile.url(f"/seite{number}", "127.0.0.6") for number in range(5)))
        began = time.monotonic()
        assert check_some(Asker(), seconds=2.5)
        assert time.monotonic() - began < 8
        done = Link.objects.filter(verdict=V.FINE)
        assert 1 <= done.count() < 5
        # Nobody asks for the same link again within days.
        assert min(link.due_at for link in done) > timezone.now() + timedelta(days=13)
        assert min(AGAIN.values()) >= timedelta(days=3)
        assert min(gaps_between(hostile.asked)) >= 1.0


@pytest.mark.django_db
def test_links_of_a_host_that_must_rest_wait_and_those_of_others_are_looked_at(ahausen, hostile: HostileServer):
    with inside(ahausen):
        turns.rest("127.0.0.7", 600)
        links(hostile.url("/a", "127.0.0.7"), hostile.url("/b", "127.0.0.8"))
        assert not check_some(Asker(), seconds=20)
        waiting, done = Link.objects.order_by("pk")
        assert (waiting.verdict, waiting.checked_at, done.verdict) == (V.NEW, None, V.FINE)
        assert timezone.now() + timedelta(minutes=9) < waiting.due_at < timezone.now() + timedelta(minutes=11)
    assert hostile.of("127.0.0.7") == []


WORK = """
from portal.quality.links.checking import check_some
from tenants.running.context import inside
from tests.conftest import municipality
with inside(municipality("ahausen")):
    check_some(seconds=30)
print("done")
"""


def test_killed_in_the_middle_what_was_seen_stays_and_the_rest_follows(own_database, hostile: HostileServer):
    with inside(municipality("ahausen")):
        links(*(hostile.url(f"/seite{number}", "127.0.0.9") for number in range(4)))
    with children.python(WORK, LINK_INTERNAL_HOSTS="127.0.0.9") as child:
        deadline = time.monotonic() + 60
        while len(hostile.asked) < 3 and time.monotonic() < deadline and child.poll() is None:
            time.sleep(0.02)
        child.kill()
        child.communicate()
    assert len(hostile.asked) >= 3
    with inside(municipality("ahausen")):
        before = set(Link.objects.filter(verdict=V.FINE).values_list("pk", flat=True))
        assert 1 <= len(before) < 4
    with time_machine.travel(timezone.now() + timedelta(minutes=16)), inside(municipality("ahausen")):
        # The turn of the killed process ends by itself within twenty seconds.
        deadline = time.monotonic() + 60
        while Link.objects.exclude(verdict=V.FINE).exists() and time.monotonic() < deadline:
            check_some(Asker(), seconds=5)
            time.sleep(0.2)
        assert set(Link.objects.values_list("verdict", flat=True)) == {V.FINE}
    paths = [each.path for each in hostile.asked]
    # What was seen before is not asked for again; at most the one that was on its way is.
    assert paths.count("/robots.txt") == 1
    assert len(paths) <= 6
    assert min(gaps_between(hostile.asked)) >= 1.0


def test_many_at_once_in_two_municipalities_ask_a_host_once_a_second(own_database, hostile: HostileServer):
    """Four threads with connections of their own, as two workers of two municipalities have them."""
    outcome: list[object] = []

    def work(slug: str, number: int) -> None:
        try:
            with inside(municipality(slug)):
                outcome.append(Asker().look_at(hostile.url(f"/{slug}{number}", "127.0.0.5")).cause)
        except turns.BusyError:
            outcome.append("busy")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=work, args=(slug, number)) for slug in ("ahausen", "bedorf") for number in range(2)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=60)
    assert len(outcome) == 4
    assert set(outcome) <= {None, "busy"}
    assert None in outcome
    asked = hostile.of("127.0.0.5")
    assert len(asked) >= 2
    assert min(gaps_between(asked)) >= 1.0
