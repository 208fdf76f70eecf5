"""What this room keeps about a person: reminders to their address, and what they want to hear."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.upkeep.models import Digest, Ending, Letter, Stopped


def gather(user: User) -> list[Row]:
    """Everything, the oldest first."""
    letters = Letter.objects.filter(Q(user=user) | Q(address=user.email.lower())).order_by("pk")
    return [
        *(
            {
                _("Reminder"): each.get_purpose_display(),
                _("Written"): each.written_at,
                _("Delivered"): each.delivered_at,
            }
            for each in letters
        ),
        *({_("No reminders since"): each.since} for each in Stopped.objects.filter(address=user.email.lower())),
        *({_("Summary by mail"): each.get_often_display()} for each in Digest.objects.filter(pk=user.pk)),
        *(
            {_("You announced the end of offer"): each.offer_id, _("Day"): each.day}
            for each in Ending.objects.filter(by=user).order_by("pk")
        ),
    ]


def released(user: User) -> None:
    """That offers were asked about stays, to whom does not; the summary goes with the account by itself."""
    Stopped.objects.filter(address=user.email.lower()).delete()
    Letter.objects.filter(Q(user=user) | Q(address=user.email.lower())).update(address="")


register(Part("erinnerungen", gettext_lazy("Reminders and summary"), gather, order=45, released=released))
