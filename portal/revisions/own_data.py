"""What this room keeps about a person: the texts they wrote, drafts and history."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.revisions.models import Revision, State


def gather(user: User) -> list[Row]:
    """Every revision with its whole text."""
    found = Revision.objects.filter(author=user).order_by("pk")
    return [
        {
            _("Kind"): each.kind,
            _("Number"): each.subject_id,
            _("State"): each.get_state_display(),
            _("Written"): each.created_at,
            _("Text"): each.content,
        }
        for each in found
    ]


def leaving(user: User) -> list[Any]:
    """Whether something unfinished goes."""
    unfinished = Revision.objects.filter(author=user, state=State.WORKING).exists()
    return [_("What you have typed and not handed in is deleted.")] if unfinished else []


register(Part("texte", gettext_lazy("Texts you wrote"), gather, order=40, leaving=leaving))
