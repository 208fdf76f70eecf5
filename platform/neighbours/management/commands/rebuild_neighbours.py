"""`manage rebuild_neighbours`: fill the index of what municipalities show each other, or heal it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from neighbours import indexing
from neighbours.models import IndexedTown
from tenants.running.context import inside_public


class Command(BaseCommand):
    """Ends with one line a municipality: how many rows were wrong. Nobody is shown anything wrong meanwhile."""

    help = "Fill or compare the index of neighbours: of one municipality, or of all that show their offers to others."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("slug", nargs="?", default="", help="short name of the municipality; empty: all")

    def handle(self, *args: Any, **options: Any) -> None:
        with inside_public():
            day = timezone.localdate()
            indexing.forget_without_agreement(day)
            indexing.keep(*indexing.without_index(day))
            towns = IndexedTown.objects.order_by("schema_name").values_list("schema_name", flat=True)
            chosen = [slug for slug in towns if options["slug"] in {"", slug}]
            if options["slug"] and not chosen:
                raise CommandError(_("“%(slug)s” shows its offers to nobody.") % {"slug": options["slug"]})
            for slug in chosen:
                wrong = indexing.fill(slug)
                told = ngettext("%(slug)s: %(number)d row was wrong.", "%(slug)s: %(number)d rows were wrong.", wrong)
                self.stdout.write(told % {"slug": slug, "number": wrong})
