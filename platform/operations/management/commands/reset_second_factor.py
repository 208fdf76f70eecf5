"""`manage reset_second_factor SLUG EMAIL`: for somebody whose telephone and spare codes are gone."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from operations.accounts import reset_second_factor
from tenants.management.service import ServiceCommand
from tenants.registry import municipality_named
from tenants.running.context import inside


class Command(ServiceCommand):
    help = "Takes somebody's second factor away and signs them out; they set up another one when they sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("email", metavar="EMAIL")

    def work(self, **options: Any) -> None:
        municipality = municipality_named(options["slug"])
        with inside(municipality):
            number = reset_second_factor(options["email"], by="reset_second_factor")
        self.stdout.write(
            _("%(email)s at %(name)s: %(number)s removed, signed out everywhere.")
            % {"email": options["email"], "name": municipality.name, "number": number}
        )
