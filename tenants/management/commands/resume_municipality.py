"""`manage resume_municipality SLUG`."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tenants.lifecycle.states import resume_municipality
from tenants.management.service import ServiceCommand


class Command(ServiceCommand):
    help = "Opens a suspended municipality again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")

    def work(self, **options: Any) -> None:
        self.stdout.write(_("%(name)s is live.") % {"name": resume_municipality(options["slug"]).name})
