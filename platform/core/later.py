"""Something that is done some seconds later, by a thread of the process's own: what is counted in memory is written so.

Killed, a process loses what it counted since; ended properly, it does its work once more before it goes.
"""

import atexit
import os
import threading
import time
from collections.abc import Callable

from django.db import connection

# As long as the work cannot be done, it is tried less and less often.
LONGEST_WAIT = 60.0


class Later:
    """Calls `work` so many `seconds` after it was woken; `work` says whether nothing of it has to wait."""

    def __init__(self, name: str, work: Callable[[], bool], seconds: Callable[[], float]) -> None:
        self._name, self._work, self._seconds = name, work, seconds
        self._lock = threading.Lock()
        self._some = threading.Event()
        self._pid = 0

    def wake(self) -> None:
        """There is something to do."""
        if self._pid != os.getpid():
            self._start()
        self._some.set()

    def _start(self) -> None:
        """The thread; once in each process, as a thread does not survive a fork."""
        with self._lock:
            if self._pid == os.getpid():
                return
            self._pid, self._some = os.getpid(), threading.Event()
            threading.Thread(target=self._run, name=self._name, daemon=True).start()
            atexit.register(self._finish)

    def _run(self) -> None:
        wait = self._seconds()
        while True:
            self._some.wait()
            time.sleep(wait)
            self._some.clear()
            wait = self._seconds() if self._finish() else min(wait * 2, LONGEST_WAIT)
            if wait > self._seconds():
                self._some.set()

    def _finish(self) -> bool:
        """Do it, and give the thread's connection back to the pool."""
        try:
            return self._work()
        finally:
            connection.close()
