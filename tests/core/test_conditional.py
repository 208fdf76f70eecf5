"""Whoever has an answer already is told so, whatever a proxy did to its tag: for every kind of answer, kept or not."""

from itertools import product

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from core.conditional import names
from portal.offers.choices import ScheduleKind
from portal.offers.models import Schedule
from portal.offers.services import set_schedules
from tenants.running.context import inside
from tenants.running.page_cache import PageCache
from tests.conftest import municipality
from tests.factories import an_offer

TAG = '"5f3a-b"'


@pytest.mark.parametrize(
    "asked",
    [
        '"5f3a-b"', 'W/"5f3a-b"', '"5f3a-b-gzip"', 'W/"5f3a-b-gzip"', '"5f3a-b-br"', '"5f3a-b"-gzip', '"5f3a-b;gzip"',
        '"a", "5f3a-b"', '"a",W/"5f3a-b"', '"a, b" , W/"x" ,W/"5f3a-b" ', "*", " * ", '"5f3a-b-zstd", "z"',
    ],
)  # fmt: skip
@pytest.mark.parametrize("ours", [TAG, f"W/{TAG}"])
def test_a_tag_is_known_again_however_a_proxy_or_a_browser_writes_it(asked, ours):
    assert names(asked, ours)


@pytest.mark.parametrize(
    "asked",
    ["", '""', '"5f3a"', '"5F3A-B"', "5f3a-b", '"a"', '"x5f3a-b"', '"5f3a-b "', 'W/"a", "b"', '"*"', '"5f3a-b-gzipped"',
     '"-gzip"', "W/", '"a", *'],
)  # fmt: skip
def test_another_tag_is_another(asked):
    assert not names(asked, TAG)


@pytest.fixture
def paths(own_database):
    """An address of every kind of answer that can be kept."""
    with inside(municipality("ahausen")):
        offer = an_offer(title="Chor")
        set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date="2027-01-15")])
        drawing = default_storage.save("drawing.svg", ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
        page, provider = offer.get_absolute_url(), offer.provider.get_absolute_url()
    ask = Visitor()
    sheet = ask("/").split("/theme/")[1].split('"')[0]
    return [
        "/", "/angebote/", page, provider, f"{page}termine.ics", f"{provider}termine.ics", "/angebote/feed.atom",
        f"/theme/{sheet}", f"/media/{drawing}", "/static/theming/favicon.svg", "/robots.txt", "/sitemap.xml",
        "/opensearch.xml", "/vorschau.png", "/angebote/vorschlaege/?q=ch", "/angebote/?lang=en", "/impressum/",
    ]  # fmt: skip


class Visitor:
    """Asks as gunicorn does, with the cache of pages in front or without it."""

    def __init__(self, kept=False):
        application = get_wsgi_application()
        self._application = PageCache(application) if kept else application

    def __call__(self, path, method="GET", **headers):
        environ = RequestFactory().generic(method, path, HTTP_HOST="ahausen.localhost", **headers).environ
        self.headers = {}

        def start(status, headers, exc_info=None):
            self.status = int(status[:3])
            self.headers = {name.lower(): value for name, value in headers}

        parts = self._application(environ, start)
        body = b"".join(parts)
        getattr(parts, "close", lambda: None)()
        return body.decode(errors="replace")


def test_every_kind_of_answer_is_sent_once(paths, subtests):
    visitors = {kept: Visitor(kept) for kept in (False, True)}
    for kept, encoding, path in product(visitors, ["identity", "gzip, br"], paths):
        ask = visitors[kept]
        with subtests.test(path, kept=kept, encoding=encoding):
            assert ask(path, HTTP_ACCEPT_ENCODING=encoding)
            assert ask.status == 200
            tag = ask.headers["etag"].removeprefix("W/")
            for asked in (tag, f"W/{tag}", f'"other", W/{tag}', f'{tag[:-1]}-gzip"', f'W/{tag[:-1]}-br"', "*"):
                for method in ("GET", "HEAD"):
                    assert ask(path, method, HTTP_ACCEPT_ENCODING=encoding, HTTP_IF_NONE_MATCH=asked) == ""
                    assert (ask.status, asked, method) == (304, asked, method)
                    assert ask.headers["etag"].removeprefix("W/") == tag
                    assert "content-length" not in ask.headers or ask.headers["content-length"] == "0"
            assert ask(path, HTTP_ACCEPT_ENCODING=encoding, HTTP_IF_NONE_MATCH='W/"other"')
            assert ask.status == 200


def test_a_date_counts_where_no_tag_is_given(paths):
    for kept in (False, True):
        _a_date_counts(Visitor(kept))


def _a_date_counts(ask):
    assert ask("/angebote/feed.atom")
    day = ask.headers["last-modified"]
    assert ask("/angebote/feed.atom", HTTP_IF_MODIFIED_SINCE=day) == ""
    assert ask.status == 304
    assert ask("/angebote/feed.atom", HTTP_IF_MODIFIED_SINCE=day, HTTP_IF_NONE_MATCH='"other"')
    assert ask.status == 200
    assert ask("/angebote/feed.atom", HTTP_IF_MODIFIED_SINCE="yesterday")
    assert ask.status == 200


def test_a_change_is_sent_to_those_who_have_the_old_page(paths):
    for kept in (False, True):
        _a_change_is_sent(Visitor(kept), title=f"Töpfern {kept}")


def _a_change_is_sent(ask, title):
    ask("/angebote/")
    tag = ask.headers["etag"]
    with inside(municipality("ahausen")):
        an_offer(title=title)
    assert title in ask("/angebote/", HTTP_IF_NONE_MATCH=f"W/{tag}")
    assert ask.status == 200


def test_who_asks_first_and_has_it_already_does_not_empty_the_memory_of_the_others(paths):
    ask = Visitor(kept=True)
    ask("/angebote/")
    tag = ask.headers["etag"]
    fresh = Visitor(kept=True)
    assert fresh("/angebote/", HTTP_IF_NONE_MATCH=tag) == ""
    assert "Chor" in fresh("/angebote/")


def test_a_page_that_does_not_exist_is_never_said_to_be_unchanged(paths):
    ask = Visitor(kept=True)
    for path in ("/gibt-es-nicht/", "/media/gibt-es-nicht.svg", "/static/gibt-es-nicht.css"):
        assert ask(path, HTTP_IF_NONE_MATCH="*")
        assert ask.status == 404
