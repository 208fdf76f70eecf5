"""`manage verify_audit [SLUG]`."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from audit.models import Entry
from audit.services import broken_links, misses_its_end
from tenants.management.service import ServiceCommand
from tenants.refused import RefusedError
from tenants.registry import municipality_named
from tenants.running.context import PUBLIC, HasSchema, NamedSchema, every, inside


class Command(ServiceCommand):
    help = "Looks whether anybody rewrote an audit log: one municipality's, or all and the operator's own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", nargs="?", help=f"a municipality, or “{PUBLIC}”; default: all")

    def work(self, **options: Any) -> None:
        broken = []
        for place in _places(options["slug"]):
            wrong = broken_links()
            if wrong:
                text = _("%(slug)s: broken at entry %(id)d (%(number)d entries do not fit).")
                broken.append(text % {"slug": place.schema_name, "id": wrong[0], "number": len(wrong)})
                continue
            if misses_its_end():
                text = _("%(slug)s: its last entries are missing or were replaced; %(number)d are left.")
                broken.append(text % {"slug": place.schema_name, "number": Entry.objects.count()})
                continue
            text = _("%(slug)s: %(number)d entries, whole.")
            self.stdout.write(text % {"slug": place.schema_name, "number": Entry.objects.count()})
        if broken:
            raise RefusedError(" ".join(broken))


def _places(slug: str | None) -> Iterator[HasSchema]:
    if not slug:
        yield from every()
        return
    place: HasSchema = NamedSchema(PUBLIC) if slug == PUBLIC else municipality_named(slug)
    with inside(place):
        yield place
