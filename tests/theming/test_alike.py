"""A component that many rows draw alike is drawn as an include would."""

from django.template import Context, engines

CHIPS = """{% load theming %}{% for label, icon in rows %}WAY{% endfor %}"""
INCLUDE = '{% include "components/badge.html" with label=label icon=icon only %}'
ALIKE = '{% alike "components/badge.html" label=label icon=icon %}'
ROWS = [("Öffentlich", "check"), ("<b>böse</b>", ""), ("Öffentlich", "check"), ("Öffentlich", ""), ("<b>böse</b>", "")]


def drawn(way: str) -> str:
    engine = engines["django"].engine
    return engine.from_string(CHIPS.replace("WAY", way)).render(Context({"rows": ROWS}))


def test_it_draws_what_an_include_draws():
    assert drawn(ALIKE) == drawn(INCLUDE)
    assert drawn(ALIKE).count("Öffentlich") == 3
    assert "<b>böse" not in drawn(ALIKE)
