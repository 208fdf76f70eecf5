"""`manage announce TITLE --text FILE [--until DAY] [--wave NAME … | --municipality SLUG …] [--role …] [--mail]`."""

import getpass
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from announcements import services
from announcements.models import ROLES, Announcement, Audience
from announcements.reaching import towns_of
from core.richtext import to_html
from tenants.management.service import ServiceCommand
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.running.context import inside_public


class Command(ServiceCommand):
    help = "Publishes an announcement to editors and administrators, at once or from a day on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("title", metavar="TITLE")
        parser.add_argument("--text", metavar="FILE", default="-", help="plain text; “-” reads what is piped in")
        parser.add_argument("--from", dest="first", metavar="DAY", type=date.fromisoformat, default=None)
        parser.add_argument("--until", dest="last", metavar="DAY", type=date.fromisoformat, default=None)
        parser.add_argument("--role", nargs="+", choices=[role for role, _label in ROLES], default=None)
        parser.add_argument("--mail", action="store_true", help="by mail, too")
        parser.add_argument("--draft", action="store_true", help="do not publish it yet")
        whom = parser.add_mutually_exclusive_group()
        whom.add_argument("--wave", metavar="NAME", nargs="+", default=[])
        whom.add_argument("--municipality", metavar="SLUG", nargs="+", default=[])

    def work(self, **options: Any) -> None:
        source = options["text"]
        words = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
        with inside_public():
            towns = self._towns(options["municipality"])
            made = Announcement(
                title=options["title"],
                text=to_html(words),
                starts_on=options["first"] or timezone.localdate(),
                ends_on=options["last"],
                audience=Audience.TOWNS if towns else Audience.WAVES if options["wave"] else Audience.ALL,
                waves=options["wave"],
                roles=options["role"] or [role for role, _label in ROLES],
                by_mail=options["mail"],
            )
            try:
                made.full_clean()
            except ValidationError as error:
                raise RefusedError(" ".join(error.messages)) from error
            services.save(made, towns=towns, by=getpass.getuser())
            if not options["draft"]:
                services.publish(made, by=getpass.getuser())
            said = _("Announcement %(pk)d: for %(number)d municipalities.")
            self.stdout.write(said % {"pk": made.pk, "number": towns_of(made).count()})

    def _towns(self, slugs: list[str]) -> list[Municipality]:
        found = list(Municipality.objects.filter(slug__in=slugs))
        if unknown := sorted(set(slugs) - {each.slug for each in found}):
            raise RefusedError(_("There is no municipality “%(slug)s”.") % {"slug": ", ".join(unknown)})
        return found
