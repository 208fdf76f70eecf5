"""How many bytes something takes in memory, with all it holds."""

import gc
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import LazySettings
from django.core.files.storage import DefaultStorage, Storage
from django.db.models import Field
from django.db.models.options import Options

from core.lazy import lazy

if TYPE_CHECKING:
    from objsize import traverse
else:
    traverse = lazy("objsize.traverse")

# Reached from a row or a file, and there only once for all.
_SHARED = (Field, Options, Storage, DefaultStorage, LazySettings)


def _is_its_own(found: Any) -> bool:
    return traverse.shared_object_or_function_filter(found) and not issubclass(type(found), _SHARED)


def _held_by(*values: Any) -> Iterable[Any]:
    """What Python's memory management knows of, and what numpy does not tell it: whose memory an array shows."""
    yield from gc.get_referents(*values)
    for value in values:
        # By name: a process that has no arrays need not load numpy to find that out.
        if type(value).__module__ == "numpy":
            yield getattr(value, "base", None)
            if value.dtype.hasobject:
                yield from value.flat
        elif isinstance(own := getattr(value, "__dict__", None), dict):
            yield own


@cache
def _measure() -> "traverse.ObjSizeSettings":
    return traverse.ObjSizeSettings(get_referents_func=_held_by, filter_func=_is_its_own, exclude_modules_globals=False)


def weight_of(value: Any) -> int:
    """Bytes of a value and everything it holds.

    What is large and knows its own size says so in an int attribute `weight`, in bytes; counting ten thousand strings
    one by one takes longer than making them. Everything else is measured.
    """
    own = getattr(value, "weight", None)
    if type(own) is int:
        return own
    return int(_measure().get_deep_size(value))
