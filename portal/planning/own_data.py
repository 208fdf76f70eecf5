"""What this room keeps about a person: views they named, notes they wrote, files they brought."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.planning.models import DistrictSheet, FigureNote, SavedView, Source


def gather(user: User) -> list[Row]:
    """Views go with the account; notes and figures are the town's and stay, without the account."""
    notes, sources = FigureNote.objects.filter(written_by=user), Source.objects.filter(brought_by=user)
    return [
        *({_("View"): each.name, _("Address"): each.address} for each in SavedView.objects.filter(owner=user)),
        *({_("Note"): each.text, _("On"): each.written_at} for each in notes),
        *(
            {_("Comparison"): each.name, _("On"): each.changed_at}
            for each in DistrictSheet.objects.filter(written_by=user)
        ),
        *({_("File"): each.file_name, _("On"): each.brought_at} for each in sources),
    ]


register(Part("auswertung", gettext_lazy("What you keep and wrote in the evaluation"), gather, order=87))
