"""`manage verify_audit [SLUG …|--all]`."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from audit.verifying import Finding, Verdict
from operations.logs.checking import look_over
from tenants.management.service import ServiceCommand
from tenants.refused import RefusedError
from tenants.registry import municipality_named
from tenants.running.context import PUBLIC, HasSchema, NamedSchema, every, inside


class Command(ServiceCommand):
    help = "Looks whether anybody rewrote an audit log: those of some municipalities, or all and the operator's own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", metavar="SLUG", nargs="*", help=f"municipalities, or “{PUBLIC}”; default: all")
        parser.add_argument("--all", action="store_true", help="all of them and the operator's own, said aloud")

    def work(self, **options: Any) -> None:
        if options["all"] and options["slugs"]:
            raise RefusedError(_("Give either short names or --all."))
        wrong = []
        for place in _places(options["slugs"]):
            verdict = look_over()
            line = _line(place.schema_name, verdict)
            if verdict.is_whole:
                self.stdout.write(line)
            else:
                wrong.append(line)
        if wrong:
            raise RefusedError("\n".join(wrong))


def _line(slug: str, verdict: Verdict) -> str:
    """What was found in a log; of a broken one the first row is named."""
    if verdict.finding is Finding.BROKEN:
        text = _("%(slug)s: broken at entry %(id)d (%(number)d entries do not fit).")
        return text % {"slug": slug, "id": verdict.first, "number": verdict.wrong}
    if verdict.finding is Finding.CUT:
        text = _("%(slug)s: its last entries are missing or were replaced; %(number)d are left.")
        return text % {"slug": slug, "number": verdict.entries}
    if verdict.finding is Finding.REPLACED and verdict.checkpoint:
        text = _("%(slug)s: it fits together, but not with what was written down on %(at)s (entry at place %(place)d).")
        return text % {"slug": slug, "at": verdict.checkpoint.at, "place": verdict.checkpoint.position}
    if verdict.finding is Finding.CHECKPOINT:
        text = _("%(slug)s: whole, but these checkpoints are not as they were written: %(files)s.")
        return text % {"slug": slug, "files": ", ".join(verdict.changed_files)}
    if verdict.checkpoint is None:
        text = _("%(slug)s: %(number)d entries, whole; nothing was written down outside of the database yet.")
        return text % {"slug": slug, "number": verdict.entries}
    text = _("%(slug)s: %(number)d entries, whole, as written down on %(at)s.")
    return text % {"slug": slug, "number": verdict.entries, "at": verdict.checkpoint.at}


def _places(slugs: list[str]) -> Iterator[HasSchema]:
    if not slugs:
        yield from every()
        return
    # All names first: a wrong one is said before anything is looked at.
    places: list[HasSchema] = [NamedSchema(PUBLIC) if slug == PUBLIC else municipality_named(slug) for slug in slugs]
    for place in places:
        with inside(place):
            yield place
