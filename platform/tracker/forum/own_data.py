"""What the exchange keeps about a person: what they agreed to show as a contact, and the number beside their texts."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.own_data import Part, Row, register
from core.task_cards import Words
from tenants.running.context import current_schema
from tracker.forum.models import AgendaItem, Contact, Example, Post, Topic
from tracker.tickets.models import Participant

_WRITTEN = (Topic, Post, Example, AgendaItem)


def _here() -> Participant | None:
    return Participant.objects.filter(municipality__schema_name=current_schema()).first()


def gather(user: Any) -> list[Row]:
    """The contact as others read it, and what was written under the municipality's name."""
    here = _here()
    if here is None:
        return []
    rows: list[Row] = [
        {
            _("Contact person since"): each.agreed_at,
            _("Name"): each.name,
            _("For"): each.about,
            _("E-mail address"): each.email,
            _("Telephone"): each.phone,
        }
        for each in Contact.objects.filter(participant=here, person=user.pk)
    ]
    for model in _WRITTEN:
        for each in model.objects.filter(participant=here, person=user.pk).order_by("pk"):
            rows.append({_("Written"): each.created_at, _("Text"): f"{each}\n{each.text}"})
    return rows


def leaving(user: Any) -> list[Words]:
    """Said before an account goes."""
    here = _here()
    if here is None or not gather(user):
        return []
    return [_("You are no contact person any more; what you wrote stays under the municipality's name.")]


@transaction.atomic
def released(user: Any) -> None:
    """No contact, and no number that somebody else may get one day."""
    here = _here()
    if here is None:
        return
    Contact.objects.filter(participant=here, person=user.pk).delete()
    for model in _WRITTEN:
        model.objects.filter(participant=here, person=user.pk).update(person=None)


register(
    Part(
        "austausch",
        gettext_lazy("Exchange with other municipalities"),
        gather,
        order=75,
        leaving=leaving,
        released=released,
    )
)
