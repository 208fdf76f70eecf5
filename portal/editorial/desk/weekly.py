"""The weekly mail of what waits, to each editor who wants it, on the day they chose."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import ngettext

from core.access import Role
from core.work import sources_for
from mail.services import post_kind
from portal.editorial.desk.ages import age, days_waiting
from portal.editorial.desk.habits import week_of
from portal.editorial.desk.worklist import Line, WorkList
from portal.editorial.models import Habits
from tenants.urls import own_address

MOST_LINES = 10
SETTINGS = "redaktion/einstellungen/schreibtisch/"


def _due(today: date) -> list[int]:
    """Whose day has come this week and who has had no mail for it; a day on which nothing ran is made up for."""
    week = week_of(today)
    found = Habits.objects.wanting_mail().filter(mail_day__lte=today.weekday()).exclude(mailed_for__gte=week)
    return list(found.order_by("pk").values_list("pk", flat=True))


def write_weekly_mails(today: date | None = None) -> int:
    """Write the mails that are due and return how many; whoever had one this week gets no other."""
    today = today or timezone.localdate()
    return sum(_write(pk, today) for pk in _due(today))


@transaction.atomic
def _write(pk: int, today: date) -> bool:
    """The mail and the word that it was written stand or fall together, however often this is begun."""
    habits = Habits.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)
    week = week_of(today)
    if habits.mailed_for is not None and habits.mailed_for >= week:
        return False
    sources = sources_for(habits.user.granted_roles & {Role.EDITOR, Role.ADMIN})
    works = WorkList(sources, habits.user_id)
    lines = works.page(size=MOST_LINES)
    habits.mailed_for = week
    if lines:
        habits.mailed_at = timezone.now()
        _send(habits.user.email, lines, sum(works.counts().kinds.values()), today)
    habits.save(update_fields=["mailed_for", "mailed_at"])
    return bool(lines)


def _send(to: str, lines: list[Line], number: int, today: date) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        address = own_address()
        context: dict[str, Any] = {
            "waiting": ngettext("%(number)d thing is waiting", "%(number)d things are waiting", number)
            % {"number": number},
            "lines": "\n\n".join(_line(each, address, today) for each in lines),
            "more": max(number - len(lines), 0) or "",
            "desk": f"{address}redaktion/",
            "settings": address + SETTINGS,
        }
        post_kind("weekly_work", to=to, values=context)


def _line(line: Line, address: str, today: date) -> str:
    item = line.item
    said = f"{line.source.label}: {item.discreet or item.title}, {age(days_waiting(line.since, today))}"
    return f"- {said}\n  {address}{item.url.lstrip('/')}"
