"""`manage publish_paper KIND [FILE]`."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from onboarding import papers
from onboarding.models import PaperKind
from tenants.management.service import ServiceCommand
from tenants.refused import RefusedError


class Command(ServiceCommand):
    help = "Publishes a new version of a contract paper: municipalities are asked to accept it from now on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=PaperKind.values, help="avv: data-processing agreement; tom: measures")
        parser.add_argument("file", nargs="?", type=Path, help="its text in Markdown; without one the shipped sample")

    def work(self, **options: Any) -> None:
        path: Path = options["file"] or papers.SHIPPED / f"{options['kind']}.md"
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeError) as error:
            raise RefusedError(_("%(path)s cannot be read.") % {"path": path}) from error
        made = papers.publish(options["kind"], text, by="publish_paper")
        self.stdout.write(_("%(paper)s is published.") % {"paper": made})
