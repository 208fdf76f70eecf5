"""Reports whose day has come: made, then told of by mail.

Killed half-way, it goes on where it was; nobody is told twice of the same one, and a report that could not be made is
tried again the next morning.
"""

import logging
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from mail.services import post_kind
from portal.planning.report.keeping import next_after
from portal.planning.report.mails import READY
from portal.planning.report.models import Reader, Report
from portal.planning.report.people import told
from portal.planning.report.tokens import stop_token
from portal.printing import making
from portal.printing.models import Paper
from tenants.urls import own_address

BY = "report"
logger = logging.getLogger(__name__)


def due(day: date) -> QuerySet[Report]:
    """Those whose day has come."""
    return Report.objects.exclude(rhythm="").filter(next_on__lte=day).order_by("pk")


def make_and_tell(report: Report) -> None:
    """Make the file as of today, and tell its readers."""
    paper = report.paper
    today = timezone.localdate()
    if not (paper.state == Paper.State.READY and paper.day == today):
        making.ask_for(paper, by=BY)
        paper.refresh_from_db()
        making.make(paper)
        paper.refresh_from_db()
    if paper.state != Paper.State.READY:
        logger.warning("Report %s was due and could not be made: %s", paper.pk, paper.trouble or paper.state)
        return
    with transaction.atomic():
        for reader in (
            told(report)
            .filter(Q(told_of__isnull=True) | Q(told_of__lt=today))
            .select_for_update(of=("self",))
            .order_by("pk")
        ):
            _tell(reader, report)
            Reader.objects.filter(pk=reader.pk).update(told_of=today)
        Report.objects.filter(pk=report.pk).update(next_on=next_after(report.rhythm, today))


def _tell(reader: Reader, report: Report) -> None:
    at = f"{own_address()}auswertung/berichte/"
    stop = f"{at}abbestellen/{stop_token(reader.pk)}/"
    post_kind(
        READY,
        to=reader.user.email,
        values={
            "title": report.paper.title,
            "pages": str(report.paper.pages),
            "link": f"{at}{report.pk}/",
            "stop_link": stop,
        },
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
