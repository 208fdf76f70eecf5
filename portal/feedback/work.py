"""What residents wrote and nobody has dealt with yet, for the list on the editors' desk."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.task_cards import EDITORS
from core.work import Item, Source, register
from portal.feedback.models import Case, Kind
from portal.feedback.models.case import OPEN

THREAD = "case"
LONGEST_QUOTE = 90


def _rows(kind: Kind) -> Callable[[], QuerySet[Any]]:
    return lambda: Case.objects.filter(state__in=OPEN, kind=kind).values_list("pk", "received_at")


def tell(keys: Sequence[int]) -> list[Item]:
    """The items of these cases."""
    return [_told(each) for each in Case.objects.open().filter(pk__in=keys)]


def _told(case: Case) -> Item:
    words = " ".join(case.text.split())
    quote = words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
    parts = [case.get_topic_display() if case.topic else "", case.about or case.page]
    if case.due_at:
        parts.append(_("answer by %(day)s") % {"day": date_format(localtime(case.due_at), "j. F")})
    return Item(
        kind=THREAD,
        pk=case.pk,
        title=_("“%(words)s”") % {"words": quote} if quote else str(case),
        what=" · ".join(part for part in parts if part),
        since=case.received_at,
        who=case.sender_name,
        url=case.get_absolute_url(),
        verb=_("Answer") if case.sender_email else _("Deal with it"),
        discreet=case.about or str(case),
    )


def _source(name: str, kind: Kind, icon: str, label: Any, plural: Any, order: int) -> Source:
    return Source(name, label, icon, EDITORS, rows=_rows(kind), tell=tell, plural=plural, thread=THREAD, order=order)


register(
    _source("hinweis", Kind.WRONG, "flag", gettext_lazy("Report from the portal"), gettext_lazy("Reports"), 50),
    _source("frage", Kind.QUESTION, "question", gettext_lazy("Question"), gettext_lazy("Questions"), 55),
    _source("barriere", Kind.BARRIER, "disability", gettext_lazy("Barrier reported"), gettext_lazy("Barriers"), 60),
)
