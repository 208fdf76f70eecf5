"""Host names: wished for, verified by the DNS, made the canonical one, given back; the others lead to it."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from audit.models import Entry
from core.access import Role
from tenants.lifecycle import domains
from tenants.models import ClaimState, Domain, DomainClaim, Municipality, State
from tenants.refused import RefusedError
from tenants.running.context import inside_public

HOST = "angebote.ahausen.example"
PAGE = "/redaktion/adressen/"


def wished(slug="ahausen", host=HOST) -> DomainClaim:
    return domains.wish_for(slug, host, by="admin@ahausen.example")


def point(names, claim, *, text=True, to="ziel.plattform.example."):
    names.records[(claim.domain, "CNAME")] = [to]
    if text:
        names.records[(claim.record_name, "TXT")] = [f'"{claim.record_text}"']


def test_a_wished_name_answers_nobody_until_the_dns_proves_it(ahausen, names, visitor):
    claim = wished()
    assert wished().pk == claim.pk
    assert visitor("").get("/", HTTP_HOST=HOST).status_code == 404
    assert domains.look_at(claim.pk) == ClaimState.SILENT
    names.records[(HOST, "A")] = ["198.51.100.7"]
    assert domains.look_at(claim.pk) == ClaimState.ELSEWHERE
    del names.records[(HOST, "A")]
    point(names, claim, text=False)
    assert domains.look_at(claim.pk) == ClaimState.UNVERIFIED
    assert visitor("").get("/", HTTP_HOST=HOST).status_code == 404
    point(names, claim)
    assert domains.look_at(claim.pk) == ClaimState.VERIFIED
    assert visitor("").get("/", HTTP_HOST=HOST).status_code == 308
    with inside_public():
        states = [entry.changes["state"] for entry in Entry.objects.filter(action="domain.state").order_by("pk")]
    assert [new for _old, new in states] == ["silent", "elsewhere", "unverified", "verified"]


def test_a_ring_is_told_and_a_verified_name_is_left_alone(ahausen, names):
    claim = wished()
    names.records[(HOST, "CNAME")] = [f"{HOST}."]
    assert domains.look_at(claim.pk) == ClaimState.RING
    point(names, claim)
    assert domains.look_at(claim.pk) == ClaimState.VERIFIED
    names.records.clear()
    assert domains.look_at(claim.pk) == ClaimState.VERIFIED
    with inside_public():
        assert Domain.objects.filter(domain=HOST).exists()


@pytest.mark.parametrize("addresses", [["192.0.2.10"], ["192.0.2.10", "198.51.100.7"]])
def test_all_addresses_must_be_ours(ahausen, names, addresses):
    claim = wished()
    names.records[(HOST, "A")] = addresses
    names.records[(claim.record_name, "TXT")] = [f'"{claim.record_text}"']
    expected = ClaimState.VERIFIED if len(addresses) == 1 else ClaimState.ELSEWHERE
    assert domains.look_at(claim.pk) == expected


def test_the_token_of_another_municipality_proves_nothing(ahausen, bedorf, names):
    mine, theirs = wished(), wished("bedorf")
    point(names, theirs)
    assert domains.look_at(mine.pk) == ClaimState.UNVERIFIED
    assert domains.look_at(theirs.pk) == ClaimState.VERIFIED
    names.records[(mine.record_name, "TXT")] = [f'"{mine.record_text}"']
    assert domains.look_at(mine.pk) == ClaimState.ELSEWHERE
    with inside_public():
        assert Domain.objects.get(domain=HOST).tenant == bedorf


@pytest.mark.parametrize(
    ("host", "word"),
    [
        ("bedorf.stadt.example", "gehört einer anderen Kommune"),
        ("ahausen.stadt.example", "gehört Ihnen schon"),
        ("bédorf.stadt.example", "sieht aus wie"),
        ("*.ahausen.example", "Platzhalter"),
        ("192.0.2.1", "IP-Adresse"),
        ("localhost", "öffentlichen Internets"),
        ("co.uk", "gehört allen"),
    ],
)
def test_what_may_not_be_wished_for_is_refused(ahausen, bedorf, signed_in, host, word):
    with inside_public():
        Domain.objects.create(domain="bedorf.stadt.example", tenant=bedorf, is_primary=False)
        Domain.objects.create(domain="ahausen.stadt.example", tenant=ahausen, is_primary=False)
    answer = signed_in(ahausen, Role.ADMIN).post(f"{PAGE}aendern/", {"tun": "wunsch", "host": host})
    assert answer.status_code == 400
    assert word in answer.content.decode()
    with inside_public():
        assert not DomainClaim.objects.exists()


def test_wishes_have_a_limit_and_old_ones_go(ahausen):
    for number in range(domains.MOST_WISHES):
        wished(host=f"n{number}.ahausen.example")
    with pytest.raises(RefusedError, match="gewünschte"):
        wished(host="noch.ahausen.example")
    with inside_public():
        DomainClaim.objects.update(wished_at=domains.timezone.now() - domains.WISHES_LAST * 2)
    assert domains.forget_old_wishes() == domains.MOST_WISHES


@pytest.fixture
def two_names(ahausen):
    with inside_public():
        Domain.objects.create(domain=HOST, tenant=ahausen, is_primary=False)
    return ahausen


@pytest.mark.parametrize(
    "path", ["/", "/angebote/?q=t%C3%B6pfern&seite=2", "/nicht/da/", "//evil.example/x", "/\\evil"]
)
def test_other_names_lead_to_the_canonical_one_with_path_and_query(two_names, visitor, path):
    answer = visitor("").get(path, HTTP_HOST=f"{HOST}:8000")
    assert answer.status_code == 308
    assert answer["Location"].startswith("http://ahausen.localhost")
    host, _slash, rest = answer["Location"].removeprefix("http://").partition("/")
    assert host.startswith("ahausen.localhost")
    assert "/" + rest == "/" + answer.wsgi_request.get_full_path().lstrip("/\\")
    assert "sessionid" not in answer.cookies


def test_a_post_keeps_its_method(two_names, visitor):
    assert visitor("").post("/konto/anmelden/", {"login": "x"}, HTTP_HOST=HOST).status_code == 308


def test_another_name_becomes_the_canonical_one_and_the_first_leads_to_it(two_names, signed_in, visitor):
    admin = signed_in(two_names, Role.ADMIN)
    assert admin.post(f"{PAGE}aendern/", {"tun": "haupt", "name": HOST}).status_code == 200
    assert visitor("").get("/", HTTP_HOST=HOST).status_code == 200
    assert visitor("ahausen").get("/x/?y=1")["Location"].endswith(f"//{HOST}:8000/x/?y=1")
    with pytest.raises(RefusedError):
        domains.give_back("ahausen", HOST, by="x")
    domains.give_back("ahausen", "ahausen.localhost", by="x")
    assert visitor("ahausen").get("/").status_code == 404


def test_of_two_who_make_their_name_the_canonical_one_at_once_one_is(own_database):
    with inside_public():
        town = Municipality.objects.get(slug="ahausen")
        for name in ("a.ahausen.example", "b.ahausen.example"):
            Domain.objects.create(domain=name, tenant=town, is_primary=False)

    def go(host):
        domains.make_primary("ahausen", host, by="x")
        connections.close_all()

    threads = [threading.Thread(target=go, args=(f"{name}.ahausen.example",)) for name in "abab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with inside_public():
        assert Domain.objects.filter(tenant=town, is_primary=True).count() == 1


def test_one_municipality_neither_sees_nor_touches_the_names_of_another(two_names, bedorf, signed_in, names):
    with inside_public():
        DomainClaim.objects.create(municipality=two_names, domain="x.ahausen.example", wished_by="x")
    admin = signed_in(bedorf, Role.ADMIN)
    assert "ahausen" not in admin.get(PAGE).content.decode()
    for deed in ("haupt", "zurueck", "pruefen"):
        for host in (HOST, "x.ahausen.example", "ahausen.localhost"):
            admin.post(f"{PAGE}aendern/", {"tun": deed, "name": host})
    with inside_public():
        assert Domain.objects.filter(tenant=two_names).count() == 2
        assert DomainClaim.objects.filter(municipality=two_names).count() == 1


def test_a_sign_that_no_text_can_hold_is_refused_and_no_fault(ahausen, signed_in):
    """As a name is looked for that no form has read. The database's driver says no, and that is not our fault."""
    answer = signed_in(ahausen, Role.ADMIN).post(f"{PAGE}aendern/", {"tun": "zurueck", "name": "a\0b"})
    assert answer.status_code == 400
    assert b"<h1" in answer.content


def test_the_page_shows_which_records_to_set(ahausen, signed_in, names):
    claim = wished()
    page = signed_in(ahausen, Role.ADMIN).get(PAGE).content.decode()
    for words in (HOST, claim.record_name, claim.record_text, "ziel.plattform.example", "192.0.2.10", "ungeprüft"):
        assert words in page


def test_only_administrators_see_them(ahausen, signed_in):
    assert signed_in(ahausen, Role.EDITOR).get(PAGE).status_code == 404


def test_every_step_is_a_command_too(ahausen, names, capsys):
    call_command("domains", "ahausen", wish=HOST)
    with inside_public():
        claim = DomainClaim.objects.get()
    point(names, claim)
    call_command("domains", "ahausen", check=HOST)
    call_command("domains", "ahausen", primary=HOST)
    call_command("domains", "ahausen", vouch="zweite.ahausen.example")
    call_command("domains", "ahausen", give_back="zweite.ahausen.example")
    assert f"* {HOST}" in capsys.readouterr().out
    for refused in ({"wish": "*.x.de"}, {"primary": "fremd.example"}, {"check": "fremd.example"}, {"vouch": HOST}):
        with pytest.raises(CommandError):
            call_command("domains", "ahausen", **refused)


def test_a_draft_answers_on_its_preview_host_alone_and_to_its_people_alone(ahausen, person, visitor, settings):
    preview = domains.preview_host("ahausen")
    user = person(ahausen, Role.EDITOR)
    with inside_public():
        Domain.objects.filter(tenant=ahausen).update(is_primary=False)
        Domain.objects.create(domain=preview, tenant=ahausen, is_primary=True)
        Municipality.objects.filter(pk=ahausen.pk).update(state=State.DRAFT)
    assert visitor("ahausen").get("/").status_code == 404
    client = visitor("")
    client.defaults["HTTP_HOST"] = preview
    for path in ("/", "/angebote/", "/sitemap.xml", "/redaktion/", "/api/v1/"):
        answer = client.get(path)
        assert answer.status_code in {404, 302}, path
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in answer["Cache-Control"]
    assert "wird gerade eingerichtet" in client.get("/").content.decode()
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
    client.post("/konto/anmelden/", {"login": user.email, "password": "ein-gutes-passwort-2026"})
    for path in ("/", "/redaktion/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
