"""`manage create_user SLUG EMAIL --role admin|editor|planner|provider`."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from core.access import Role
from operations.accounts import create_user
from tenants.management.service import ServiceCommand
from tenants.registry import municipality_named
from tenants.running.context import inside

ROLES = (Role.ADMIN, Role.EDITOR, Role.PLANNER, Role.PROVIDER)


class Command(ServiceCommand):
    help = "Makes an account; its owner gets the mail to set a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--role", required=True, choices=[role.value for role in ROLES])
        parser.add_argument("--provider", default="", metavar="ID-OR-NAME", help="whom a provider's account belongs to")

    def work(self, **options: Any) -> None:
        municipality = municipality_named(options["slug"])
        role = Role(options["role"])
        with inside(municipality):
            user = create_user(
                municipality, options["email"], role=role, provider=options["provider"], by="create_user"
            )
            belongs = user.memberships.exists()
        self.stdout.write(
            _("%(email)s has an account at %(name)s and gets a mail to set a password.")
            % {"email": user.email, "name": municipality.name}
        )
        if role is Role.PROVIDER and not belongs:
            self.stdout.write(
                _("It belongs to no provider yet: give one with --provider, or let its administrator take it in.")
            )
