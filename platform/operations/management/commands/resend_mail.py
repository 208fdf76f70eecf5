"""`manage resend_mail SLUG [--failed]`."""

from contextlib import AbstractContextManager
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from mail.models import OutboxMessage
from mail.services import resend
from tenants.management.service import ServiceCommand
from tenants.registry import municipality_named
from tenants.running.context import PUBLIC, inside, inside_public


class Command(ServiceCommand):
    help = "Queues again what could not be sent: the mails given up, and those waiting for their next try."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help=f"a municipality, or “{PUBLIC}” for the operator's own mails")
        parser.add_argument("--failed", action="store_true", help="only those given up")

    def work(self, **options: Any) -> None:
        slug = options["slug"]
        place: AbstractContextManager[Any] = inside_public() if slug == PUBLIC else inside(municipality_named(slug))
        with place:
            chosen = OutboxMessage.objects.given_up() if options["failed"] else OutboxMessage.objects.unsent()
            found = chosen.count()
            queued = resend(chosen)
        self.stdout.write(_("%(number)d mails are queued again.") % {"number": queued})
        if found > queued:
            text = _("%(number)d mails were left out: their text was somebody else's and is forgotten by now.")
            self.stdout.write(text % {"number": found - queued})
