"""`manage check_drift`: are all schemas as their migrations make them?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tenants.refused import RefusedError
from tenants.rollout.drift import drifted


class Command(BaseCommand):
    help = "Compares every municipality's tables, indexes, constraints and triggers with what its migrations make."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            checked, found = drifted()
        except RefusedError as error:
            raise CommandError(str(error)) from error
        for schema_name, lines in found.items():
            self.stdout.write(f"{schema_name}:")
            for line in lines:
                self.stdout.write(f"  {line}")
        if found:
            raise CommandError(
                _("%(count)d schemas differ from what their migrations make (- lacks, + has besides): %(names)s.")
                % {"count": len(found), "names": ", ".join(sorted(found))}
            )
        self.stdout.write(_("%(count)d schemas are as their migrations make them.") % {"count": checked})
