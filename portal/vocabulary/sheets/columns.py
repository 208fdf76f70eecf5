"""What stands in the columns of a list's table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.text import clean_text, fold
from portal.vocabulary.kinds import CARRIERS, CATEGORIES, DISTRICTS, MARKERS, TARGET_GROUPS, Kind
from theming.icon_names import ICON_NAMES

NUMBER, NAME, PARENT = "number", "name", "parent"
YES, NO = "ja", "nein"


class CellError(ValueError):
    """What is wrong with a cell, as a sentence."""


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is the name of the field, or of what is told only (`told`) and ignored when it is read."""

    key: str
    heading: str
    read: Callable[[Any], Any]
    told: bool = False
    required: bool = False


def text(value: Any) -> str:
    """A cell as one line of text; whole numbers without the point Excel keeps them with."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(clean_text(str(value)).split())


def whole(value: Any) -> int | None:
    """A whole number, or nothing."""
    written = text(value)
    if not written:
        return None
    if not (written.isascii() and written.isdecimal() and len(written) < 19):
        raise CellError(_("“%(value)s” is no whole number.") % {"value": written[:40]})
    return int(written)


def truth(value: Any) -> bool:
    """Yes or no; nothing is no."""
    written = fold(text(value))
    if written in {"ja", "j", "x", "yes", "1", "true", "wahr"}:
        return True
    if written in {"", "nein", "n", "no", "0", "false", "falsch"}:
        return False
    raise CellError(_("“%(value)s” is neither “ja” nor “nein”.") % {"value": text(value)[:40]})


def decimal(value: Any) -> float | None:
    """A number with a point or a comma."""
    written = text(value).replace(",", ".")
    if not written:
        return None
    try:
        return float(written)
    except ValueError:
        raise CellError(_("“%(value)s” is no number.") % {"value": text(value)[:40]}) from None


def colour(value: Any) -> str:
    """# and six digits; without # as well."""
    plain = text(value).lower().removeprefix("#")
    return f"#{plain}" if plain else ""


def sign(value: Any) -> str:
    """A sign there is."""
    written = text(value)
    if written and written not in ICON_NAMES:
        raise CellError(_("There is no sign “%(value)s”.") % {"value": written[:40]})
    return written


_NUMBER = Column(NUMBER, "Nummer", whole, required=True)
_NAME = Column(NAME, "Name", text, required=True)
_RETIRED = Column("retired", "Stillgelegt", truth)
_OFFERS = Column("offers", "Angebote (nur zur Ansicht)", text, told=True)
COLUMNS: dict[str, tuple[Column, ...]] = {
    CATEGORIES.slug: (
        _NUMBER,
        _NAME,
        Column(PARENT, "Gehört zu", text, required=True),
        Column("color", "Farbe", colour),
        Column("icon", "Zeichen", sign),
        _RETIRED,
        Column("path", "Pfad (nur zur Ansicht)", text, told=True),
        _OFFERS,
    ),
    TARGET_GROUPS.slug: (
        _NUMBER,
        _NAME,
        Column("min_age", "Ab Alter", whole),
        Column("max_age", "Bis Alter", whole),
        _RETIRED,
        _OFFERS,
    ),
    DISTRICTS.slug: (
        _NUMBER,
        _NAME,
        Column("latitude", "Breite", decimal),
        Column("longitude", "Länge", decimal),
        _RETIRED,
        _OFFERS,
    ),
    MARKERS.slug: (_NUMBER, _NAME, Column("internal", "Intern", truth), _RETIRED, _OFFERS),
    CARRIERS.slug: (
        _NUMBER,
        _NAME,
        _RETIRED,
        Column("offers", "Anbieter (nur zur Ansicht)", text, told=True),
    ),
}


def columns_of(kind: Kind) -> tuple[Column, ...]:
    """The columns of a list."""
    return COLUMNS[kind.slug]
