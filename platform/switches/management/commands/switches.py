"""`manage switches [NAME] [--on | --off | --unset | --forget] [--municipality SLUG … | --wave NAME]`."""

import getpass
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from switches import services
from switches.services import OFF, ON, UNSET, Whom
from switches.standing import left_over, standings, towns
from tenants.management.service import ServiceCommand
from tenants.refused import RefusedError
from tenants.running.context import inside_public


class Command(ServiceCommand):
    help = "Lists the feature switches, or turns one for municipalities, a wave, or (without both) for all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", nargs="?", default="")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--on", dest="wanted", action="store_const", const=ON)
        how.add_argument("--off", dest="wanted", action="store_const", const=OFF)
        how.add_argument("--unset", dest="wanted", action="store_const", const=UNSET, help="as what is turned wider")
        how.add_argument("--forget", action="store_true", help="remove what is left of a switch nobody asks any more")
        parser.add_argument("--municipality", metavar="SLUG", nargs="+", default=[])
        parser.add_argument("--wave", metavar="NAME", default="")

    def work(self, **options: Any) -> None:
        if options["forget"]:
            number = services.forget(options["name"], by=getpass.getuser())
            self.stdout.write(_("Removed: %(number)d settings.") % {"number": number})
            return
        if options["wanted"] is None:
            self._list(options["name"])
            return
        if options["municipality"] and options["wave"]:
            raise RefusedError(_("Either one municipality or a wave, please."))
        whom = [Whom(slug=slug) for slug in options["municipality"]] or [Whom(wave=options["wave"])]
        changed = sum(services.turn(options["name"], each, options["wanted"], by=getpass.getuser()) for each in whom)
        self.stdout.write(_("Turned: %(number)d.") % {"number": changed})

    def _list(self, name: str) -> None:
        with inside_public():
            everybody, rows, left = towns(), standings([name] if name else ()), left_over()
        for row in rows:
            on = [town.slug for town in everybody if row.is_on_for(town)]
            said = _("on in %(on)d of %(total)d") % {"on": len(on), "total": len(everybody)}
            self.stdout.write(f"{row.switch.name:<20} {said}  {row.switch.label}")
            if name:
                self.stdout.write(" ".join(on))
        for other, settings in left.items():
            said = _("nobody asks it any more; settings left: %(number)d") % {"number": len(settings)}
            self.stdout.write(f"{other:<20} {said}")
