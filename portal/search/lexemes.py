"""Which lexemes stand in any title or topic at all.

Everyday words and synonyms make one word of a question twenty. What no offer has is not worth looking for in each of
very many that have another of them: two thirds of the time of a common word. Where offers are not that many, looking
costs less than keeping this up to date, and everything counts as there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection

from portal.search.dates import Numbers
from tenants.running.changes import followed
from tenants.running.row_changes import Changed

# From so many offers on it is worth its while.
MANY = 20_000
_NUMBER = "SELECT count(*) FROM offers_searchdocument"
_ALL = "SELECT word FROM ts_stat('SELECT title_vector FROM offers_searchdocument')"
_OF = "SELECT DISTINCT lexeme FROM offers_searchdocument, unnest(title_vector) WHERE offer_id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Lexemes:
    """Those of all offers, and maybe some that none has any more: of what is not in here, none has it.

    Kept as their hashes in this process, in order: 8 bytes each. Two lexemes with one hash count as there. None where
    offers are few, with how many more may come until they are not.
    """

    hashes: Numbers | None
    until_many: int = 0

    def __contains__(self, lexeme: object) -> bool:
        if self.hashes is None:
            return True
        wanted = hash(lexeme)
        place = int(np.searchsorted(self.hashes, wanted))
        return place < self.hashes.size and int(self.hashes[place]) == wanted


EVERYTHING = Lexemes(None)
"""Any may stand somewhere."""


def known_lexemes() -> Lexemes:
    """The lexemes in titles, topics, names and short descriptions of all offers."""
    return followed("search.lexemes", _load, _keep_up, rooms=("offers",))


def _load() -> Lexemes:
    (number,) = _read(_NUMBER, [])
    return Lexemes(None, MANY - number) if number < MANY else Lexemes(_hashed(_read(_ALL, [])))


def _keep_up(old: Lexemes, changed: Mapping[str, Changed]) -> Lexemes | None:
    """With those of the changed offers. What only these had before stays: it is looked for in vain."""
    ids = changed.get("offers", frozenset())
    if ids is None:
        return None
    if old.hashes is None:
        left = old.until_many - len(ids)
        return Lexemes(None, left) if left > 0 else None
    return Lexemes(np.union1d(old.hashes, _hashed(_read(_OF, [list(ids)]))))


def _read(statement: str, parameters: list[list[int]]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [found for (found,) in cursor.fetchall()]


def _hashed(lexemes: Iterable[str]) -> Numbers:
    return np.unique(np.fromiter(map(hash, lexemes), np.int64))
