"""Names in the order German readers look for them (DIN 5007-1), the same in every database and in Python.

ä stands among a, ß as ss, other accents aside; capitals do not count; quotes, dashes and other signs before, after and
between words separate words and are no letters; numbers go by their value and stand before letters. Where names are
equal so far, small letters come first, then the sign with fewer dots.

Why not the database's own collations: those of ICU are missing where PostgreSQL was built without it, as the embedded
one is, those of the system differ from machine to machine, and neither is at hand for what is sorted in memory. So the
rules stand here once, as patterns that PostgreSQL and Python understand alike; the key is compared sign by sign.
"""

import re
import unicodedata
from typing import Any

from django.db import migrations
from django.db.models import Func, TextField
from django.db.models.sql.compiler import SQLCompiler
from django.utils.deconstruct import deconstructible

from core.text import INVISIBLE

# No letters, and no gap between words either: “Oma’s”, “Rock’n’Roll”.
_DROPPED = rf"[{INVISIBLE}'`´‘’‛ʼ′]+"
_MARKS = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
# Everything else that is no letter and no digit, symbols and pictures included.
_BETWEEN = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u02b9-\u02ff"
    r"\u2000-\u206f\u20a0-\u20cf\u2100-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3030\ufe30-\ufe6f\U0001f000-\U0001faff]+"
)
_LONG = (("ß", "ss"), ("ẞ", "ss"), ("æ", "ae"), ("Æ", "ae"), ("œ", "oe"), ("Œ", "oe"), ("þ", "th"), ("Þ", "th"))
_ODD = ("ØøŁłĐđÐðĦħŦŧıŊŋ", "oollddddhhttinn")
_ODD_LETTERS = str.maketrans(*_ODD)
# Longer numbers are compared by their last digits.
_DIGITS = 20
_NUMBER = "([0-9]+)"
_PADDED = f"[0-9]*([0-9]{{{_DIGITS}}})"
# Among equal names the one with a small letter is first: it stands for its capital and the other way round.
_SWAP = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜabcdefghijklmnopqrstuvwxyzäöü",
    "abcdefghijklmnopqrstuvwxyzäöüABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ",
)
_SWAPPED = str.maketrans(*_SWAP)
_ASCII_SMALL = str.maketrans({chr(n): chr(n + 32) for n in range(ord("A"), ord("Z") + 1)})
# The same as the patterns above, for the many names without any other signs.
_ASCII_KEYS = {n: chr(n).lower() if chr(n).isalnum() else None if chr(n) in "'`" else " " for n in range(1, 128)}
_END = "\x01"

_dropped, _marks, _between = re.compile(_DROPPED), re.compile(_MARKS), re.compile(_BETWEEN)
_digits = re.compile("[0-9]+")


def name_key(text: str) -> str:
    """What a name is sorted by, and, from its first sign on, under which letter it stands."""
    key = text
    if not key.isascii():
        key = _marks.sub("", unicodedata.normalize("NFKD", _dropped.sub("", key)))
        for one, two in _LONG:
            key = key.replace(one, two)
        key = key.translate(_ODD_LETTERS)
    if key.isascii():
        key = " ".join(key.translate(_ASCII_KEYS).split())
    else:
        key = _between.sub(" ", key.translate(_ASCII_SMALL)).strip(" ")
    key = _digits.sub(lambda found: found[0].zfill(_DIGITS)[-_DIGITS:], key)
    return f"{key}{_END}{text[:1].translate(_SWAPPED)}{text}"


def _quoted(text: str) -> str:
    """A constant of SQL, as it must stand in a statement with parameters."""
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"


def _key_sql() -> str:
    """`name_key` in SQL; NAME stands for the name. The outcome does not depend on the database's locale."""
    sql = f"normalize(regexp_replace(NAME, {_quoted(_DROPPED)}, '', 'g'), NFKD)"
    sql = f"regexp_replace({sql}, {_quoted(_MARKS)}, '', 'g')"
    for one, two in _LONG:
        sql = f"replace({sql}, {_quoted(one)}, {_quoted(two)})"
    sql = f"translate({sql}, {_quoted(_ODD[0])}, {_quoted(_ODD[1])})"
    # Of this collation lower() knows A to Z, whatever the database's locale.
    sql = f'lower({sql} COLLATE "C")'
    sql = f"btrim(regexp_replace({sql}, {_quoted(_BETWEEN)}, ' ', 'g'), ' ')"
    sql = rf"regexp_replace({sql}, {_quoted(_NUMBER)}, '{'0' * _DIGITS}\1', 'g')"
    sql = rf"regexp_replace({sql}, {_quoted(_PADDED)}, '\1', 'g')"
    swapped = f"translate(left(NAME, 1), {_quoted(_SWAP[0])}, {_quoted(_SWAP[1])})"
    return f'({sql} || chr({ord(_END)}) || {swapped} || NAME) COLLATE "C"'


@deconstructible(path="core.ordering.ByName")
class ByName(Func):
    """The key of a name as the database computes it, for `order_by` and `Meta.ordering`."""

    arity = 1
    output_field = TextField()
    _sql = _key_sql()

    def as_sql(self, compiler: SQLCompiler, connection: Any, **_options: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The whole expression; the name stands in it three times."""
        name, parameters = compiler.compile(self.source_expressions[0])
        return self.sql_of(name), [*parameters] * 3

    @classmethod
    def sql_of(cls, name: str) -> str:
        """The same for a name that is an expression of SQL already."""
        return cls._sql.replace("NAME", f"({name})::text")


def keep_keys(table: str, name: str, column: str) -> migrations.RunSQL:
    """A migration step: the database keeps the key of each row's name in a nullable column of its own, whoever writes.

    For lists of tens of thousands, where working the key out for every row takes longer than everything else. What is
    there already is filled row by row, without a lock on the table; the code of the release before knows nothing of it.
    """
    key, function = ByName.sql_of(f"NEW.{name}"), f"{table}_keep_{column}"
    made = f"""
CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.{column} := {key};
    RETURN NEW;
END $$;
CREATE TRIGGER {function} BEFORE INSERT OR UPDATE OF {name}, {column} ON {table}
    FOR EACH ROW EXECUTE FUNCTION {function}();
UPDATE {table} SET {column} = '';
"""  # noqa: S608  # names of tables and columns, from the migration alone
    undone = f"DROP TRIGGER {function} ON {table}; DROP FUNCTION {function}();"
    reviewed = (
        "The trigger takes a moment's lock, the update locks rows: a second for 20,000 of them. Old code is served."
    )
    return migrations.RunSQL(made, undone, hints={"reviewed": reviewed})
