"""Which entry a cell means: by its number, its name, or its path."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from core.numbers import whole_number
from core.text import fold
from portal.vocabulary.rows import Rows

SEPARATORS = ("›", ">", "/")


class Finder:
    """Entries of the table (`names` by key, `keys` by the number that stands in it) before those of the list."""

    def __init__(self, rows: Rows, names: Mapping[int, str], keys: Mapping[int, int]) -> None:
        self._rows, self._names, self._keys = rows, names, keys
        self._by_name: dict[str, list[int]] = {}
        for key, name in {**{pk: row.name for pk, row in rows.by_pk.items()}, **names}.items():
            self._by_name.setdefault(fold(name), []).append(key)

    def parent(self, written: str, wanted: Mapping[int, str]) -> int | None:
        """The key of what a cell names; ValueError with a sentence. `wanted`: what stands in the cells of all rows."""
        if not written:
            return None
        number = whole_number(written)
        if number is not None:
            if number in self._keys:
                return self._keys[number]
            if number in self._rows.by_pk:
                return number
        parts = _parts(written)
        found = self._by_name.get(fold(written), []) or self._by_name.get(fold(parts[-1]), [])
        if len(parts) > 1 and len(found) > 1:
            found = [
                key
                for key in found
                if fold(self._above(key, wanted))
                in {fold(parts[-2]), fold(written.rpartition(parts[-1])[0].strip(" ›>/"))}
            ]
        if not found:
            raise ValueError(_("“%(name)s” is neither in this table nor in the list.") % {"name": written[:80]})
        if len(found) > 1:
            raise ValueError(
                _("There are several entries “%(name)s”. Please write the number of the one you mean.")
                % {"name": written[:80]}
            )
        return found[0]

    def _above(self, key: int, wanted: Mapping[int, str]) -> str:
        """The name of what stands above an entry."""
        if key in wanted:
            said = wanted[key]
            number = whole_number(said)
            if number is None:
                return said
            if number in self._keys:
                return self._names[self._keys[number]]
            return self._rows.by_pk[number].name if number in self._rows.by_pk else said
        above = self._rows.by_pk[key].parent_id
        return self._rows.by_pk[above].name if above is not None else ""


def _parts(written: str) -> list[str]:
    for separator in SEPARATORS:
        if separator in written:
            return [part.strip() for part in written.split(separator) if part.strip()] or [written]
    return [written]
