"""What the page of a ticket says of other programs: issues elsewhere, errors that Sentry saw."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.lazy import lazy
from tracker.channels.incoming.errors import affected_by
from tracker.channels.models import OuterIssue, SentryError
from tracker.tickets.models import Ticket, Viewer
from tracker.tickets.sections import Fact, Section, register, register_facts

if TYPE_CHECKING:
    from tracker.channels import forms
else:
    forms = lazy("tracker.channels.forms")

_NAMES = {"github.com": "GitHub", "gitlab.opencode.de": "openCode"}
_MOST_TOWNS = 20


def facts(ticket: Ticket, viewer: Viewer) -> list[Fact]:
    """Lines for the box “At a glance”. Where an issue lies is the operator's business, how it stands everybody's."""
    if not viewer.sees_all:
        return []
    found: list[Fact] = [
        (_("Elsewhere"), _stand(issue), issue.url if viewer.is_operator else "")
        for issue in OuterIssue.objects.filter(ticket=ticket)
    ]
    towns = [row.participant.town for row in affected_by(ticket)]
    if towns:
        said = ", ".join(towns[:_MOST_TOWNS]) + (" …" if len(towns) > _MOST_TOWNS else "")
        found.append((_("Seen by the service in"), said, ""))
    return found


def _stand(issue: OuterIssue) -> str:
    host = issue.url.split("/")[2]
    name = _NAMES.get(host, host)
    number = issue.number or issue.url.rsplit("/", 1)[-1]
    if issue.heard_at is None:
        return _("%(program)s, issue %(number)s") % {"program": name, "number": number}
    stand = pgettext("issue elsewhere", "open")
    if issue.closed:
        stand = pgettext("issue elsewhere", "refused") if issue.refused else pgettext("issue elsewhere", "done")
    return _("%(program)s, issue %(number)s: %(stand)s") % {"program": name, "number": number, "stand": stand}


def elsewhere(ticket: Ticket, viewer: Viewer) -> dict[str, Any] | None:
    """What the operator does about it."""
    if not viewer.is_operator:
        return None
    return {
        "form": forms.LinkForm(auto_id="id_aussen_%s"),
        "issues": [(issue, _stand(issue)) for issue in OuterIssue.objects.filter(ticket=ticket)],
        "errors": SentryError.objects.filter(ticket=ticket),
        "affected": affected_by(ticket),
    }


register_facts(facts)
register(Section("aussen", gettext_lazy("Elsewhere"), "channels/_elsewhere.html", elsewhere, order=80, aside=True))
