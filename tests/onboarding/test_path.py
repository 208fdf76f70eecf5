"""From application to live portal by clicks alone, behind a real Caddy with a certificate of its internal authority."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from wsgiref.simple_server import make_server

import pytest
from cryptography import x509
from django.core.wsgi import get_wsgi_application
from django.db import connection
from playwright.sync_api import sync_playwright
from procrastinate.contrib.django.models import ProcrastinateJob

from core import go_live
from mail.models import OutboxMessage
from onboarding import papers, tasks
from onboarding.models import Application
from tenants.models import DomainClaim
from tenants.running.context import inside, inside_public
from tenants.running.tls_names import Names, verified_names
from tests.browsing import _Silent, barriers, launched
from tests.caddy import caddy
from tests.conftest import PASSWORD
from tests.domains.test_tls import answering
from tests.name_server import NameServer
from tests.onboarding.conftest import GIVEN, without_second_factor
from tests.people.cast import an_account

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-onboarding-path")]
OWN, PREVIEW = "angebote.merzig.example", "merzig.vorschau.localhost"


@pytest.fixture
def platform(own_database, tmp_path, monkeypatch, settings):
    """The service as it runs in production: web server, name server, the answers for the proxy, the proxy."""
    dns = NameServer()
    dns.records[("ziel.plattform.example", "A")] = ["192.0.2.10"]
    known = Names(tmp_path / "names.json")
    folder = tmp_path / "caddy"
    folder.mkdir()
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with inside_public():
        an_account("betrieb@platform.example", "operator")
    papers.publish("avv", "# Vertrag\n\nText.", by="betrieb")
    # What the other rooms want has tests of its own (tests/site/test_from_nothing.py).
    own = {"vertrag", "adresse"}
    monkeypatch.setattr(go_live, "_checks", [each for each in go_live._checks if each.key in own])
    with answering(known) as port, caddy(folder, ask=port, app=server.server_port) as proxy:
        settings.URL_SCHEME, settings.URL_PORT = "https", f":{proxy.port}"
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        settings.DNS_SERVERS, settings.DOMAIN_TARGET = [dns.address], "ziel.plattform.example"
        yield proxy, dns, known
    server.shutdown()
    server.server_close()
    thread.join()
    dns.close()


def out_of_the_browsers_thread(work):
    """Playwright's loop runs in this thread, and there Django refuses to touch the database."""

    def there():
        found = work()
        connection.close()
        return found

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(there).result(120)


def link_in(kind, town=None):
    def read():
        with inside(town) if town else inside_public():
            body = OutboxMessage.objects.filter(kind=kind).latest("pk").body
        # The mail names the portal too; what leads on is longer.
        return max(re.findall(r"https://\S+", body), key=len)

    return out_of_the_browsers_thread(read)


def jobs_done(known, done):
    """What waits in this room is done, as by a worker, and the proxy's memory hears of new names."""

    def work():
        with inside_public():
            waiting = ProcrastinateJob.objects.filter(task_name__startswith="onboarding.tasks.").order_by("pk")
            for job in waiting.exclude(pk__in=done):
                done.add(job.pk)
                getattr(tasks, job.task_name.rpartition(".")[2])(**job.args["arguments"])
            without_second_factor(Application.objects.select_related("municipality").get().municipality)
        known.remember(verified_names())

    out_of_the_browsers_thread(work)


def applies(page, start):
    page.goto(f"{start}/mitmachen/")
    assert barriers(page) == []
    for name in ("name", "person", "office", "email", "slug"):
        page.fill(f"[name={name}]", GIVEN[name])
    page.select_option("[name=federal_state]", "SL")
    # As long as a person takes at least.
    page.wait_for_timeout(3100)
    page.click("main form button[type=submit]")
    page.goto(link_in("onboarding_confirm"))
    page.click("main button")
    assert "ist bestätigt" in page.inner_text("main")


def signs_in(page, email):
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def accepts(page, start):
    page.goto(f"{start}/betrieb/antraege/")
    signs_in(page, "betrieb@platform.example")
    page.click("text=Kreisstadt Merzig")
    page.click("button:has-text('Annehmen und Portal anlegen')")


def town():
    with inside_public():
        return Application.objects.select_related("municipality").get().municipality


def enters(page, here):
    """By the link of the invitation, with a first password."""
    page.goto(link_in("invitation", out_of_the_browsers_thread(town)))
    for field in page.locator("main input[type=password]").all():
        field.fill(PASSWORD)
    page.click("main button[type=submit]")
    page.goto(f"{here}/redaktion/")
    if "/anmelden/" in page.url:
        signs_in(page, GIVEN["email"])
    page.click("text=Alle Schritte ansehen")
    assert "Wartet seit" in page.inner_text("main")


def contracts(page):
    page.click("a:has-text('Vertrag zur Auftragsverarbeitung: angenommen')")
    page.click("text=Lesen und annehmen")
    page.fill("[name=person]", "Sabine Thul")
    page.fill("[name=office]", "Hauptamt")
    page.check("[name=accepted]")
    page.click("main form button[type=submit]")


def claim():
    with inside_public():
        return DomainClaim.objects.get()


def connects(page, here, dns):
    page.goto(f"{here}/redaktion/adressen/")
    page.fill("[name=host]", OWN)
    page.click("button:has-text('Diesen Hostnamen verbinden')")
    wished = out_of_the_browsers_thread(claim)
    assert wished.record_text in page.inner_text("main")
    dns.records[(OWN, "CNAME")] = ["ziel.plattform.example."]
    dns.records[(wished.record_name, "TXT")] = [f'"{wished.record_text}"']


def test_a_municipality_applies_and_is_live_at_its_own_address_with_a_certificate(platform):
    proxy, dns, known = platform
    done = set()
    known.remember(verified_names())
    start, here = f"https://localhost:{proxy.port}", f"https://{PREVIEW}:{proxy.port}"
    rules = "MAP * 127.0.0.1, EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright, launched(playwright, f"--host-resolver-rules={rules}") as browser:

        def somebody():
            return browser.new_context(ignore_https_errors=True, locale="de-DE").new_page()

        applies(somebody(), start)
        operator, editor, visitor = somebody(), somebody(), somebody()
        accepts(operator, start)
        jobs_done(known, done)
        enters(editor, here)
        contracts(editor)
        connects(editor, here, dns)
        jobs_done(known, done)
        editor.goto(f"{here}/redaktion/einrichtung/")
        editor.click("button:has-text('Prüfen und für alle öffnen')")
        editor.click(f"a:has-text('Weiter zu {OWN}')")
        assert editor.url == f"https://{OWN}:{proxy.port}/"

        answer = visitor.goto(f"{here}/?von=vorschau")
        assert (answer.status, visitor.url) == (200, f"https://{OWN}:{proxy.port}/?von=vorschau")
        assert "Caddy Local Authority" in answer.security_details()["issuer"]
        operator.reload()
        assert "in Betrieb" in operator.inner_text("main")
        assert operator.locator("a:has-text('PDF')").count() == 1
    names = proxy.certificate(OWN).extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert names.value.get_values_for_type(x509.DNSName) == [OWN]
