"""What a web process has loaded is not looked through again and again for what may go.

Python's collector of cycles looks at everything that lives: with all pages loaded for a tenth of a second, in the
middle of every fifteenth request of a long list. What is there once a process has answered its first requests (modules,
templates, catalogues, addresses) stays until its end; it is set aside (`gc.freeze`), and the collector then looks only
at what came since. Done some times, since rare pages load more.
"""

import gc
import itertools
from collections.abc import Callable, Iterable
from typing import Any

AFTER = (20, 100, 500, 2500)
"""The requests of a process after which what is loaded is set aside."""

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def set_aside() -> None:
    """Free what may go, and let what is left be."""
    gc.collect()
    gc.freeze()


class SetsAside:
    """A WSGI application around another that sets aside what is loaded when it is warm."""

    def __init__(self, application: Application) -> None:
        self._application = application
        # Threads share it: each number is given once.
        self._numbers = itertools.count(1)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if next(self._numbers) in AFTER:
            set_aside()
        return self._application(environ, start_response)
