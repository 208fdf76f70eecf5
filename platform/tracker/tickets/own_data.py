"""What the tracker keeps of a person: a number beside what they reported, said, follow and are writing."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.own_data import Part, Row, register
from core.task_cards import Words
from tenants.running.context import PUBLIC, current_schema
from tracker.tickets import drafting
from tracker.tickets.models import Comment, Draft, Participant, Ticket, Watch


def _theirs(user: Any, side: str = "participant") -> Q:
    """The rows with this person's number, of the side we are on: the same number is somebody else in another town."""
    number = Q(person=user.pk)
    if current_schema() == PUBLIC:
        return number & Q(**{f"{side}__isnull": True})
    here = Participant.objects.filter(slug=current_schema()).first()
    return number & Q(**{side: here.pk if here else 0})


def gather(user: Any) -> list[Row]:
    """Reports, contributions, what they follow, and drafts."""
    reported = Ticket.objects.filter(_theirs(user, "reporter"))
    drafts = Draft.objects.filter(_theirs(user))
    return [
        *(
            {
                _("Number"): each.reference,
                _("In one sentence"): each.title,
                _("What happened?"): each.happened,
                _("What did you expect?"): each.expected,
            }
            for each in reported
        ),
        *(
            {_("Number"): f"T-{each.ticket_id}", _("Comment"): each.text}
            for each in Comment.objects.filter(_theirs(user))
        ),
        *(
            {_("Number"): f"T-{each.ticket_id}", _("Followed since"): each.since}
            for each in Watch.objects.filter(_theirs(user))
        ),
        *({_("Draft"): each.title, _("What happened?"): each.happened} for each in drafts),
    ]


def leaving(user: Any) -> list[Words]:
    """Reports stay, as those of the municipality."""
    number = Ticket.objects.filter(_theirs(user, "reporter")).count()
    if not number:
        return []
    words = ngettext(
        "%(number)d report to the platform stays, without anything that leads to you.",
        "%(number)d reports to the platform stay, without anything that leads to you.",
        number,
    )
    return [words % {"number": number}]


@transaction.atomic
def released(user: Any) -> None:
    """The number goes from what stays; what is theirs alone goes with it."""
    for draft in Draft.objects.filter(_theirs(user)):
        drafting.discard(draft)
    Watch.objects.filter(_theirs(user)).delete()
    Comment.objects.filter(_theirs(user)).update(person=None)
    Ticket.objects.filter(_theirs(user, "reporter")).update(person=None)


register(
    Part(
        "plattform",
        gettext_lazy("Reports to the platform"),
        gather,
        order=86,
        everywhere=True,
        leaving=leaving,
        released=released,
    )
)
