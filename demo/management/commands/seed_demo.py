"""`manage seed_demo`: the demo municipalities; refuses outside DEMO."""

import sys
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from core.lazy import lazy
from tenants.refused import RefusedError
from tenants.rollout.release import StaleScriptError

if TYPE_CHECKING:
    from demo import build, seed, takeover
    from portal.exchange.typo3 import dump
else:
    build, seed, takeover = lazy("demo.build"), lazy("demo.seed"), lazy("demo.takeover")
    dump = lazy("portal.exchange.typo3.dump")

STAGES = 8


class Command(BaseCommand):
    help = "Makes the three demo municipalities with providers, offers and accounts; what is there is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        form = "{desc} {bar} {n}/{total}"
        terminal = sys.stderr.isatty()
        with tqdm(total=STAGES * len(build.TOWNS), disable=not terminal, leave=False, bar_format=form) as bar:

            def progress(stage: str) -> None:
                bar.set_description(stage)
                bar.update()
                if not terminal:
                    self.stderr.write(f"{stage} …", style_func=str)

            try:
                seeded = seed.seed_demo(timezone.localdate(), progress=progress, take_over=takeover.original_portal())
            except seed.NotADemoError as error:
                raise CommandError(
                    _("The demo municipalities exist only in the demo. Start it with `make run`, or set DEMO=1.")
                ) from error
            except (RefusedError, StaleScriptError, dump.DumpError) as error:
                raise CommandError(str(error)) from error
        for each in seeded:
            self.stdout.write(self._line(each))

    @staticmethod
    def _line(each: "seed.Seeded") -> str:
        if not each.new:
            return _("%(name)s was there already: %(host)s") % {"name": each.name, "host": each.host}
        return _("%(name)s: %(providers)d providers, %(offers)d offers, %(occurrences)d dates at %(host)s") % {
            "name": each.name,
            "providers": each.providers,
            "offers": each.offers,
            "occurrences": each.occurrences,
            "host": each.host,
        }
