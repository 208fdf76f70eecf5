"""What this room keeps about a person: the filters they named. Bulk actions and notes are the town's own."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.inventory.models import SavedFilter


def gather(user: User) -> list[Row]:
    """Names and filters; they go with the account."""
    found = SavedFilter.objects.filter(owner=user)
    return [{_("List"): each.get_subject_display(), _("Name"): each.name, _("Filter"): each.query} for each in found]


register(Part("filter", gettext_lazy("Filters you keep"), gather, order=85))
