"""For which names the proxy may obtain certificates: from memory, the same way for known and unknown ones, whatever
becomes of the database; and a real Caddy that asks."""

import http.client
import json
import os
import ssl
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as ours
from django.db import connection
from django.utils import timezone

from health.limits import judged
from health.rows import row_of
from tenants.lifecycle import certificates
from tenants.models import Domain, HostCertificate, Municipality, State
from tenants.running.context import inside_public
from tenants.running.tls_names import PATH, AskServer, Names, verified_names
from tests.caddy import caddy, free_port, listens, until
from tests.conftest import municipality


def ask(port, name, *, path=PATH, link=None, headers=None):
    """Status and every byte of the headers."""
    own = link or http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    own.request("GET", f"{path}?domain={name}", headers=headers or {})
    answer = own.getresponse()
    assert answer.read() == b""
    if link is None:
        own.close()
    return answer.status, sorted(answer.getheaders())


@contextmanager
def answering(names):
    """The server in this process."""
    server = AskServer(0, names)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def process(folder, url):
    """`manage answer_tls` as it runs in production."""
    port = free_port()
    environment = {"DATABASE_URL": url, "DEMO": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment |= {"DATA_DIR": str(folder), "PATH": os.environ["PATH"]}
    code = f"from config.cli import main; import sys; sys.argv = ['manage', 'answer_tls', '--port', '{port}']; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment, cwd=Path(ours.BASE_DIR), stdout=subprocess.DEVNULL
    ) as it:
        try:
            until(lambda: listens(port) and it.poll() is None)
            yield port
        finally:
            it.terminate()
            it.wait(30)


def own_url():
    params = connection.settings_dict
    return f"postgresql://{params['USER']}:{params['PASSWORD']}@{params['HOST']}:{params['PORT']}/{params['NAME']}"


@pytest.fixture
def names(tmp_path):
    known = Names(tmp_path / "names.json")
    known.remember(["portal.example", "angebote.stadt.example"])
    return known


def test_known_and_unknown_names_differ_in_the_status_alone(names):
    with answering(names) as port:
        known, unknown = ask(port, "angebote.stadt.example"), ask(port, "fremd.example")
        assert (known[0], unknown[0]) == (200, 404)
        assert known[1] == unknown[1]
        assert ask(port, "ANGEBOTE.stadt.example.")[0] == 200
        for name in ("", "stadt.example", "*.stadt.example", "x" * 5000, "%00", "angebote.stadt.example%20"):
            assert ask(port, name)[0] == 404, name[:40]


def test_who_comes_by_a_proxy_or_asks_for_anything_else_learns_nothing(names):
    with answering(names) as port:
        for header in ("X-Forwarded-For", "Forwarded"):
            assert ask(port, "portal.example", headers={header: "198.51.100.7"})[0] == 404
        for path in ("/", "/tls/ask/x", "/tls"):
            assert ask(port, "portal.example", path=path)[0] == 404


def test_ten_thousand_unknown_names_cost_neither_memory_nor_the_database(names):
    """There is no database here at all. How long an answer takes is measured by CPU time: the machine is shared."""
    with answering(names) as port:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        began = time.process_time()
        for number in range(10_000):
            assert ask(port, f"n{number}.example", link=link)[0] == 404
        spent = time.process_time() - began
        assert ask(port, "portal.example", link=link)[0] == 200
        link.close()
    assert len(names) == 2
    # Asking and answering together; 5 ms each would be 50 s.
    assert spent / 10_000 < 0.002


@pytest.mark.parametrize("text", ["", "{", "7", "[1]", "null"])
def test_a_damaged_file_is_no_memory(tmp_path, text):
    (tmp_path / "names.json").write_text(text)
    assert not Names(tmp_path / "names.json").recall()
    assert not Names(tmp_path / "none.json").recall()


def test_archived_municipalities_get_none_and_our_own_name_does(ahausen, bedorf, settings):
    settings.BASE_DOMAIN = "portal.example"
    with inside_public():
        Municipality.objects.filter(slug="bedorf").update(state=State.ARCHIVED)
    assert sorted(verified_names()) == ["ahausen.localhost", "portal.example"]


def test_the_process_hears_of_changes_and_answers_without_a_database(own_database, tmp_path):
    with process(tmp_path, own_url()) as port:
        assert ask(port, "ahausen.localhost")[0] == 200
        assert ask(port, "neu.example")[0] == 404
        with inside_public():
            Domain.objects.create(domain="neu.example", tenant=municipality("ahausen"), is_primary=False)
        until(lambda: ask(port, "neu.example")[0] == 200)
        with inside_public():
            Domain.objects.filter(domain="neu.example").delete()
        until(lambda: ask(port, "neu.example")[0] == 404)
    assert "ahausen.localhost" in json.loads((tmp_path / "tls-names.json").read_text())
    with process(tmp_path, f"postgresql://nobody:x@127.0.0.1:{free_port()}/none") as port:
        assert ask(port, "ahausen.localhost")[0] == 200
        assert ask(port, "neu.example")[0] == 404


def test_caddy_gets_certificates_for_verified_names_alone_and_they_are_watched(ahausen, tmp_path, settings):
    with inside_public():
        good = Domain.objects.get(domain="ahausen.localhost")
    known = Names(tmp_path / "names.json")
    known.remember(verified_names())
    folder = tmp_path / "caddy"
    folder.mkdir()
    # Nothing listens where the web processes would: certificates do not wait for them.
    with answering(known) as port, caddy(folder, ask=port, app=free_port()) as proxy:
        shown = proxy.certificate("ahausen.localhost")
        assert "Caddy Local Authority" in shown.issuer.rfc4514_string()
        for name in ("fremd.example", "x.ahausen.localhost", "bedorf.localhost.evil.example"):
            with pytest.raises(ssl.SSLError):
                proxy.certificate(name)
        settings.TLS_PROBE, settings.TLS_PROBE_CA = f"127.0.0.1:{proxy.port}", str(proxy.root)
        seen = certificates.look_at(good.pk)
        assert (seen.trouble, seen.not_after) == ("", shown.not_valid_after_utc)
        # A browser that does not know the authority.
        settings.TLS_PROBE_CA = ""
        seen = certificates.look_at(good.pk)
        assert "Browser lehnen es ab" in seen.trouble
        assert seen.not_after == shown.not_valid_after_utc
    seen = certificates.look_at(good.pk)
    assert "Es gibt keines" in seen.trouble
    with inside_public():
        assert judged(row_of("ahausen")).wrong["zertifikat"].value == "bad"
        HostCertificate.objects.update(trouble="", not_after=timezone.now() + timedelta(days=15))
        assert judged(row_of("ahausen")).wrong["zertifikat"].value == "watch"
        HostCertificate.objects.update(not_after=timezone.now() + timedelta(days=60))
        assert "zertifikat" not in judged(row_of("ahausen")).wrong
    assert certificates.look_at(0) is None
