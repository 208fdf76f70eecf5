"""What the commands that call a service share: refusals become one line, and long work shows how far it is."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from tenants.refused import RefusedError

STEPS = 4


class ServiceCommand(BaseCommand):
    """A command whose `work` calls a service; `self.progress` is the service's Progress."""

    def handle(self, *args: Any, **options: Any) -> None:
        self._bar: tqdm[Any] | None = None
        self._said: tuple[str, int] = ("", -1)
        try:
            self.work(**options)
        except RefusedError as error:
            raise CommandError(str(error)) from error
        finally:
            if self._bar is not None:
                self._bar.close()

    def work(self, **options: Any) -> None:
        """Call the service and write the closing line."""
        raise NotImplementedError

    def progress(self, what: str, done: int, total: int) -> None:
        """A bar on a terminal, elsewhere a line at every quarter."""
        if sys.stderr.isatty():
            if self._bar is None or self._bar.desc != what:
                if self._bar is not None:
                    self._bar.close()
                self._bar = tqdm(total=total, leave=False)
                self._bar.desc = what
            self._bar.update(done - self._bar.n)
            return
        step = STEPS * done // total if total else STEPS
        if self._said != (what, step):
            self._said = (what, step)
            self.stderr.write(f"{what} {done}/{total}", style_func=str)
