"""What of the mails waits for the editors: those given up, and addresses that cannot be reached."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.task_cards import EDITORS
from core.work import Item, Source, register
from mail.models import OutboxMessage, Unreachable
from portal.letters.addresses import ADDRESSES, whose_are
from portal.letters.addresses import WORK as ADDRESS
from portal.letters.log import LOG, REFUSED
from portal.letters.log import WORK as MAIL

MOST_SAID = 120
# Rows of earlier releases know only when they were written.
GIVEN_UP = Coalesce("failed_at", "created_at")


def _mails() -> QuerySet[Any]:
    return OutboxMessage.objects.given_up().values_list("pk", GIVEN_UP)


def _tell_mails(keys: Sequence[int]) -> list[Item]:
    found = OutboxMessage.objects.given_up().filter(pk__in=keys).defer("body", "html", "headers")
    return [
        Item(
            kind=MAIL,
            pk=each.pk,
            title=each.to,
            what=_said(each),
            since=each.failed_at or each.created_at,
            who=each.to,
            url=f"{LOG}?stand={REFUSED}#mail-{each.pk}",
            verb=_("Look at it"),
        )
        for each in found
    ]


def _said(mail: OutboxMessage) -> str:
    tried = ngettext("tried %(number)d time", "tried %(number)d times", mail.attempts) % {"number": mail.attempts}
    return " · ".join(part for part in (mail.subject, mail.last_error[:MOST_SAID], tried) if part)


def _addresses() -> QuerySet[Any]:
    return Unreachable.objects.values_list("pk", "since")


def _tell_addresses(keys: Sequence[int]) -> list[Item]:
    rows = list(Unreachable.objects.filter(pk__in=keys))
    whose = whose_are([each.address for each in rows])
    return [
        Item(
            kind=ADDRESS,
            pk=each.pk,
            title=each.address,
            what=" · ".join(
                part
                for part in (", ".join(str(row) for row in whose[each.address]["providers"][:3]), each.said[:MOST_SAID])
                if part
            ),
            since=each.since,
            who=str(whose[each.address]["person"] or each.address),
            url=f"{ADDRESSES}#adresse-{each.pk}",
            verb=_("Look at it"),
        )
        for each in rows
    ]


register(
    Source(
        MAIL,
        gettext_lazy("Mail does not arrive"),
        "mail",
        EDITORS,
        rows=_mails,
        tell=_tell_mails,
        plural=gettext_lazy("Mails"),
        order=80,
    ),
    Source(
        ADDRESS,
        gettext_lazy("Address does not work"),
        "mail",
        EDITORS,
        rows=_addresses,
        tell=_tell_addresses,
        plural=gettext_lazy("Addresses that do not work"),
        order=82,
    ),
)
