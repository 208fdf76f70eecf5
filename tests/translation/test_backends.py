"""Both services are spoken to as they want, and their trouble has a name."""

from dataclasses import replace

import pytest

from portal.translation.backends import BackendError, Trouble
from portal.translation.backends import service as services
from portal.translation.backends.deepl import DeepL
from portal.translation.backends.libretranslate import LibreTranslate
from portal.translation.keys import seal, unseal
from tests.translation.server import KEY

BOTH = pytest.mark.parametrize("kind", [LibreTranslate, DeepL])


@BOTH
def test_texts_come_back_in_their_order(server, kind):
    texts = [f"Wort {number}" for number in range(120)]
    done = kind(server.address, KEY).translate(texts, source="de", target="tr", format="text")
    assert done == [f"tr·Wort tr·{number}" for number in range(120)]
    assert len(server.requests) > 2
    assert all(len(body.get("q") or body.get("text")) <= 50 for _path, body in server.requests)


def test_libretranslate_is_asked_as_it_wants(server):
    LibreTranslate(server.address + "/", KEY).translate(["<p>a</p>"], source="de", target="ar", format="html")
    assert server.requests == [
        ("/translate", {"q": ["<p>a</p>"], "source": "de", "target": "ar", "format": "html", "api_key": KEY})
    ]


def test_deepl_is_asked_as_it_wants(server):
    DeepL(server.address, KEY).translate(["<p>a</p>"], source="de", target="en", format="html")
    assert server.requests == [
        (
            "/v2/translate",
            {"text": ["<p>a</p>"], "source_lang": "DE", "target_lang": "EN-GB", "tag_handling": "html"},
        )
    ]


@BOTH
@pytest.mark.parametrize(
    ("misbehaviour", "trouble"),
    [
        ("busy", Trouble.BUSY),
        ("down", Trouble.DOWN),
        ("few", Trouble.NONSENSE),
        ("junk", Trouble.NONSENSE),
        ("huge", Trouble.NONSENSE),
        ("hang", Trouble.DOWN),
    ],
)
def test_trouble_has_a_name(server, kind, misbehaviour, trouble, monkeypatch):
    monkeypatch.setattr(services, "LIMITS", replace(services.LIMITS, read=0.5))
    server.misbehave = misbehaviour
    with pytest.raises(BackendError) as caught:
        kind(server.address, KEY).translate(["a", "b"], source="de", target="tr", format="text")
    assert caught.value.trouble == trouble


def test_a_used_up_account_and_a_wrong_key_are_told_apart(server):
    server.misbehave = "quota"
    with pytest.raises(BackendError) as caught:
        DeepL(server.address, KEY).translate(["a"], source="de", target="tr", format="text")
    assert caught.value.trouble == Trouble.QUOTA
    server.misbehave = ""
    with pytest.raises(BackendError) as caught:
        DeepL(server.address, "falsch").translate(["a"], source="de", target="tr", format="text")
    assert caught.value.trouble == Trouble.REFUSED
    assert "falsch" not in str(caught.value)


def test_deepl_is_asked_once_more_when_it_is_busy(server):
    server.misbehave = "busy once"
    assert DeepL(server.address, KEY).translate(["a"], source="de", target="tr", format="text") == ["tr·a"]


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org",
        "https://127.0.0.2",
        "https://10.0.0.1",
        "https://169.254.169.254/latest",
        "https://[::1]",
        "file:///etc/passwd",
        "https://nutzer:wort@example.org",
        "",
        "https://",
    ],
)
def test_an_address_inside_the_operators_network_is_refused(address):
    with pytest.raises(BackendError) as caught:
        LibreTranslate(address, KEY).translate(["a"], source="de", target="tr", format="text")
    assert caught.value.trouble == Trouble.REFUSED


def test_a_key_is_unreadable_where_it_is_kept_and_elsewhere(settings):
    kept = seal(KEY)
    assert KEY not in kept
    assert unseal(kept) == KEY
    settings.SECRET_KEY = "another platform" * 4
    assert unseal(kept) == ""
    assert unseal("") == seal("") == ""
