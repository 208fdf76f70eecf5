"""`manage catalogue release|diff|adopt …`."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shared_categories.verbs import verbs
from tenants.refused import RefusedError


class Command(BaseCommand):
    help = "The shared catalogue: issue a release, compare releases, adopt one in a municipality."

    def add_arguments(self, parser: CommandParser) -> None:
        known = parser.add_subparsers(dest="verb", required=True, metavar="|".join(verbs()))
        for name, verb in verbs().items():
            verb.arguments(known.add_parser(name, help=str(verb.help)))

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 1 with one line for what is refused."""
        try:
            self.stdout.write(verbs()[options["verb"]].run(**options))
        except ValidationError as error:
            raise CommandError(" ".join(" ".join(error.messages).split())) from error
        except RefusedError as error:
            raise CommandError(str(error)) from error
