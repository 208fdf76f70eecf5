"""`manage comparison_groups [NAME] [--sentence TEXT] [--add SLUG …] [--remove SLUG …] [--delete]`."""

import getpass
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from comparison import services
from comparison.models import Consent, Group
from tenants.management.service import ServiceCommand
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.running.context import inside_public


class Command(ServiceCommand):
    help = "Lists the groups for comparison, or makes one and changes who is in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", nargs="?", default="")
        parser.add_argument("--sentence", default=None, help="what its members have in common")
        parser.add_argument("--add", metavar="SLUG", nargs="+", default=[])
        parser.add_argument("--remove", metavar="SLUG", nargs="+", default=[])
        parser.add_argument("--delete", action="store_true", help="the group with its medians")

    def work(self, **options: Any) -> None:
        with inside_public():
            if options["name"]:
                self._change(options)
            agreed = set(Consent.objects.values_list("municipality", flat=True))
            for group in Group.objects.prefetch_related("members__municipality"):
                towns = [row.municipality for row in group.members.all()]
                number = sum(town.pk in agreed for town in towns)
                said = _("%(number)d of %(total)d take part") % {"number": number, "total": len(towns)}
                self.stdout.write(f"{group.name}: {said}: {' '.join(town.slug for town in towns)}")

    def _change(self, options: dict[str, Any]) -> None:
        group = Group.objects.filter(name=options["name"]).first()
        if options["delete"]:
            if group is None:
                raise RefusedError(_("There is no group “%(name)s”.") % {"name": options["name"]})
            services.delete_group(group, by=getpass.getuser())
            return
        added, removed = _towns(options["add"]), _towns(options["remove"])
        if group is None or (options["sentence"] is not None and options["sentence"] != group.sentence):
            group = group or Group(name=options["name"])
            group.sentence = options["sentence"] or ""
            services.save_group(group, by=getpass.getuser())
        services.add(group, added, by=getpass.getuser())
        services.remove(group, removed, by=getpass.getuser())


def _towns(slugs: list[str]) -> list[Municipality]:
    found = list(Municipality.objects.filter(slug__in=slugs))
    if unknown := sorted(set(slugs) - {each.slug for each in found}):
        raise RefusedError(_("There is no municipality “%(slug)s”.") % {"slug": ", ".join(unknown)})
    return found
