"""`manage create_operator EMAIL [--link]`."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from operations.accounts import create_operator
from tenants.management.service import ServiceCommand
from tenants.running.context import inside_public


class Command(ServiceCommand):
    help = "Makes an account of the operator's side; its owner gets the mail to set a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--link", action="store_true", help="show the link too, where no mail leaves yet")

    def work(self, **options: Any) -> None:
        with inside_public():
            link = create_operator(options["email"], by="create_operator")
        self.stdout.write(
            _("%(email)s is an operator and gets a mail to set a password.") % {"email": options["email"].strip()}
        )
        if options["link"]:
            self.stdout.write(link)
