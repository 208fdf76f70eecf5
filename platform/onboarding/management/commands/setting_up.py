"""`manage setting_up SLUG [--open] [--remind]`."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from onboarding import looking, making, reminding
from onboarding.way import way_of
from tenants.management.service import ServiceCommand
from tenants.refused import RefusedError
from tenants.registry import municipality_named
from tenants.running.context import inside_public


class Command(ServiceCommand):
    help = "Shows the way of a portal from application to start as it is now; opens it; reminds its contact person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        deed = parser.add_mutually_exclusive_group()
        deed.add_argument(
            "--open", action="store_true", help="open it to everybody; refused while something is missing"
        )
        deed.add_argument("--remind", action="store_true", help="write the contact person what is next")

    def work(self, **options: Any) -> None:
        if options["open"]:
            opened = making.go_live(options["slug"], by="setting_up")
            self.stdout.write(_("The portal of %(name)s is open to everybody.") % {"name": opened.name})
            return
        application = looking.note(municipality_named(options["slug"]))
        if application is None:
            raise RefusedError(_("This portal was not set up by an application."))
        if options["remind"]:
            reminding.remind(application.pk, by="setting_up")
        with inside_public():
            way = way_of(application)
        for step in way.steps:
            self.stdout.write(f"[{'x' if step.done else ' '}] {step.label}  {step.said}".rstrip())
        self.stdout.write(way.headline)
