"""`manage suspend_municipality SLUG --reason TEXT`."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tenants.lifecycle.states import suspend_municipality
from tenants.management.service import ServiceCommand


class Command(ServiceCommand):
    help = "Shows visitors of a municipality nothing but the reason (503); also brings an archived one back this far."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="a sentence for visitors, 500 characters")

    def work(self, **options: Any) -> None:
        municipality = suspend_municipality(options["slug"], reason=options["reason"])
        self.stdout.write(
            _("%(name)s is suspended: %(reason)s") % {"name": municipality.name, "reason": municipality.state_reason}
        )
