"""What a web process has loaded is not looked through again and again for what may go.

Python's collector of cycles looks at everything that lives: with all pages loaded for a tenth of a second, in the
middle of every fifteenth request of a long list. What is there once a process has answered its first requests (modules,
templates, catalogues, addresses) stays until its end; it is set aside (`gc.freeze`), and the collector then looks only
at what came since. Done some times, since rare pages load more.
"""

import gc
import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import django

AFTER = (20, 100, 500, 2500)
"""The requests of a process after which what is loaded is set aside."""

SELDOM = (5_000, 5, 5)
"""How many new things, and how many looks at them, before the collector looks (further). Much more saves little time
and costs memory: rows that know one another go only then."""
_lock, _working = Lock(), 0
_usual = gc.get_threshold()

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def set_aside() -> None:
    """Free what may go, and let what is left be."""
    gc.collect()
    gc.freeze()


def set_up() -> None:
    """Load Django and set it aside: what the process of a pool begins with. It stands here because nothing that needs
    Django loaded can be named to such a process."""
    django.setup()
    set_aside()


@contextmanager
def seldom() -> Iterator[None]:
    """Within it the collector looks less often: for work that makes very many things that live until its end, such as
    the rows of a large table. It took a fifth of the time. Threads may be in it at once."""
    global _usual, _working  # noqa: PLW0603 - there is one collector
    with _lock:
        if not _working:
            _usual = gc.get_threshold()
            gc.set_threshold(*SELDOM)
        _working += 1
    try:
        yield
    finally:
        with _lock:
            _working -= 1
            if not _working:
                gc.set_threshold(*_usual)


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
