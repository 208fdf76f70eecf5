"""Proposing an own row for the catalogue: a wish in the pooled tracker, without anybody's name."""

from django.utils.translation import gettext as _

from portal.taxonomy.adoption.engine.town import Town
from portal.taxonomy.adoption.kinds import Adoptable
from portal.vocabulary.catalogue.wording import title_of
from tracker.tickets.models import Area, Kind, Ticket, Viewer
from tracker.tickets.services import report

LONGEST_TITLE = 100


def wish(town: Town, adoptable: Adoptable, pk: int, *, by: Viewer) -> Ticket:
    """Make the ticket: what it is called, in which list and where it stands. Nothing of any offer or person."""
    row = town.rows[adoptable.kind][pk]
    trail = [title_of(town.rows[adoptable.kind][each].values) for each in reversed(town.trail(adoptable.kind, pk))]
    name = title_of(row.values)
    said = {"name": name, "list": adoptable.title, "place": " › ".join(trail)}
    return report(
        by=by,
        kind=Kind.WISH,
        title=(_("Catalogue: “%(name)s”") % said)[:LONGEST_TITLE],
        happened=_("The shared catalogue has nothing like “%(name)s” (%(list)s). We have it at: %(place)s.") % said,
        expected=_("An entry “%(name)s” in the shared catalogue.") % said,
        area=Area.DESK,
    )
