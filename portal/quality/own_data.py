"""What this room keeps about a person of the town hall: which reminders they sent and which pairs they decided on."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.quality.models import Pair, Reminder


def gather(user: User) -> list[Row]:
    """Days and what it was; the name goes when the account is deleted."""
    reminders = Reminder.objects.filter(by=user).order_by("pk")
    pairs = Pair.objects.filter(decided_by=user).order_by("pk")
    return [
        *({_("Reminder"): each.get_reason_display(), _("Day"): each.day} for each in reminders),
        *({_("Possible double"): str(each), _("Day"): each.decided_at} for each in pairs),
    ]


register(Part("qualitaet", gettext_lazy("Reminders you sent and pairs you compared"), gather, order=86))
