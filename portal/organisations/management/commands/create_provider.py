"""`manage create_provider SLUG NAME [--administrator EMAIL]`."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from portal.organisations.providing import Made, create_provider
from tenants.management.service import ServiceCommand
from tenants.registry import municipality_named
from tenants.running.context import inside

NAME = "create_provider"


class Command(ServiceCommand):
    help = "Makes a published provider; with --administrator somebody who keeps it. Run again it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--administrator", default="", metavar="EMAIL", help="whose organisation it is")

    def work(self, **options: Any) -> None:
        municipality = municipality_named(options["slug"])
        with inside(municipality):
            made = create_provider(municipality, options["name"], administrator=options["administrator"], by=NAME)
        for line in _lines(made):
            self.stdout.write(line)


def _lines(made: Made) -> list[str]:
    names = {"name": made.provider.name, "number": made.provider.pk, "email": made.administrator}
    lines = [
        (
            _("The provider “%(name)s” (%(number)d) was made and is public.")
            if made.fresh
            else _("There is a provider “%(name)s” (%(number)d) already; it stays as it is.")
        )
        % names
    ]
    if made.administrator:
        if made.invited:
            lines.append(_("%(email)s keeps it and gets a mail to set a password.") % names)
        elif made.admitted:
            lines.append(_("%(email)s has an account already and keeps it from now on.") % names)
        else:
            lines.append(_("%(email)s keeps it already.") % names)
    return lines
