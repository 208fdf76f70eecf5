"""`manage look_at_municipality SLUG`."""

from typing import Any

from django.core.management.base import CommandParser

from tenants.lifecycle.operator_visits import link_to
from tenants.management.service import ServiceCommand


class Command(ServiceCommand):
    help = "Prints a link, good for ten minutes, that shows an operator a suspended municipality for an hour."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")

    def work(self, **options: Any) -> None:
        self.stdout.write(link_to(options["slug"], by="look_at_municipality"))
