"""What it costs."""

import re
from dataclasses import dataclass
from decimal import Decimal

from portal.drafting.reading.lines import Sheet

_FREE = re.compile(
    r"eintritt\s*(?:ist\s*)?:?\s*frei|kostenlos|kostenfrei|gebührenfrei|teilnahme\s*(?:ist\s*)?:?\s*frei"
    r"|freier eintritt|entgeltfrei"
    r"|gratis|ohne kosten|unentgeltlich|kosten:?\s*keine"
)
_DONATION = re.compile(r"spenden?\b|auf spendenbasis|hut geht|nach selbsteinschätzung")
_AMOUNT = re.compile(
    r"(?<![\d.,])(?P<a>\d{1,4}(?:[.,]\d{2})?)(?:\s?,-+)?\s?(?:€|euro?\b)|(?:€|\beuro?)\s?(?P<b>\d{1,4}(?:[.,]\d{2})?)(?![\d.])"
)
_LESS = re.compile(
    r"erm[äa](?:ß|ss)|kinder|schüler|mitglied|studier|rentner|jugend|familie|vorverkauf|\bvvk\b|abendkasse"
)
_LABEL = re.compile(r"eintritt|kosten|preis|gebühr|beitrag|teilnahme|unkosten|kostet")
_OTHER = re.compile(
    r"kaffee|kuchen|getränk|bratwurst|tombola|standgebühr|pfand|material|verpflegung|los\b|lose\b|meter"
)


@dataclass(frozen=True, slots=True)
class Cost:
    """`kind` as an offer has it: free, amount, text."""

    kind: str
    amount: Decimal | None = None
    text: str = ""
    sure: bool = False
    said: str = ""


def cost(sheet: Sheet) -> Cost | None:
    """What it costs, where something is said of it."""
    free, donation = _line(sheet, _FREE), _line(sheet, _DONATION)
    rows = [(number, amounts) for number, line in enumerate(sheet.lines) if (amounts := _amounts(line.text))]
    # What a coffee costs, or a table at a flea market, is not what it costs to come.
    plain = [row for row in rows if not _OTHER.search(sheet.lines[row[0]].text.lower())]
    labelled = [row for row in plain if _LABEL.search(sheet.lines[row[0]].text.lower())]
    chosen = labelled or plain
    if free is not None and not labelled:
        return _free(sheet, free, donation)
    if chosen:
        return _priced(sheet, chosen, bool(labelled), also_free=free is not None)
    if donation is not None:
        said = sheet.lines[donation].text
        return Cost("text", text=said[:255], sure=False, said=said)
    return None


def _line(sheet: Sheet, pattern: re.Pattern[str]) -> int | None:
    return next((number for number, line in enumerate(sheet.lines) if pattern.search(line.text.lower())), None)


def _amounts(text: str) -> list[tuple[Decimal, int, int]]:
    found = []
    for each in _AMOUNT.finditer(text.lower()):
        written = (each["a"] or each["b"]).replace(",", ".")
        found.append((Decimal(written).quantize(Decimal("0.01")), each.start(), each.end()))
    return found


def _free(sheet: Sheet, number: int, donation: int | None) -> Cost:
    said = sheet.lines[number].text
    if donation is not None:
        both = said if donation == number else f"{said}, {sheet.lines[donation].text}"
        return Cost("text", text=both[:255], sure=False, said=both)
    return Cost("free", sure=sheet.lines[number].sure >= 75, said=said)


def _priced(
    sheet: Sheet, rows: list[tuple[int, list[tuple[Decimal, int, int]]]], labelled: bool, *, also_free: bool
) -> Cost:
    number, amounts = rows[0]
    line = sheet.lines[number]
    said = line.text
    least = {amount for _number, each in rows for amount, _start, _end in each}
    if 0 in least and len(least) == 1:
        return Cost("free", sure=False, said=said)
    amount, start, end = next((each for each in amounts if each[0] > 0), amounts[0])
    rest = said[end:].strip(" ,;/|()-–·")
    reduced = bool(_LESS.search(said[:start].lower().rsplit("/", 1)[-1]))
    several = len(least) > 1
    note = rest if several and rest and not reduced else ""
    if (several and (reduced or not note)) or also_free:
        words = " · ".join(sheet.lines[each].text for each, _amounts in rows)
        return Cost("text", text=words[:255], sure=False, said=words[:255])
    return Cost("amount", amount, note[:255], sure=labelled and not several and line.sure >= 88, said=said)
