"""What this room keeps about a person: for a day, what an editor decided."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.editorial.review.models import Decision


def gather(user: User) -> list[Row]:
    """Decisions of the last day; older ones stand in the history of the texts."""
    found = Decision.objects.filter(decided_by=user).order_by("pk")
    return [{_("Text"): each.title, _("Decision"): each.get_verb_display(), _("On"): each.decided_at} for each in found]


register(Part("entscheidungen", gettext_lazy("Your decisions of the last day"), gather, order=72))
