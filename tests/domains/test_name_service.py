"""What the DNS says: honest, late, wrong, in a ring. A real server answers; nothing is waited for too long."""

import time

import pytest

from core import name_service
from core.name_service import MOST_HOPS, ask

HERE, TEXTS = "portal.merzig.example", "_chancenportal.portal.merzig.example"


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(name_service, "PATIENCE", 0.4)
    monkeypatch.setattr(name_service, "ALTOGETHER", 1.5)


def said(names, host=HERE):
    return ask(host, texts_at=TEXTS, servers=[names.address])


def test_an_alias_is_followed_to_its_addresses_and_the_texts_are_read(names):
    names.records[(HERE, "CNAME")] = ["ziel.plattform.example."]
    names.records[(TEXTS, "TXT")] = ['"chancenportal-pruefung=abc"', '"v=spf1 " "-all"']
    found = said(names)
    assert (found.chain, found.addresses) == (["ziel.plattform.example"], ["192.0.2.10"])
    assert sorted(found.texts) == ["chancenportal-pruefung=abc", "v=spf1 -all"]
    assert not found.ring


def test_addresses_of_both_kinds_are_found(names):
    names.records[(HERE, "A")] = ["192.0.2.10", "192.0.2.11"]
    names.records[(HERE, "AAAA")] = ["2001:DB8::10"]
    assert said(names).addresses == ["192.0.2.10", "192.0.2.11", "2001:db8::10"]


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_ring_is_named_and_ends(names, length):
    for place in range(length):
        here = HERE if place == 0 else f"r{place}.example"
        following = HERE if place == length - 1 else f"r{place + 1}.example"
        names.records[(here, "CNAME")] = [f"{following}."]
    found = said(names)
    assert found.ring
    assert not found.silent
    assert len(names.asked) <= length + 2


def test_a_chain_without_end_is_a_ring(names):
    for place in range(50):
        names.records[(HERE if place == 0 else f"c{place}.example", "CNAME")] = [f"c{place + 1}.example."]
    assert said(names).ring
    assert len(names.asked) <= MOST_HOPS + 1


def test_no_such_name_is_silent(names):
    assert said(names).silent


@pytest.mark.parametrize("how", ["late", "garbage", "stranger", "refused"])
def test_late_and_wrong_answers_are_silence_in_bounded_time(names, quick, how):
    names.records[(HERE, "A")] = ["192.0.2.10"]
    names.how = {HERE: how, TEXTS: how}
    began = time.monotonic()
    assert said(names).silent
    assert time.monotonic() - began < 4


def test_a_flood_of_records_is_cut(names):
    names.records[(HERE, "A")] = [f"192.0.2.{number}" for number in range(1, 25)]
    names.records[(TEXTS, "TXT")] = [f'"{"x" * 250}"' for _number in range(1)]
    found = said(names)
    assert len(found.addresses) == name_service.MOST_RECORDS
    assert all(len(text) <= name_service.LONGEST_TEXT for text in found.texts)
