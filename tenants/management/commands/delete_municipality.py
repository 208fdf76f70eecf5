"""`manage delete_municipality SLUG --confirm SLUG`."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tenants.lifecycle.states import delete_municipality
from tenants.management.service import ServiceCommand


class Command(ServiceCommand):
    help = "Deletes a municipality for good, after an export that restore_municipality can read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--confirm", default="", metavar="SLUG", help="the short name once more")

    def work(self, **options: Any) -> None:
        removal = delete_municipality(options["slug"], confirm=options["confirm"], progress=self.progress)
        self.stdout.write(
            _("%(name)s is deleted. Its export: %(path)s (%(size).1f MiB, SHA-256 %(digest)s)")
            % {
                "name": removal.name,
                "path": removal.export,
                "size": removal.export_bytes / 2**20,
                "digest": removal.export_sha256,
            }
        )
        if removal.files_gone_at is None:
            self.stdout.write(
                _(
                    "Its files go tonight or with the next “manage prepare”: another municipality is being made, or "
                    "the store of files does not answer."
                )
            )
