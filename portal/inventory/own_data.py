"""What this room keeps about a person: the filters they named, the bulk actions they began, the notes they wrote."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.inventory.models import BulkRun, Note, SavedFilter


def gather(user: User) -> list[Row]:
    """Filters go with the account; actions and notes are the town's and stay, without the account."""
    filters = SavedFilter.objects.filter(owner=user)
    runs = BulkRun.objects.filter(started_by=user).order_by("pk")
    notes = Note.objects.filter(written_by=user)
    return [
        *({_("List"): each.get_subject_display(), _("Name"): each.name, _("Filter"): each.query} for each in filters),
        *({_("Bulk action"): each.deed, _("On"): each.started_at} for each in runs),
        *({_("Internal note"): each.text, _("On"): each.written_at} for each in notes),
    ]


def released(user: User) -> None:
    """The name goes with the account."""
    BulkRun.objects.filter(started_by=user).update(started_by_name="")


register(Part("filter", gettext_lazy("What you keep and did in the lists of the editors"), gather, order=85,
              released=released))  # fmt: skip
