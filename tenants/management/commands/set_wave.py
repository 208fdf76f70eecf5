"""`manage set_wave NAME SLUG [SLUG …]`: in which wave municipalities get a new release."""

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from tenants.refused import RefusedError
from tenants.rollout.waves import CANARY, REST, set_wave


class Command(BaseCommand):
    help = f"Puts municipalities into a wave: “{CANARY}” is rolled out first, “{REST}” last, the others by name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", metavar="NAME")
        parser.add_argument("slugs", metavar="SLUG", nargs="+")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changed = set_wave(options["slugs"], options["wave"], by=getpass.getuser())
        except RefusedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("%(count)d municipalities changed their wave.") % {"count": changed})
