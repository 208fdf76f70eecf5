"""What happened, in the words in which it is told; and which of it is told by mail."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.channels.models import Event
from tracker.tickets import happenings
from tracker.tickets.happenings import Happening
from tracker.tickets.models import Comment, State, Ticket, Viewer
from tracker.tickets.models.tickets import author_name

# That one more municipality is concerned, or how bad an error is, everybody sees on the page.
BY_MAIL = frozenset(
    {
        happenings.REPORTED,
        happenings.COMMENTED,
        happenings.NOTED,
        happenings.STATE_CHANGED,
        happenings.MERGED,
        happenings.ESTIMATED,
        happenings.FINANCED,
        happenings.ROLLED_OUT,
    }
)
_MOST_QUOTED = 2000


def keep(happening: Happening) -> Event:
    """The event of a happening, with what its sentence needs; of texts only where they are, so that one that is taken
    back is told no more."""
    by = happening.by
    return Event.objects.create(
        ticket=happening.ticket,
        name=happening.name,
        participant=by.participant,
        by_provider=by.participant is not None and by.is_provider,
        only=happening.only,
        data=_data(happening),
    )


def _data(happening: Happening) -> dict[str, Any]:
    details = happening.details
    if happening.name in {happenings.COMMENTED, happenings.NOTED}:
        return {"comment": details["comment"].pk}
    if happening.name == happenings.STATE_CHANGED:
        return {name: str(details[name]) for name in ("old", "new", "reason")}
    if happening.name == happenings.MERGED:
        return {"source": details["source"].pk}
    if happening.name == happenings.ROLLED_OUT:
        return {"version": details["release"].version}
    return {}


def who(event: Event) -> str:
    """Who did it, as every reader may know: a municipality's shown name, never a person's."""
    return author_name(event.participant, by_provider=event.by_provider)


def sentence(event: Event) -> str:
    """What happened, as a whole sentence without the ticket's title."""
    data = event.data
    words = {
        happenings.REPORTED: _("%(who)s has reported this."),
        happenings.COMMENTED: _("%(who)s has written a comment."),
        happenings.NOTED: _("%(who)s has written an internal note."),
        happenings.MERGED: _("%(who)s has merged %(source)s into this ticket."),
        happenings.ESTIMATED: _("There is an estimate of what it costs."),
        happenings.FINANCED: _("It is financed."),
        happenings.ROLLED_OUT: _(
            "Version %(version)s with it has arrived at your municipality. If it still does not work for you, reopen it"
            " on its page."
        ),
        happenings.CONCERNED: _("It concerns %(who)s too."),
        happenings.SORTED: _("%(who)s has sorted it in anew."),
        happenings.STATE_CHANGED: _("It is “%(new)s” now."),
    }.get(event.name, _("There is something new."))
    new = data.get("new", "")
    return words % {
        "who": who(event),
        "source": f"T-{data.get('source', '')}",
        "version": data.get("version", ""),
        "new": State(new).label if new in State.values else new,
    }


def quoted(event: Event) -> str:
    """What was written: the comment as it stands now, the report, or the reason of a refusal."""
    if "comment" in event.data:
        comment = Comment.objects.filter(pk=event.data["comment"]).first()
        return comment.text[:_MOST_QUOTED] if comment else ""
    if event.name == happenings.REPORTED:
        return event.ticket.happened[:_MOST_QUOTED]
    return str(event.data.get("reason", ""))[:_MOST_QUOTED]


def may_know(event: Event, viewer: Viewer) -> bool:
    """Whether somebody may be told of it, asked again when they are: roles change, and so does who sees what."""
    if event.only_id is not None and not viewer.is_operator:
        theirs = viewer.participant is not None and viewer.participant.pk == event.only_id
        if not theirs or (event.name == happenings.NOTED and not viewer.sees_all):
            return False
    return Ticket.objects.visible_to(viewer).filter(pk=event.ticket_id).exists()
