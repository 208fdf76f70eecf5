"""`manage write_proxy [--watch]`."""

import signal
import sys
import time
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tenants.cells.proxy import write_proxy
from tenants.management.service import ServiceCommand
from tenants.refused import RefusedError

# Seconds between two looks: how long a new host name waits at most for its cell.
EVERY = 5


class Command(ServiceCommand):
    help = "Writes which host name belongs to which cell (PROXY_FILE), and has the proxy read it (PROXY_RELOAD)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="go on looking, and write when something has changed")

    def work(self, **options: Any) -> None:
        if options["watch"]:
            signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
            self._watch()
        hosts, _changed = write_proxy()
        self.stdout.write(_("%(number)d host names.") % {"number": hosts})

    def _watch(self) -> None:
        """A cell that is away changes nothing: its hosts are led there as before, and it is asked again."""
        while True:
            try:
                hosts, changed = write_proxy(anyway=False)
                if changed:
                    self.stdout.write(_("%(number)d host names.") % {"number": hosts})
            except RefusedError as error:
                self.stderr.write(str(error))
            time.sleep(EVERY)
