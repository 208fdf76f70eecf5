"""What Excel demands of a workbook and other programs forgive: ECMA-376 part 1, chapter 18, and Excel's own limits.

Excel says of a file that breaks one of these only that “we found a problem with some content”. `faults` names them.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, fromstring

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# The order of CT_Worksheet: another one is a damaged file.
_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
MOST_SIGNS, MOST_ROWS, MOST_COLUMNS, LONGEST_FORMULA, LONGEST_NAME = 32_767, 1_048_576, 16_384, 255, 31
DAY, TIME = re.compile("y|d", re.IGNORECASE), re.compile("h", re.IGNORECASE)


def faults(content: bytes) -> list[str]:
    """Everything that is wrong with it."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
        doubled = len(archive.namelist()) - len(parts)
    # Parsing is itself a check: a part that is no XML raises.
    trees = {name: fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels", ".vml"))}
    found = [f"{doubled} parts twice"] * bool(doubled)
    found += [*_untyped(trees, set(parts)), *_loose_ends(trees, set(parts)), *_names(trees["xl/workbook.xml"])]
    styles = len(trees["xl/styles.xml"].find(f"{_MAIN}cellXfs") or ())
    strings = len(trees.get("xl/sharedStrings.xml", Element("none")))
    for name, tree in trees.items():
        if name.startswith("xl/worksheets/sheet"):
            found += [f"{name}: {fault}" for fault in (*_sheet(tree), *_cells(tree, styles, strings))]
        found += [f"{name}: {fault}" for each in tree.iter(f"{_MAIN}t") for fault in _text(each)]
    return found


def _untyped(trees: dict[str, Element], parts: set[str]) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    endings = {each.get("Extension") for each in types.iter(f"{_TYPES}Default")}
    named = {str(each.get("PartName")).lstrip("/") for each in types.iter(f"{_TYPES}Override")}
    yield from (f"no such part: {name}" for name in named - parts)
    for name in parts - named - {"[Content_Types].xml"}:
        if name.rsplit(".", 1)[-1] not in endings:
            yield f"without a type: {name}"


def _loose_ends(trees: dict[str, Element], parts: set[str]) -> Iterator[str]:
    """Relations that lead nowhere."""
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = PurePosixPath(name).parent.parent
        for each in tree:
            target = str(each.get("Target"))
            path = target.lstrip("/") if target.startswith("/") else _joined(folder, target)
            if each.get("TargetMode") != "External" and path not in parts:
                yield f"{name} leads to {path}, which is not there"


def _joined(folder: PurePosixPath, target: str) -> str:
    steps: list[str] = [*folder.parts]
    for step in target.split("/"):
        steps = steps[:-1] if step == ".." else [*steps, step]
    return "/".join(steps)


def _names(workbook: Element) -> Iterator[str]:
    names = [str(each.get("name")) for each in workbook.iter(f"{_MAIN}sheet")]
    if len({name.lower() for name in names}) < len(names):
        yield f"two sheets of one name: {names}"
    for name in names:
        if not 0 < len(name) <= LONGEST_NAME or re.search(r"[\[\]:*?/\\]", name) or name.strip("'") != name:
            yield f"a sheet may not be called {name!r}"
    shown = [each for each in workbook.iter(f"{_MAIN}sheet") if each.get("state", "visible") == "visible"]
    if not shown:
        yield "no sheet can be seen"


def _sheet(tree: Element) -> Iterator[str]:
    places = [_ORDER.index(each.tag.removeprefix(_MAIN)) for each in tree]
    if places != sorted(places):
        yield f"its elements stand in the order {[_ORDER[each] for each in places]}"
    if any(not 0 <= float(each.get("width", "8")) <= 255 for each in tree.iter(f"{_MAIN}col")):
        yield "a column is wider than 255"
    if any(float(each.get("ht", "1")) > 409 for each in tree.iter(f"{_MAIN}row")):
        yield "a row is higher than 409 points"
    rules = tree.find(f"{_MAIN}dataValidations")
    for rule in rules if rules is not None else ():
        formula = rule.findtext(f"{_MAIN}formula1", "")
        if len(formula) > LONGEST_FORMULA or not formula:
            yield f"a rule of {len(formula)} signs"
    if rules is not None and int(rules.get("count", "0")) != len(rules):
        yield "it counts its rules wrongly"


def _cells(tree: Element, styles: int, strings: int) -> Iterator[str]:
    before = 0
    for row in tree.iter(f"{_MAIN}row"):
        number, column = int(row.get("r", "0")), 0
        if not before < number <= MOST_ROWS:
            yield f"row {number} after row {before}"
        before = number
        for cell in row:
            place = _CELL.fullmatch(cell.get("r", ""))
            at = _column(place[1]) if place else 0
            if place is None or int(place[2]) != number or not column < at <= MOST_COLUMNS:
                yield f"{cell.get('r')} in row {number}"
            column = at
            if not 0 <= int(cell.get("s", "0")) < styles:
                yield f"{cell.get('r')} has no such style"
            yield from (f"{cell.get('r')}: {fault}" for fault in _value(cell, strings))


def _value(cell: Element, strings: int) -> Iterator[str]:
    kind, value = cell.get("t", "n"), cell.findtext(f"{_MAIN}v")
    if kind == "s" and not (value or "").isdigit():
        yield f"no text {value}"
    elif kind == "s" and int(value or 0) >= strings:
        yield f"there is no text {value}"
    elif kind == "n" and value:
        float(value)
    elif kind not in {"n", "s", "b", "inlineStr"}:
        yield f"a value of the kind {kind}"
    if cell.find(f"{_MAIN}f") is not None:
        yield "a formula"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _text(text: Element) -> Iterator[str]:
    said = text.text or ""
    if said != said.strip() and text.get(_SPACE) != "preserve":
        yield f"spaces are lost in {said!r}"
    # Excel counts in UTF-16.
    if len(said.encode("utf-16-le")) > 2 * MOST_SIGNS:
        yield f"a text of {len(said)} signs"


def real_dates(content: bytes) -> dict[str, tuple[str, float]]:
    """Cells of the first sheet that hold a number formatted as a day or a time: their format, and the number."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        styles = fromstring(archive.read("xl/styles.xml"))
        sheet = fromstring(archive.read("xl/worksheets/sheet1.xml"))
    own = {each.get("numFmtId"): str(each.get("formatCode")) for each in styles.iter(f"{_MAIN}numFmt")}
    of_style = [own.get(each.get("numFmtId"), "") for each in styles.find(f"{_MAIN}cellXfs") or ()]
    found = {}
    for cell in sheet.iter(f"{_MAIN}c"):
        code, value = of_style[int(cell.get("s", "0"))], cell.findtext(f"{_MAIN}v")
        if value is not None and cell.get("t", "n") == "n" and (DAY.search(code) or TIME.search(code)):
            found[str(cell.get("r"))] = (code, float(value))
    return found
