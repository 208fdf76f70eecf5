"""Whatever colours a municipality chooses: every text and button that our style sheets paint can be read, in light and
in dark, on pages, in mails and on paper. The sheets themselves are read, so that a rule that is added tomorrow is held
against it, too."""

import re
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st

import portal
import theming
from theming.css import Look, properties
from theming.mailing import DARK_SHEET
from theming.mailing import SHEET as MAIL
from theming.paper import SHEET as PAPER
from theming.tokens import contrast, mix, palette, readable_pair

AA = 4.5
# What must be seen and is no text (WCAG 1.4.11): the ring around what has the focus.
SEEN = 3
ROOTS = (Path(theming.__file__).parent, Path(portal.__file__).parent)
SHEETS = sorted(path for root in ROOTS for path in root.rglob("static/**/*.css") if "vendor" not in path.parts)
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
# A value that falls back to another where the first is not given counts as the first.
VALUE = re.compile(r"(?:^|;)\s*(color|background|background-color)\s*:\s*var\((--[\w-]+)(?:,[^;]*)?\)\s*(?:;|$)")
# Sheets of mails (`$name`) and of paper (`var(--p-name)`), in which each text says its colour.
ELSEWHERE = re.compile(r"(?<![\w-])(color|background|background-color)\s*:\s*(?:\$|var\(--p-)([\w-]+)")
MIXED = re.compile(r"background(?:-color)?:\s*color-mix\(in oklch, var\((--t-[\w-]+)\) (\d+)%, var\((--t-[\w-]+)\)\)")

# What text may stand on where its rule says nothing of it, and what is written on grounds of its own only.
GROUNDS = ("--t-ground", "--t-soft", "--t-tint")
OWN_GROUND = {
    "--t-on-brand": "--t-brand",
    "--t-on-accent": "--t-accent",
    "--t-on-deep": "--t-deep",
    "--kern-color-action-on-default": "--kern-color-action-default",
}
# No text: the tick of a box, which has its own ground once it is set. And what cannot be used is exempt (WCAG 1.4.3).
# The fields of a matrix have grounds of their own (`test_a_number_on_any_step…`).
STRONG = ".heat td > :is(.h4, .h5)"
EXEMPT = {STRONG, ".check", ".moves button:disabled", '.moves :is(button:disabled, [aria-disabled="true"])'}
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
    told += [(contrast(known[name], ground), MIX) for ground in mixed(known) for name in ON_MIXED]
    return told


# What is written on a ground that is mixed of two colours: whole bands of the start page.
MIX = Painted("start.css", "a mixed ground", "", "")
ON_MIXED = ("--t-text", "--t-muted", "--t-heading", "--kern-color-action-default")


@lru_cache(maxsize=1)
def mixtures() -> tuple[tuple[str, int, str], ...]:
    found = {each for sheet in SHEETS for each in MIXED.findall(sheet.read_text())}
    return tuple(sorted((one, int(share), other) for one, share, other in found))


def mixed(known: dict[str, str]) -> list[str]:
    return [mix(known[other], known[one], share / 100) for one, share, other in mixtures()]


def elsewhere(text: str, colours: dict[str, str], grounds: list[str]) -> list[tuple[float, str]]:
    """As `ratios`, for a sheet of mails or of paper."""
    told = []
    for selector, body in RULE.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)):
        said = {kind.split("-")[0]: colours[name.replace("-", "_")] for kind, name in ELSEWHERE.findall(body)}
        if "color" in said:
            on = [said["background"]] if "background" in said else grounds
            told += [(contrast(said["color"], ground), selector.strip()) for ground in on]
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


@given(colours, colours)
@settings(max_examples=40)
@example("#ffffff", "#ffffff")
@example("#000000", "#000000")
@example("#ffe600", "#777777")
def test_every_text_of_mails_and_paper_is_readable_for_any_look(brand, accent):
    found = []
    for sheet, dark in ((MAIL, False), (DARK_SHEET, True)):
        each = asdict(palette(brand, accent, dark=dark))
        found += elsewhere(sheet.template, each, [each["ground"], each["soft"]])
    light = asdict(palette(brand, accent, dark=False))
    found += elsewhere(PAPER.read_text(), light, ["#ffffff"])
    assert len(found) > 50
    assert [each for each in found if each[0] < AA] == []


@given(colours, colours, st.booleans())
@settings(max_examples=40)
def test_what_has_the_focus_is_seen_on_every_ground_of_any_look(brand, accent, dark):
    known = properties(Look(brand, accent, dark_allowed=True), dark=dark)
    ring = known["--kern-color-action-focus-default"]
    assert min(contrast(ring, known[name]) for name in GROUNDS) >= SEEN
    # The foot of a page, dark or light, gives its ring another colour.
    assert contrast(known["--t-on-deep"], known["--t-deep"]) >= SEEN
    assert contrast(known["--t-heading"], known["--t-soft"]) >= SEEN


@given(colours, colours, st.booleans())
@settings(max_examples=40)
@example("#ffffff", "#ffffff", True)
@example("#000000", "#000000", False)
@example("#ffe600", "#777777", False)
def test_a_number_on_any_step_of_a_matrix_is_readable_for_any_look(brand, accent, dark):
    sheet = next(path for path in SHEETS if path.name == "planning.css").read_text()
    steps = {name: int(share) / 100 for name, share in re.findall(r"\.(h\d) \{ --h: (\d+)%; \}", sheet)}
    assert list(steps) == ["h1", "h2", "h3", "h4", "h5"]
    assert f"{STRONG} {{ color: var(--t-ground); }}" in sheet
    known = properties(Look(brand, accent, dark_allowed=True), dark=dark)
    for name, share in steps.items():
        ink = known["--t-ground" if name in STRONG else "--t-text"]
        assert contrast(ink, mix(known["--t-ground"], known["--t-heading"], share)) >= AA, name


def test_the_sheets_are_truly_read():
    rules = painted()
    assert len(SHEETS) > 25
    assert len(rules) > 150
    assert len([rule for rule in rules if rule.ground]) > 15
    assert {rule.selector for rule in rules} >= EXEMPT
    assert Painted("base.css", ".foot", "--t-on-deep", "--t-deep") in rules
    assert Painted("base.css", ".foot--hell", "--t-text", "--t-soft") in rules
    assert Painted("vocabulary.css", ".node__sign", "--c-ink", "--c-tint") in rules
    assert ("--t-accent-tint", 55, "--t-ground") in mixtures()
    assert not [rule for rule in rules if rule.colour in {"--t-accent", "--t-brand"}], "no colour for text"
