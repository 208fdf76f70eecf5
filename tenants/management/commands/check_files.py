"""`manage check_files`."""

from typing import Any

from django.utils.translation import gettext as _

from tenants.management.service import ServiceCommand
from tenants.refused import RefusedError
from tenants.running.stores.starting import refuse_unfit_store


class Command(ServiceCommand):
    help = "Says whether files can be kept where STORAGE_URL leads. Asks no database: deploy/restore.sh begins with it."

    def work(self, **options: Any) -> None:
        refuse_unfit_store(self._refuse)
        self.stdout.write(_("Files can be kept and read."))

    @staticmethod
    def _refuse(reason: str) -> None:
        """To a service that starts it may come yet; here somebody wants to know."""
        raise RefusedError(_("Files cannot be kept: %(reason)s") % {"reason": reason})
