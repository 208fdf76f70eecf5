"""What of the newsletters waits for the editors: drafts that made themselves, and people who ask to be admitted."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.task_cards import EDITORS
from core.work import Item, Source, register
from portal.newsletter.models import Issue, Reader, State

DRAFT, ASKING = "newsletter", "newsletter-anfrage"


def _drafts() -> QuerySet[Any]:
    """What made itself, and what could not be sent when its time came."""
    waits = Q(by_itself=True) | Q(called_off_at__isnull=False)
    found = Issue.objects.drafts().filter(waits, mailing__isnull=True)
    return found.values_list("pk", Coalesce("called_off_at", "created_at"))


def _tell_drafts(keys: Sequence[int]) -> list[Item]:
    found = Issue.objects.drafts().filter(pk__in=keys, mailing__isnull=True).select_related("newsletter")
    return [
        Item(
            kind=DRAFT,
            pk=each.pk,
            title=each.title,
            what=_("was to be sent, and nothing was left in it") if each.called_off_at else _chosen(each),
            since=each.called_off_at or each.created_at,
            who=each.newsletter.name,
            url=reverse("newsletter:issue", args=[each.pk]),
            verb=_("Look at it and send it"),
        )
        for each in found.annotate(offers=Count("items", filter=Q(items__chosen=True)))
    ]


def _chosen(issue: Any) -> str:
    return ngettext("%(number)d offer chosen", "%(number)d offers chosen", issue.offers) % {"number": issue.offers}


def _asking() -> QuerySet[Any]:
    return Reader.objects.filter(state=State.ASKING).values_list("pk", "confirmed_at")


def _tell_asking(keys: Sequence[int]) -> list[Item]:
    found = Reader.objects.filter(pk__in=keys, state=State.ASKING).select_related("newsletter")
    return [
        Item(
            kind=ASKING,
            pk=each.pk,
            title=each.email,
            what=_("asks for “%(name)s”") % {"name": each.newsletter.name},
            since=each.confirmed_at or each.created_at,
            who=each.email,
            url=f"{reverse('newsletter:readers', args=[each.newsletter_id])}?stand={State.ASKING.value}",
            verb=_("Decide"),
            discreet=each.newsletter.name,
        )
        for each in found
    ]


register(
    Source(
        DRAFT,
        gettext_lazy("Newsletter is ready"),
        "mail",
        EDITORS,
        rows=_drafts,
        tell=_tell_drafts,
        plural=gettext_lazy("Newsletters that are ready"),
        order=60,
        leads_on=False,
    ),
    Source(
        ASKING,
        gettext_lazy("Somebody asks for a newsletter"),
        "users",
        EDITORS,
        rows=_asking,
        tell=_tell_asking,
        plural=gettext_lazy("Requests for a newsletter"),
        order=62,
        leads_on=False,
    ),
)
