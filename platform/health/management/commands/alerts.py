"""`manage alerts [--test]`."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from health.limits import BY_KEY
from health.models import Alert, AlertHook
from health.telling import people
from tenants.management.service import ServiceCommand
from tenants.running.context import inside_public


class Command(ServiceCommand):
    help = "Lists what is disturbed and where alerts do not arrive; the page is /betrieb/alarme/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--test", action="store_true", help="send everybody an alert that says it is none")

    def work(self, **options: Any) -> None:
        with inside_public():
            if options["test"]:
                mails, programs = people.try_out(who="manage alerts")
                self.stdout.write(
                    _("On their way: %(mails)d mails, %(hooks)d webhooks.") % {"mails": mails, "hooks": programs}
                )
                return
            for alert in Alert.objects.filter(is_open=True, cause__in=BY_KEY):
                self.stdout.write(f"{BY_KEY[alert.cause].sentence} {alert.told_number}")
            missed = [f"{each.email}: {each.trouble}" for each in people.recipients() if each.trouble]
            missed += [f"{hook.url}: {hook.given_up_at or hook.first_failure}" for hook in AlertHook.objects.failing()]
            for line in missed:
                self.stdout.write(line)
            self.stdout.write(_("Addresses at which alerts do not arrive: %(number)d.") % {"number": len(missed)})
