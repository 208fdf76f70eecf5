"""What this room keeps about a person: the drafts they changed last, and which page they have open."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.blocks.models import Document, Draft, Presence


def gather(user: User) -> list[Row]:
    """Drafts changed last by this person, files they sent, and where they are at the moment."""
    drafts = Draft.objects.filter(changed_by=user).order_by("pk")
    files = Document.objects.filter(uploaded_by=user).order_by("pk")
    here = Presence.objects.filter(person=user).select_related("page").order_by("pk")
    return [
        *({_("Draft of a page"): each.title, _("Changed"): each.changed_at} for each in drafts),
        *({_("File"): each.name, _("Sent"): each.created_at} for each in files),
        *({_("Page that is open"): each.page.title, _("Since"): each.since} for each in here),
    ]


def leaving(user: User) -> list[Any]:
    """The texts are the town's."""
    return [_("Pages you wrote stay, without your name.")] if Draft.objects.filter(changed_by=user).exists() else []


register(Part("seiten", gettext_lazy("Pages of the portal you work on"), gather, order=66, leaving=leaving))
