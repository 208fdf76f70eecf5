"""Telephone numbers: a link calls exactly whom it shows, or there is none."""

import pytest

from core.phones import _told_apart, phone_uri, phones_in


@pytest.mark.parametrize(
    ("written", "uri"),
    [
        ("0681 905-1234", "tel:+496819051234"),
        ("(0681) 905-1234", "tel:+496819051234"),
        ("0681/905-0", "tel:+496819050"),
        ("06 81 / 90 51 23", "tel:+49681905123"),
        ("0681.905.123", "tel:+49681905123"),
        ("0681 – 905 123", "tel:+49681905123"),
        ("+49 (0)681/905-1234", "tel:+496819051234"),
        ("+49 (0) 681 905123", "tel:+49681905123"),
        ("+49 0681 905123", "tel:+49681905123"),
        ("0049 681 905123", "tel:+49681905123"),
        ("(+49) 681 905123", "tel:+49681905123"),
        ("0170/1234567", "tel:+491701234567"),
        ("0800 1110111", "tel:+498001110111"),
        ("+352 621 123456", "tel:+352621123456"),
        ("+33 3 87 99 88 77", "tel:+33387998877"),
        ("+43 1/5130000", "tel:+4315130000"),
        ("Tel.: 0681 905123", "tel:+49681905123"),
        ("0681 905123 (Frau Müller)", "tel:+49681905123"),
        ("0681 905123 (Mo–Fr 9–12 Uhr)", "tel:+49681905123"),
        ("0681 905123 ext. 12", "tel:+49681905123;ext=12"),
        ("110", "tel:110"),
        ("112", "tel:112"),
        ("115", "tel:115"),
        ("116 117", "tel:116117"),
        ("116 016", "tel:116016"),
        ("116111", "tel:116111"),
        ("0681\u202f905123", "tel:+49681905123"),
        ("０６８１ ９０５１２３", "tel:+49681905123"),
        ("0491 905123", "tel:+49491905123"),
    ],
)
def test_one_number_is_a_link(written, uri):
    assert phone_uri(written) == uri
    assert [phone.text for phone in phones_in(written)] == [written]


@pytest.mark.parametrize(
    "written",
    [
        "",
        "n. a.",
        "905-1234",
        "0681 99",
        "0681 12345678901",
        "0681 905-12/13",
        "0681 905-12/-15",
        "0681 905-12 oder -15",
        "0681 905123 DW 12",
        "0681 905123 Mo-Fr 9-12 Uhr",
        "0681 905123VHS",
        "0800 HALLO12",
        "Fax: 0681 905124",
        "F: 0681 905124",
        "F 0681 905124",
        "(F) 0681 905124",
        "Faxnummer 0681 905124",
        "049 681 905123",
        "(049) 681 905123",
        "0171 1234567.0",
        "4968150600",
        "04968 1506001234567890",
        "0" * 500,
    ],
)
def test_in_doubt_the_text_stays_and_nothing_is_dialled(written):
    assert phone_uri(written) == ""
    assert "".join(phone.text for phone in phones_in(written)) == written


@pytest.mark.parametrize(
    ("written", "texts", "uris"),
    [
        ("0681 905123\n0170 1234567", ["0681 905123", "0170 1234567"], ["+49681905123", "+491701234567"]),
        ("0681 905123 0170 1234567", ["0681 905123", "0170 1234567"], ["+49681905123", "+491701234567"]),
        ("0681 905123 / 0170 1234567", ["0681 905123", "0170 1234567"], ["+49681905123", "+491701234567"]),
        ("0681/905123, 0170/1234567", ["0681/905123", "0170/1234567"], ["+49681905123", "+491701234567"]),
        ("0681 905123 oder +33 387998877", ["0681 905123", "+33 387998877"], ["+49681905123", "+33387998877"]),
        ("0681 4567 0681 4568", ["0681 4567", "0681 4568"], ["+496814567", "+496814568"]),
        ("0681 905123; 0681/905123", ["0681 905123"], ["+49681905123"]),
        ("Tel: 0681 905123, Fax: 0681 905124", ["Tel: 0681 905123", "Fax: 0681 905124"], ["+49681905123", ""]),
        ("T: 0681 905123 F: 0681 905124", ["T: 0681 905123", "F: 0681 905124"], ["+49681905123", ""]),
        ("0681 905123 od. 0170 1234567", ["0681 905123", "0170 1234567"], ["+49681905123", "+491701234567"]),
        ("0681 905123 u. 0170 1234567", ["0681 905123", "0170 1234567"], ["+49681905123", "+491701234567"]),
        ("0681 905123 + 0170 1234567", ["0681 905123", "0170 1234567"], ["+49681905123", "+491701234567"]),
        ("0681 905123\nnur vormittags", ["0681 905123", "nur vormittags"], ["+49681905123", ""]),
    ],
)
def test_several_numbers_are_told_apart(written, texts, uris):
    found = phones_in(written)
    assert [phone.text for phone in found] == texts
    assert [phone.uri.removeprefix("tel:") for phone in found] == uris


def test_numbers_are_told_to_machines_as_one_dials_them_from_anywhere():
    assert [phone.international for phone in phones_in("0681/905-0; 905-1")] == [""]
    assert [phone.international for phone in phones_in("0681/905-0")] == ["+49 681 9050"]


@pytest.mark.parametrize("unit", ["0681 1234 05 ", "(0681) 1234 (05) ", "0681/1234, 05 ", "030 1234 - 05 "])
def test_a_text_that_could_be_cut_in_many_ways_is_cut_once(unit):
    # 199 signs of the first took 9 s of the processor: each end was looked at anew for each way to get there.
    _told_apart.cache_clear()
    for tail in ("", "x", "9"):
        found = phones_in((unit * 20)[: 199 - len(tail)] + tail)
        assert "".join("".join(phone.text for phone in found).split())
    assert _told_apart.cache_info().misses < 3 * 20 * 3
