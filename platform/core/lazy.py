"""What costs much to import and is needed by few commands, imported at its first use.

An import at the top of a module is paid for by every `manage …`, even one that only says the version. This is the one
way round it, for libraries and for rooms that pull them in; type checkers and import-linter see the real import:

    if TYPE_CHECKING:
        import numpy as np
    else:
        np = lazy("numpy")

What a start may load is listed in tests/architecture/test_start.py.
"""

from importlib import import_module
from types import ModuleType
from typing import Any


class _Lazy:
    """Stands for a module; several threads may use it first, the import system lets one of them load it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._module: ModuleType | None = None

    def __getattr__(self, attribute: str) -> Any:
        if self._module is None:
            self._module = import_module(self._name)
        return getattr(self._module, attribute)


def lazy(name: str) -> Any:
    """The module of this name, loaded when something of it is asked for."""
    return _Lazy(name)
