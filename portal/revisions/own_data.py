"""What this room keeps about a person: the texts they wrote, drafts and history."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.revisions.kinds import kind
from portal.revisions.models import Revision, State


def gather(user: User) -> list[Row]:
    """Every revision with its whole text."""
    return [{**_about(each), _("Text"): each.content} for each in _written_by(user)]


def readable(user: User) -> list[Row]:
    """The same with the fields' names instead of the columns', and without what is empty."""
    rows = []
    for each in _written_by(user):
        made = kind(each.kind)
        filled = made.differences(made.canonical({}), made.content_of(each))
        about = _about(each)
        # A text may have a field that is called as what is said about it (“Kind”).
        named = ((f"{made.label}: {said.label}" if said.label in about else said.label, said) for said in filled)
        rows.append({**about, **{label: "\n".join(said.new) for label, said in named if any(said.new)}})
    return rows


def _written_by(user: User) -> QuerySet[Revision]:
    return Revision.objects.filter(author=user).order_by("pk")


def _about(each: Revision) -> Row:
    return {
        _("Kind"): str(kind(each.kind).label),
        _("Number"): each.subject_id,
        _("State"): each.get_state_display(),
        _("Written"): each.created_at,
    }


def leaving(user: User) -> list[Any]:
    """Whether something unfinished goes."""
    unfinished = Revision.objects.filter(author=user, state=State.WORKING).exists()
    return [_("What you have typed and not handed in is deleted.")] if unfinished else []


register(Part("texte", gettext_lazy("Texts you wrote"), gather, order=40, leaving=leaving, readable=readable))
