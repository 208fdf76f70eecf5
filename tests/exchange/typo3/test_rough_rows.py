"""Rows nobody would write by hand: whatever stands in a column, the take-over accounts for the row and goes on."""

import random
import re
from pathlib import Path

import pytest

from portal.exchange.typo3.dump import Dump
from portal.exchange.typo3.takeover import take_over
from tenants.running.context import inside

SMALL = Path(__file__).parent / "fixtures" / "small.sql"
NASTY = [
    "NULL",
    "''",
    "0",
    "-1",
    "7",
    "99999999999",
    "'99999999999999999999'",
    "1.5",
    "'x y'",
    "'0000-00-00'",
    "'9999-12-31'",
    "'2026-13-45'",
    "'1800-01-01'",
    "'2026-11-22 25:61:00'",
    "'" + "Wort " * 200 + "'",
    "'" + "x" * 400 + "'",
    "'\\0\\Z'",
    "'<script>'",
    "'NaN'",
    "'²'",
    "'١٢٣٤٥'",
    "'/ ../..'",
    "0x4142",
    "'2027-03-28'",
    "'9900'",
    "'11700'",
    "'0681 905123\\n0170 1234567'",
    "'\u200b\u00ad'",
    "'Bu\u0308hne'",
]
VALUE = re.compile(r"([(,]\s*)('(?:[^'\\]|\\.)*'|NULL|0x[0-9A-F]+|-?\d+(?:\.\d+)?)(?=\s*[,)])")
OURS = re.compile(r"INSERT INTO `(?:fe_|tx_chancenportal|sys_file)[^`]*` VALUES(.*?);\n", re.DOTALL)


def roughened(text: str, dice: random.Random, share: float) -> str:
    """The dump with some values replaced, row structure kept."""

    def one(value: re.Match[str]) -> str:
        # The first value of a row is its number, MySQL's own and always right.
        spoilt = value[1].startswith(",") and dice.random() < share
        return value[1] + dice.choice(NASTY) if spoilt else value[0]

    def spoil(statement: re.Match[str]) -> str:
        return statement[0].replace(statement[1], VALUE.sub(one, statement[1]))

    return OURS.sub(spoil, text)


@pytest.mark.parametrize("seed", range(12))
def test_a_take_over_survives_any_value_in_any_column(seed, ahausen, tmp_path):
    dice = random.Random(seed)
    path = tmp_path / "rough.sql"
    path.write_text(roughened(SMALL.read_text(encoding="utf-8"), dice, 0.02 + 0.1 * (seed % 4)), encoding="utf-8")
    with inside(ahausen):
        first = take_over(ahausen, Dump(path))
        again = take_over(ahausen, Dump(path))

    assert not first.unaccounted
    assert not again.unaccounted
    assert sum(count.imported for count in again.tables.values()) == 0


@pytest.mark.parametrize("seed", range(100, 106))
def test_a_rough_newer_dump_updates_what_it_can(seed, ahausen, tmp_path):
    dice = random.Random(seed)
    path = tmp_path / "rough.sql"
    text = SMALL.read_text(encoding="utf-8")
    path.write_text(roughened(text, dice, 0.02 + 0.05 * (seed % 4)), encoding="utf-8")
    with inside(ahausen):
        take_over(ahausen, Dump(SMALL))
        newer = take_over(ahausen, Dump(path))
        again = take_over(ahausen, Dump(path))

    assert not newer.unaccounted
    assert sum(count.imported for count in again.tables.values()) == 0
