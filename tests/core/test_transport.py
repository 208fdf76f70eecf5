"""Encryption and what browsers are told: the same for answers from memory, files, probes and everything else."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from tenants.models import Domain
from tenants.running.context import inside_public
from tenants.running.page_cache import PageCache
from tests.children import python
from tests.conftest import municipality

YEAR = "max-age=31536000"
OVER_HTTPS = {"HTTP_X_FORWARDED_PROTO": "https"}
# As a proxy before ours may have begun the list; only the first counts, as Django reads it.
VARIANTS = [{}, OVER_HTTPS, {"HTTP_X_FORWARDED_PROTO": "http"}, {"HTTP_X_FORWARDED_PROTO": "https, http"},
            {"HTTP_X_FORWARDED_PROTO": "HTTPS"}, {"HTTP_X_FORWARDED_PROTO": ""}]  # fmt: skip
SECURITY = ("strict-transport-security", "content-security-policy", "x-content-type-options", "referrer-policy",
            "cross-origin-opener-policy", "permissions-policy", "x-frame-options")  # fmt: skip


@pytest.fixture
def production(settings):
    """As the settings are without DEMO."""
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.URL_SCHEME = "https"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 31_536_000


def ask(application, path, host="ahausen.localhost", method="GET", **headers):
    environ = RequestFactory().generic(method, path, HTTP_HOST=host, **headers).environ
    found = {}

    def start(status, answered, exc_info=None):
        found.update({"status": status[:3], **{name.lower(): value for name, value in answered}})

    parts = application(environ, start)
    found["body"] = b"".join(parts)
    getattr(parts, "close", lambda: None)()
    return found


@pytest.mark.parametrize("mode", ["production", "demo"])
def test_an_answer_from_memory_has_the_headers_and_redirects_of_djangos_own(own_database, request, mode, subtests):
    if mode == "production":
        request.getfixturevalue("production")
    django = get_wsgi_application()
    for path in ("/", "/angebote/?q=chor", "/angebote/feed.atom", "/robots.txt"):
        kept = PageCache(django)
        with subtests.test(path):
            for headers in [*VARIANTS, *VARIANTS]:
                answer, own = ask(kept, path, **headers), ask(django, path, **headers)
                assert {**answer, "body": b""} == {**own, "body": b""}, headers
            assert len(kept._pages) >= 1


def test_a_page_kept_for_https_is_not_given_to_those_who_ask_over_http(own_database, production):
    kept = PageCache(get_wsgi_application())
    for encoding in ("identity", "gzip") * 2:
        secure = ask(kept, "/angebote/", HTTP_ACCEPT_ENCODING=encoding, **OVER_HTTPS)
        assert secure["status"] == "200"
        assert secure["strict-transport-security"] == YEAR
        plain = ask(kept, "/angebote/", HTTP_ACCEPT_ENCODING=encoding)
        assert (plain["status"], plain["location"], plain["body"]) == (
            "301",
            "https://ahausen.localhost/angebote/",
            b"",
        )
        again = ask(kept, "/angebote/", HTTP_ACCEPT_ENCODING=encoding, HTTP_IF_NONE_MATCH=secure["etag"])
        assert again["status"] == "301"
        unchanged = ask(
            kept, "/angebote/", HTTP_ACCEPT_ENCODING=encoding, HTTP_IF_NONE_MATCH=secure["etag"], **OVER_HTTPS
        )
        assert unchanged["status"] == "304"
        assert {name: unchanged.get(name) for name in SECURITY} == {name: secure[name] for name in SECURITY}


@pytest.mark.parametrize(
    "path", ["/static/theming/favicon.svg", "/media/x.png", "/theme/x.css", "/gibt-es-nicht/", "/konto/anmelden/"]
)
@pytest.mark.parametrize("host", ["ahausen.localhost", "localhost", "fremd.example"])
def test_whatever_is_asked_for_over_http_is_sent_to_https(db, production, path, host):
    answer = ask(get_wsgi_application(), path, host)
    assert (answer["status"], answer["location"]) == ("301", f"https://{host}{path}")
    secure = ask(get_wsgi_application(), path, host, **OVER_HTTPS)
    assert secure["status"] != "301"
    assert secure["x-content-type-options"] == "nosniff"


def test_probes_come_over_http_and_their_answers_are_no_less_safe(own_database, production):
    for path in ("/healthz", "/readyz"):
        answer = ask(get_wsgi_application(), path, "10.0.0.7:8000")
        assert answer["status"] == "200", answer["body"]
        assert answer["x-content-type-options"] == "nosniff"
        assert "strict-transport-security" not in answer
        assert ask(get_wsgi_application(), path, **OVER_HTTPS)["strict-transport-security"] == YEAR


def test_subdomains_are_spoken_for_on_our_own_domain_alone(own_database, production, settings):
    with inside_public():
        Domain.objects.create(domain="angebote.musterstadt.de", tenant=municipality("ahausen"))
    for own in ("", "includeSubDomains", "includeSubDomains; preload"):
        settings.HSTS_OWN_DOMAIN = own
        _speaks_for_its_own_subdomains_only(own)


def _speaks_for_its_own_subdomains_only(own):
    kept = PageCache(get_wsgi_application())
    for host in ("ahausen.localhost", "angebote.musterstadt.de", "angebote.musterstadt.de:443", "fremd.example"):
        for path in ("/", "/static/theming/favicon.svg", "/angebote/"):
            for _twice in range(2):
                assert ask(kept, path, host, **OVER_HTTPS)["strict-transport-security"] == YEAR, (host, path)
    expected = f"{YEAR}; {own}" if own else YEAR
    for host in ("localhost", "LOCALHOST", "localhost:8443", "localhost."):
        assert ask(kept, "/konto/anmelden/", host, **OVER_HTTPS)["strict-transport-security"] == expected
    assert ask(kept, "/", "a b", **OVER_HTTPS)["strict-transport-security"] == YEAR


def test_a_misspelt_wish_for_our_own_domain_is_refused():
    code = "print('started')"
    key = "a-key-of-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz"
    with python(code, HSTS_OWN_DOMAIN="includeSubdomain", DEMO="0", SECRET_KEY=key, BASE_DOMAIN="x.de") as child:
        assert ImproperlyConfigured.__name__ in child.stdout.read()
