"""Sums as people write and read them; inside they are whole cents."""

import re
from decimal import Decimal

from django.utils.formats import number_format

LONGEST = 30
_AROUND = re.compile(r"(?i)\s|€|euro?")
_WRITTEN = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,2})?|\d+\.\d{1,2}", re.ASCII)


def cents_of(text: str) -> int | None:
    """“1.784,02 €”, “1784,02”, “1784.02”, “1784”; None for whatever is no sum."""
    written = _AROUND.sub("", text[:LONGEST])
    if len(text) > LONGEST or not _WRITTEN.fullmatch(written):
        return None
    if "," in written or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", written):
        written = written.replace(".", "").replace(",", ".")
    return int(Decimal(written) * 100)


def euros(cents: int) -> str:
    """With two decimals and thousands, as the reader's language writes them."""
    return f"{number_format(Decimal(cents) / 100, 2, use_l10n=True, force_grouping=True)}\N{NO-BREAK SPACE}€"
