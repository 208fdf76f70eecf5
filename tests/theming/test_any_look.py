"""Whatever colours a municipality chooses: every text and button that our style sheets paint can be read, in light and
in dark. The sheets themselves are read, so a rule that is added tomorrow is held against it, too."""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st

import portal
import theming
from theming.css import Look, properties
from theming.tokens import contrast, readable_pair

AA = 4.5
ROOTS = (Path(theming.__file__).parent, Path(portal.__file__).parent)
SHEETS = sorted(path for root in ROOTS for path in root.rglob("static/**/*.css") if "vendor" not in path.parts)
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
VALUE = re.compile(r"(?:^|;)\s*(color|background|background-color)\s*:\s*var\((--[\w-]+)\)\s*(?:;|$)")
# What text may stand on where its rule says nothing of it, and what is written on grounds of its own only.
GROUNDS = ("--t-ground", "--t-soft", "--t-tint")
OWN_GROUND = {
    "--t-on-brand": "--t-brand",
    "--t-on-accent": "--t-accent",
    "--t-on-deep": "--t-deep",
    "--kern-color-action-on-default": "--kern-color-action-default",
}
# No text: the tick of a box, which has its own ground once it is set. And what cannot be used is exempt (WCAG 1.4.3).
EXEMPT = {".check", '.moves :is(button:disabled, [aria-disabled="true"])'}
PAIR = ("--c-tint", "--c-ink", "--c-strong", "--c-line")


class Painted(NamedTuple):
    """A rule that says what colour text has, and on what."""

    sheet: str
    selector: str
    colour: str
    ground: str


@lru_cache(maxsize=1)
def painted() -> tuple[Painted, ...]:
    found = []
    for sheet in SHEETS:
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
        for selector, body in RULE.findall(text):
            said = {name.split("-")[0]: value for name, value in VALUE.findall(body.replace(";", ";;"))}
            if "color" in said:
                found.append(Painted(sheet.name, selector.strip(), said["color"], said.get("background", "")))
    return tuple(found)


def ratios(look: Look, *, dark: bool, category: str) -> list[tuple[float, Painted]]:
    """The lowest contrast of each rule."""
    pair = readable_pair(category, dark=dark)
    known = properties(look, dark=dark) | dict(zip(PAIR, pair, strict=True))
    told = []
    for rule in painted():
        if rule.colour not in known or rule.selector in EXEMPT:
            continue
        grounds = [rule.ground] if rule.ground else [OWN_GROUND[rule.colour]] if rule.colour in OWN_GROUND else GROUNDS
        values = [known[name] for name in grounds if name in known]
        told += [(contrast(known[rule.colour], value), rule) for value in values]
    return told


@given(colours, colours, colours, st.booleans())
@settings(max_examples=60)
@example("#ffffff", "#ffffff", "#ffffff", False)
@example("#ffffff", "#ffffff", "#ffffff", True)
@example("#000000", "#000000", "#000000", False)
@example("#000000", "#000000", "#000000", True)
@example("#ffe600", "#777777", "#00ff00", False)
def test_every_rule_that_paints_text_is_readable_for_any_look(brand, accent, category, dark):
    found = ratios(Look(brand, accent, dark_allowed=True), dark=dark, category=category)
    assert [(round(ratio, 2), rule) for ratio, rule in found if ratio < AA] == []


def test_the_sheets_are_truly_read():
    rules = painted()
    assert len(SHEETS) > 25
    assert len(rules) > 150
    assert len([rule for rule in rules if rule.ground]) > 15
    assert {rule.selector for rule in rules} >= EXEMPT
    assert Painted("base.css", ".foot", "--t-on-deep", "--t-deep") in rules
    assert not [rule for rule in rules if rule.colour in {"--t-accent", "--t-brand"}], "no colour for text"
