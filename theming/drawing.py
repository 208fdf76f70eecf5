"""Components that are drawn once: what is given again, in the same language, looks the same again.

Lists show the same rows again and again, to one editor who leafs and to the next, and drawing thirty of them takes
longer than everything else on their page. What is drawn depends on what is given alone (no request, no context), so it
may be kept for all requests and municipalities, as long as there is room.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
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
    a word in another language."""
    if isinstance(value, tuple):
        return (type(value), *map(_told, value))
    if isinstance(value, Promise):
        return _told(str(value))
    if is_dataclass(value) and value.__dataclass_params__.frozen:  # type: ignore[union-attr]
        return (type(value), *(_told(getattr(value, each.name)) for each in fields(value)))
    if not isinstance(value, PLAIN):
        raise TypeError(f"{type(value).__name__} may change or be equal to another one: give what is drawn of it.")
    return type(value), value, getattr(value, "language", "")
