"""Components that are drawn once: what is given again, in the same language, looks the same again.

Lists show the same rows again and again, to one editor who leafs and to the next, and drawing thirty of them takes
longer than everything else on their page. What is drawn depends on what is given alone (no request, no context), so it
may be kept for all requests and municipalities, as long as there is room.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from threading import Lock
from types import NoneType
from typing import Any

from cachetools import LRUCache
from django.conf import settings
from django.urls import get_urlconf
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST_LETTERS = 8 * 2**20
PLAIN = (str, int, float, Decimal, date, NoneType)
_kept: LRUCache[Any, SafeString] = LRUCache(MOST_LETTERS, getsizeof=len)
_lock = Lock()


def drawn(component: str, given: dict[str, Any], draw: Callable[[], SafeString]) -> SafeString:
    """What `draw` makes of `given` (plain values; tuples and frozen dataclasses of such), or what it made of the same
    before."""
    if settings.DEBUG:
        return draw()
    around = (component, get_language(), get_urlconf(), settings.STORAGES["staticfiles"]["BACKEND"])
    key = (*around, *((name, _told(value)) for name, value in given.items()))
    with _lock:
        found = _kept.get(key)
    if found is None:
        found = draw()
        if len(found) <= _kept.maxsize:
            with _lock:
                _kept[key] = found
    return found


def _told(value: Any) -> Any:
    """A value by all that tells it from others: 1, True and "1" are drawn differently, and so are markup and text, and
    a word in another language. Most is plain text, which nothing else here is equal to: all others come with their
    type, and tuples have only such things in them."""
    kind: Any = type(value)
    if kind is str:
        return value
    if isinstance(value, tuple):
        told = map(_told, value)
        return tuple(told) if kind is tuple else (kind, *told)
    if isinstance(value, Promise):
        return _told(str(value))
    names = _frozen(kind)
    if names is not None:
        return (kind, *[_told(getattr(value, name)) for name in names])
    if not isinstance(value, PLAIN):
        raise TypeError(f"{kind.__name__} may change or be equal to another one: give what is drawn of it.")
    return kind, value, getattr(value, "language", "")


@cache
def _frozen(kind: type) -> tuple[str, ...] | None:
    """The names of a frozen dataclass's fields; None for other kinds of values."""
    if not is_dataclass(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        return None
    return tuple(each.name for each in fields(kind))
