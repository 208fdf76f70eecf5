"""`manage support_access [SLUG --reason … --by ADDRESS] [--hours 1] [--change] [--end]`."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from support import closing, entering, services
from support.models import End, Scope, Visit
from tenants.management.service import ServiceCommand
from tenants.registry import municipality_named
from tenants.running.context import inside_public


class Command(ServiceCommand):
    help = (
        "Without SLUG lists the open support accesses. With it asks for one and prints the link that enters once "
        "within ten minutes, or says that the municipality was asked for consent."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", nargs="?", default="")
        parser.add_argument("--reason", default="", help="stands in the mail to the administration and in both logs")
        parser.add_argument("--by", default="", metavar="ADDRESS", help="e-mail address of the operator who enters")
        parser.add_argument("--hours", type=float, default=1.0, help="ends by itself after this; four at most")
        parser.add_argument("--change", action="store_true", help="change things too, instead of only looking")
        parser.add_argument("--end", action="store_true", help="end what is open there")

    def work(self, **options: Any) -> None:
        if not options["slug"]:
            self._list()
        elif options["end"]:
            self._end(options["slug"])
        else:
            self._ask(**options)

    def _list(self) -> None:
        with inside_public():
            visits = [each for each in Visit.objects.open().select_related("municipality") if each.is_open]
            for each in visits:
                until = date_format(timezone.localtime(each.ends_at or each.expires_at), "SHORT_DATETIME_FORMAT")
                slug, state = each.municipality.slug, each.get_state_display()
                self.stdout.write(f"{slug:<24} {state} · {until} · {each.operator_name}: {each.reason}")
            self.stdout.write(_("Open: %(number)d.") % {"number": len(visits)})

    def _end(self, slug: str) -> None:
        municipality = municipality_named(slug)
        with inside_public():
            numbers = list(Visit.objects.open().filter(municipality=municipality).values_list("pk", flat=True))
        ended = [number for number in numbers if closing.end(number, End.OPERATOR)]
        self.stdout.write(_("Ended: %(number)d.") % {"number": len(ended)})

    def _ask(self, **options: Any) -> None:
        with inside_public():
            operator = User.objects.filter(email=options["by"].strip().lower()).first()
        if operator is None or not closing.is_operator(operator):
            raise CommandError(_("Please name the operator who enters with --by, by the address of an active account."))
        visit = self._open(options["slug"], operator) or services.ask(
            options["slug"],
            by=operator,
            reason=options["reason"],
            minutes=round(options["hours"] * 60),
            scope=Scope.CHANGE if options["change"] else Scope.LOOK,
        )
        if visit.may_begin:
            visit = services.begin(visit.pk, by=operator)
        if visit.is_running:
            self.stdout.write(entering.link_to(visit))
        else:
            self.stdout.write(_("The administration was asked by mail. Call this again when it has allowed it."))

    @staticmethod
    def _open(slug: str, operator: User) -> Visit | None:
        """What this operator has open there already: it is gone on with, not asked for twice."""
        municipality = municipality_named(slug)
        closing.lapse(municipality)
        with inside_public():
            rows = Visit.objects.open().filter(municipality=municipality, operator_number=operator.pk)
            return rows.select_related("municipality").first()
