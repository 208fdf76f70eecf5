"""Which host names municipalities may bring along."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tenants.public_names import public_host, shown, skeleton

REFUSED = {
    "*.merzig.de": "Platzhalter",
    "angebote.*.de": "Platzhalter",
    "192.0.2.1": "IP-Adresse",
    "[2001:db8::1]": "IP-Adresse",
    "2001:db8::1": "IP-Adresse",
    "0x7f.1": "IP-Adresse",
    "127.1": "IP-Adresse",
    "2130706433": "IP-Adresse",
    "a.0x7f000001": "IP-Adresse",
    "localhost": "öffentlichen Internets",
    "portal.localhost": "öffentlichen Internets",
    "merzig": "öffentlichen Internets",
    "portal.merzig.local": "öffentlichen Internets",
    "portal.intranet": "öffentlichen Internets",
    "de": "öffentlichen Internets",
    "co.uk": "gehört allen",
    "github.io": "gehört allen",
    "xn--mrzig-mof.de": "ähnlich",  # mеrzig with a Cyrillic е
    "xn--ls8h.de": "ähnlich",  # an emoji
    "xn--a.de": "ähnlich",  # no punycode at all
    "xn--abc-.de": "kein gültiger Hostname",
    "merzıg.de": "ähnlich",  # a dotless i
    "https://merzig.de": "kein gültiger Hostname",
    "merzig.de/pfad": "kein gültiger Hostname",
    "mer zig.de": "kein gültiger Hostname",
    "-merzig.de": "kein gültiger Hostname",
    "": "kein gültiger Hostname",
    "a" * 64 + ".de": "kein gültiger Hostname",
    ".".join(["abcdefghi"] * 30) + ".de": "kein gültiger Hostname",
}
TAKEN = {
    "Portal.Merzig.DE": "portal.merzig.de",
    " angebote.stadt.example. ": "angebote.stadt.example",
    "rheda-wiedenbrück.de": "xn--rheda-wiedenbrck-wzb.de",
    "xn--rheda-wiedenbrck-wzb.de": "xn--rheda-wiedenbrck-wzb.de",
    "kommune.saarland": "kommune.saarland",
    # Browsers keep the ß (IDNA 2008): strasse.de is somebody else's.
    "Straße.de": "xn--strae-oqa.de",
    "weiß.straße.example": "xn--wei-7ka.xn--strae-oqa.example",
}


@pytest.mark.parametrize(("text", "word"), REFUSED.items(), ids=lambda each: each[:30])
def test_what_nobody_may_bring_along_is_refused_with_a_clear_word(text, word):
    with pytest.raises(ValidationError) as refused:
        public_host(text)
    assert word in " ".join(refused.value.messages)


@pytest.mark.parametrize(("text", "host"), TAKEN.items())
def test_a_name_is_taken_as_browsers_send_it(text, host):
    assert public_host(text) == host


def test_umlauts_are_shown_and_accents_have_one_skeleton():
    assert shown("xn--rheda-wiedenbrck-wzb.de") == "rheda-wiedenbrück.de"
    assert skeleton("xn--mnster-3ya.de") == skeleton("munster.de") == "munster.de"
    assert skeleton("merzig.de") != skeleton("merziq.de")


def test_what_belongs_to_the_platform_is_nobody_elses(settings):
    settings.BASE_DOMAIN = "portal.example"
    for host in ("portal.example", "ziel.portal.example", "merzig.vorschau.portal.example"):
        with pytest.raises(ValidationError) as refused:
            public_host(host)
        assert "Plattform" in refused.value.messages[0]
    assert public_host("unserportal.example") == "unserportal.example"


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_clean_name_or_one_sentence(text):
    try:
        host = public_host(text)
    except ValidationError as error:
        said = error.messages
    else:
        said = []
        assert host == host.lower() == public_host(host)
        assert "." in host
        assert host.isascii()
    assert len(said) <= 1
