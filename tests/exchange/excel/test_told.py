"""A remark names what a cell says once: before the sentence, or within it."""

import pytest

from portal.exchange.excel.result import Level, Problem


@pytest.mark.parametrize(
    ("value", "message", "said"),
    [
        ("Sprot", "„Sprot“ ist nicht bekannt.", "Zeile 7: „Sprot“ ist nicht bekannt."),
        ("Sprot", "“Sprot” is not known.", "Zeile 7: “Sprot” is not known."),
        ("Sport, Sprot", "„Sprot“ ist nicht bekannt.", "Zeile 7: „Sport, Sprot“ – „Sprot“ ist nicht bekannt."),
        ("25:00", "Das ist keine Uhrzeit.", "Zeile 7: „25:00“ – Das ist keine Uhrzeit."),
        ("eins\n zwei", "„eins zwei“ ist nicht bekannt.", "Zeile 7: „eins zwei“ ist nicht bekannt."),
        ("", "Der Titel fehlt.", "Zeile 7: Der Titel fehlt."),
    ],
)  # fmt: skip
def test_a_value_is_named_once(value, message, said):
    assert str(Problem(Level.ERROR, 7, message, value=value)) == said
