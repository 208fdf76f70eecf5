"""`manage cost_shares TITLE AMOUNT --from DAY --until DAY --key NAME=PERCENT … [--group NAME] [--save] [--csv F]`."""

import getpass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from comparison.models import Group
from operations.statistics.costs import Key, Wish, keep, share_out, those_who_pay
from operations.statistics.tables import amount, of_costs
from operations.statistics.views import download
from tenants.management.service import ServiceCommand
from tenants.refused import RefusedError
from tenants.running.context import inside_public
from tracker.cofunding.money import cents_of


class Command(ServiceCommand):
    help = "Shares a sum out among the municipalities by keys, to the cent; a hundred percent together."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("title", metavar="TITLE")
        parser.add_argument("amount", metavar="AMOUNT", help="in euros: 12.500,00")
        parser.add_argument("--from", dest="first", metavar="DAY", type=date.fromisoformat, required=True)
        parser.add_argument("--until", dest="last", metavar="DAY", type=date.fromisoformat, required=True)
        parser.add_argument("--key", metavar="NAME=PERCENT", nargs="+", required=True, help=", ".join(Key))
        parser.add_argument("--group", metavar="NAME", default="", help="among the members of a group for comparison")
        parser.add_argument("--save", action="store_true", help="keep it with date and name")
        parser.add_argument("--csv", metavar="FILE", default="", help="write it there")

    def work(self, **options: Any) -> None:
        cents = cents_of(options["amount"])
        if cents is None or options["last"] < options["first"]:
            raise RefusedError(_("Please give a sum in euros, and a last day that does not lie before the first."))
        wish = Wish(options["title"], options["first"], options["last"], cents, _mixture(options["key"]))
        with inside_public():
            shares = share_out(wish, those_who_pay(_group(options["group"])))
            if options["save"]:
                keep(shares, by=getpass.getuser())
        for row in shares.rows:
            self.stdout.write(f"{row['slug']:<24} {amount(row['cents']):>16}")
        if options["csv"]:
            Path(options["csv"]).write_bytes(download(of_costs(shares), "csv").content)


def _mixture(given: list[str]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for each in given:
        name, _equals, percent = each.partition("=")
        if name not in set(Key) or not percent.isascii() or not percent.isdigit() or len(percent) > 3:
            raise RefusedError(_("Please write keys as NAME=PERCENT; there are: %(keys)s.") % {"keys": ", ".join(Key)})
        found[Key(name)] = int(percent)
    return found


def _group(name: str) -> int | None:
    if not name:
        return None
    found = Group.objects.filter(name=name).values_list("pk", flat=True).first()
    if found is None:
        raise RefusedError(_("There is no group “%(name)s”.") % {"name": name})
    return int(found)
