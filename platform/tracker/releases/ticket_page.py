"""What the page of a ticket says of its version and its due time."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tracker.releases.models import Arrival, Deadline
from tracker.releases.planning import version_of
from tracker.tickets.models import Ticket, Viewer
from tracker.tickets.sections import Fact, register_facts


def facts(ticket: Ticket, viewer: Viewer) -> list[Fact]:
    """Lines for the box “At a glance”."""
    return [*_version(ticket, viewer), *_due(ticket)]


def _version(ticket: Ticket, viewer: Viewer) -> list[Fact]:
    release = version_of(ticket)
    if release is None:
        return []
    said, address = release.version, ""
    arrival = Arrival.objects.filter(release=release, participant=viewer.participant).first()
    if viewer.is_operator:
        address = f"/betrieb/versionen/{release.version}/"
    elif arrival is not None:
        said = _("%(version)s, here since %(day)s") % {"version": said, "day": date_format(arrival.at, "DATE_FORMAT")}
        address = f"/plattform/neuigkeiten/{release.version}/" if viewer.sees_all else ""
    elif release.issued_at is None and release.planned_on is not None:
        said = _("%(version)s, planned for %(day)s") % {
            "version": said,
            "day": date_format(release.planned_on, "DATE_FORMAT"),
        }
    return [(pgettext("of the software", "version").capitalize(), said, address)]


def _due(ticket: Ticket) -> list[Fact]:
    deadline = Deadline.objects.filter(ticket=ticket).order_by("-pk").first()
    if deadline is None:
        return []
    day = date_format(deadline.due_on, "DATE_FORMAT")
    if deadline.met_on is None:
        return [(_("Due time"), _("until %(day)s") % {"day": day}, "")]
    kept = deadline.met_on <= deadline.due_on
    said = _("kept (until %(day)s)") if kept else _("not kept (until %(day)s)")
    return [(_("Due time"), said % {"day": day}, "")]


register_facts(facts)
