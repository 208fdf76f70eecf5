"""The style sheets: the municipality's own, ours, and the vendored one."""

import re
from pathlib import Path

import pytest

import theming
from theming.css import CORNERS, FONT_STACKS, Look, color_class, properties, stylesheet
from theming.icon_names import ICON_NAMES

STATIC = Path(theming.__file__).parent / "static" / "theming"
TEMPLATES = Path(theming.__file__).parent / "templates"
OURS = sorted(STATIC.glob("*.css"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|(?:min-|max-)?(?:width|height)|left|right|top|bottom)\s*:"
)
LITERAL = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|(?<![\w-])(?:rgb|hsl|oklch|oklab)\(|(?<![\w-])(?:white|black|red|gr[ae]y)(?![\w-])"
)


def test_the_same_look_gives_the_same_hash_and_another_look_another() -> None:
    assert stylesheet(Look()) == stylesheet(Look())
    assert stylesheet(Look()).hash != stylesheet(Look(brand="#e2001a")).hash
    assert stylesheet(Look()).hash != stylesheet(Look(), [color_class("a", "#123456")]).hash


def test_without_dark_display_the_sheet_knows_no_dark_colour() -> None:
    text = stylesheet(Look(), [color_class("kategorie-1", "#e2001a")]).text
    assert "dark" not in text
    assert ".kategorie-1{--c-tint:" in text


def test_with_dark_display_both_the_system_and_the_attribute_are_served() -> None:
    text = stylesheet(Look(dark_allowed=True), [color_class("kategorie-1", "#e2001a")]).text
    assert ":root,[data-kern-theme=light]{color-scheme:light" in text
    assert "@media screen and (prefers-color-scheme:dark){:root:not([data-kern-theme=light]){color-scheme:dark" in text
    assert "[data-kern-theme=dark]{color-scheme:dark" in text
    assert text.count(".kategorie-1{") == 3


@pytest.mark.parametrize("name", ["", "1a", "a b", "a{}", "A", "a;b", "ä"])
def test_a_class_name_cannot_write_css(name: str) -> None:
    with pytest.raises(ValueError, match="class name"):
        color_class(name, "#123456")


def test_a_class_colour_must_be_hex() -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        color_class("a", "red;}body{display:none")


@pytest.mark.parametrize("font", FONT_STACKS)
@pytest.mark.parametrize("corner", CORNERS)
def test_every_font_and_corner_makes_a_sheet(font: str, corner: str) -> None:
    text = stylesheet(Look(font=font, corner=corner)).text
    assert FONT_STACKS[font] in text
    assert text.count("{") == text.count("}")


def test_a_sheet_with_forty_categories_stays_small() -> None:
    classes = [color_class(f"kategorie-{n}", f"#{n * 6000:06x}") for n in range(40)]
    assert len(stylesheet(Look(dark_allowed=True), classes).text) < 20_000


def test_the_defaults_in_the_base_sheet_are_those_of_the_default_look() -> None:
    base = (STATIC / "base.css").read_text()
    for name, value in properties(Look(), dark=False).items():
        assert f"{name}: {value};" in base, f"{name} differs: change base.css with the defaults of css.Look"


def test_the_dark_neutral_sheet_is_the_default_look_in_the_dark() -> None:
    base, dark = (STATIC / "base.css").read_text(), (STATIC / "dark.css").read_text()
    assert '@media screen and (prefers-color-scheme: dark) { :root:not([data-kern-theme="light"]) {' in dark
    assert "color-scheme: dark;" in dark
    for name, value in properties(Look(), dark=True).items():
        line = f"{name}: {value};"
        assert line in dark or line in base, f"{name} differs: change dark.css with css.Look and theming.tokens"


@pytest.mark.parametrize("sheet", OURS, ids=lambda path: path.name)
def test_our_sheets_use_logical_properties_and_no_colour_literals(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    rules = re.sub(r"@media[^{]*\{", "{", text)
    assert not PHYSICAL.findall(re.sub(r"@(?:container|media)[^{]*", "", rules))
    without_defaults = re.sub(r"--[\w-]+:[^;]*;", "", rules)
    assert not LITERAL.findall(re.sub(r"url\([^)]*\)", "", without_defaults))


@pytest.mark.parametrize("sheet", OURS, ids=lambda path: path.name)
def test_our_sheets_keep_the_size_budget(sheet: Path) -> None:
    assert len(sheet.read_text().splitlines()) <= 400


def test_the_vendored_kern_kept_what_carries_its_themes() -> None:
    kern = (STATIC / "vendor" / "kern.css").read_text()
    assert ":is(body," in kern, "PurgeCSS dropped this rule once, and every theme fell back to KERN's blue"
    assert "EUPL-1.2" in kern[:600]
    assert "ALTERED on" in kern[:600]
    assert "@layer kern" in kern
    assert not re.findall(r"(?:margin|padding)-(?:left|right)", kern)


def test_every_vendored_part_has_its_licence() -> None:
    licences = {path.name for path in (STATIC / "vendor").glob("LICENSE*")}
    assert licences == {
        "LICENSE-kern.md",
        "LICENSE-lucide.txt",
        "LICENSE-htmx.txt",
        "LICENSE-tiptap.md",
        "LICENSE-cropper.txt",
        "LICENSE-fira-sans.txt",
        "LICENSE-atkinson-hyperlegible.txt",
    }


def test_the_sprite_holds_every_icon_by_name() -> None:
    sprite = (STATIC / "vendor" / "icons.svg").read_text()
    assert re.findall(r'<symbol id="([\w-]+)"', sprite) == list(ICON_NAMES)


def test_templates_name_only_icons_that_exist() -> None:
    named = re.compile(r'{% icon "([\w-]+)"|\bicon="([\w-]+)"')
    used = {a or b for path in TEMPLATES.rglob("*.html") for a, b in named.findall(path.read_text())}
    assert used
    assert used <= set(ICON_NAMES)


def test_no_template_holds_inline_style_or_script() -> None:
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        assert not re.search(r'\sstyle="|<style|\son\w+="|<script(?![^>]*\ssrc=)', text), path.name
