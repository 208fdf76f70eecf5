"""`manage applications [--accept N --slug SLUG [--template SLUG]] [--refuse N --reason TEXT] [--all]`."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from onboarding import making, services
from onboarding.models import Application, ApplicationState
from tenants.management.service import ServiceCommand
from tenants.running.context import inside_public


class Command(ServiceCommand):
    help = "Lists applications of municipalities, and accepts or refuses one: /betrieb/antraege/."

    def add_arguments(self, parser: CommandParser) -> None:
        deed = parser.add_mutually_exclusive_group()
        deed.add_argument("--accept", type=int, metavar="NUMBER", help="make the portal, here and now")
        deed.add_argument("--refuse", type=int, metavar="NUMBER", help="say no; the applicant gets the reason by mail")
        parser.add_argument("--slug", default="", help="the short name, if not the wished one")
        parser.add_argument("--template", default="", metavar="SLUG", help="municipality to copy from")
        parser.add_argument("--reason", default="", metavar="TEXT")
        parser.add_argument("--all", action="store_true", help="list also those that are refused or live")

    def work(self, **options: Any) -> None:
        if options["accept"] is not None:
            self._accept(options["accept"], options["slug"], options["template"])
        elif options["refuse"] is not None:
            found = services.refuse(options["refuse"], reason=options["reason"], by="applications")
            self.stdout.write(_("%(name)s is refused.") % {"name": found.name})
        else:
            self._list(everything=options["all"])

    def _accept(self, number: int, slug: str, template: str) -> None:
        with inside_public():
            wished = Application.objects.filter(pk=number).values_list("slug", flat=True).first() or ""
        found = services.accept(number, slug=slug or wished, template=template, by="applications")
        # A worker may be quicker; then this finds it made.
        making.make(number)
        with inside_public():
            found.refresh_from_db()
        if found.state != ApplicationState.MADE:
            raise CommandError(found.error or _("A worker makes the portal just now."))
        self.stdout.write(_("%(name)s is ready to be set up.") % {"name": found.name})

    def _list(self, *, everything: bool) -> None:
        with inside_public():
            shown = Application.objects.exclude(state=ApplicationState.NEW).order_by("pk")
            if not everything:
                shown = shown.exclude(state__in=(ApplicationState.REFUSED, ApplicationState.LIVE))
            for each in shown:
                self.stdout.write(f"{each.pk:>5} {each.slug:<24} {each.state:<10} {each.name}")
