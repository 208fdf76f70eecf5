"""`manage offer_template [SLUG --label TEXT | SLUG --take-back]`."""

from typing import Any

from django.core.management.base import CommandParser

from onboarding.models import OfferedTemplate
from tenants.management.service import ServiceCommand
from tenants.registry import municipality_named
from tenants.running.context import inside_public


class Command(ServiceCommand):
    help = "Offers a municipality to applicants as the beginning of their portal, or lists those that are offered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?", metavar="SLUG")
        parser.add_argument("--label", default="", metavar="TEXT", help="how applicants read it; else its name")
        parser.add_argument("--take-back", action="store_true")

    def work(self, **options: Any) -> None:
        slug = options["slug"]
        with inside_public():
            if slug and options["take_back"]:
                OfferedTemplate.objects.filter(slug=slug).delete()
            elif slug:
                label = options["label"] or municipality_named(slug).name
                OfferedTemplate.objects.update_or_create(
                    slug=municipality_named(slug).slug, defaults={"label": label[:120]}
                )
            for each in OfferedTemplate.objects.all():
                self.stdout.write(f"{each.slug:<24} {each.label}")
