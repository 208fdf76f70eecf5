"""`manage domains SLUG [--wish HOST | --check HOST | --primary HOST | --give-back HOST | --vouch HOST]`."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from tenants.lifecycle import domains
from tenants.management.service import ServiceCommand
from tenants.refused import RefusedError
from tenants.registry import municipality_named
from tenants.running.context import inside_public


class Command(ServiceCommand):
    help = "Lists the host names of a municipality, connects one, makes one canonical, gives one back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        deed = parser.add_mutually_exclusive_group()
        deed.add_argument("--wish", metavar="HOST", help="says which DNS records it needs")
        deed.add_argument("--check", metavar="HOST", help="asks the DNS now")
        deed.add_argument("--primary", metavar="HOST", help="the canonical one; the others lead to it")
        deed.add_argument("--give-back", metavar="HOST")
        deed.add_argument("--vouch", metavar="HOST", help="let it answer without a look at the DNS")

    def work(self, **options: Any) -> None:
        slug = municipality_named(options["slug"]).slug
        by = "domains"
        if options["wish"]:
            claim = domains.wish_for(slug, options["wish"], by=by)
            self.stdout.write(f"{claim.record_name} TXT {claim.record_text}")
        elif options["check"]:
            self._check(slug, options["check"])
        elif options["primary"]:
            domains.make_primary(slug, options["primary"], by=by)
        elif options["give_back"]:
            domains.give_back(slug, options["give_back"], by=by)
        elif options["vouch"]:
            domains.vouch(slug, options["vouch"], by=by)
        self._list(slug)

    def _check(self, slug: str, host: str) -> None:
        with inside_public():
            claim = domains.claim_of(slug, host)
        if claim is None:
            raise RefusedError(_("There is no host name “%(host)s”.") % {"host": host[:100]})
        domains.look_at(claim.pk)

    def _list(self, slug: str) -> None:
        with inside_public():
            for each in domains.hosts_of(municipality_named(slug).pk):
                mark = "*" if each.is_primary else " "
                self.stdout.write(f"{mark} {each.name:<50} {each.state.value}")
