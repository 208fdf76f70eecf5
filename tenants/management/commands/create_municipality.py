"""`manage create_municipality SLUG --name NAME --domain HOST [--template SLUG] [--editor EMAIL]`."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tenants.lifecycle.making import create_municipality
from tenants.management.service import ServiceCommand


class Command(ServiceCommand):
    help = "Makes a ready municipality with its own schema, host name and first pages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="short name: a–z, digits, hyphens; also the schema's name")
        parser.add_argument("--name", required=True, help="name as residents know it")
        parser.add_argument("--domain", required=True, metavar="HOST", help="host name, without https://")
        parser.add_argument("--template", default="", metavar="SLUG", help="municipality to copy categories etc. from")
        parser.add_argument("--editor", default="", metavar="EMAIL", help="first editor, gets a mail to set a password")

    def work(self, **options: Any) -> None:
        municipality = create_municipality(
            options["slug"],
            name=options["name"],
            host=options["domain"],
            template=options["template"],
            editor=options["editor"],
        )
        self.stdout.write(
            _("%(name)s is ready: %(host)s") % {"name": municipality.name, "host": options["domain"].lower()}
        )
