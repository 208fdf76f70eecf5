"""`manage archive_municipality SLUG`."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tenants.lifecycle.states import archive_municipality
from tenants.management.service import ServiceCommand


class Command(ServiceCommand):
    help = "Closes a municipality's address and keeps everything; suspend_municipality brings it back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")

    def work(self, **options: Any) -> None:
        self.stdout.write(_("%(name)s is archived.") % {"name": archive_municipality(options["slug"]).name})
