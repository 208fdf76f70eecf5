"""`manage answer_tls [--port PORT]`."""

import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.running.tls_names import serve

PORT = 8053


class Command(BaseCommand):
    help = (
        "Tells the proxy for which host names it may obtain certificates: a process of its own, on this machine only."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=PORT)

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
        self.stdout.write(f"http://127.0.0.1:{options['port']}/tls/ask?domain=…")
        try:
            serve(options["port"])
        except KeyboardInterrupt:
            sys.exit(0)
