"""How a person works at the desk, and what counts there for everybody."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from portal.editorial.models import DeskRules, Habits


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def habits_of(request: Any) -> Habits:
    """The row of the person who asks, or the defaults; read once for a page."""
    known: Habits | None = getattr(request, "desk_habits", None)
    if known is None:
        user = request.user
        known = request.desk_habits = Habits.objects.filter(user_id=user.pk).first() or Habits(user_id=user.pk)
    return known


@transaction.atomic
def save_habits(*, keys: str, mail_day: int | None, by: User) -> None:
    """Keep how somebody works. A day of this week that is over counts from the next week on."""
    User.objects.select_for_update().get(pk=by.pk)
    habits = Habits.objects.filter(user=by).first() or Habits(user=by)
    old = [habits.keys, habits.mail_day]
    habits.keys = keys
    today = timezone.localdate()
    if mail_day is not None and habits.mail_day != mail_day and mail_day < today.weekday():
        habits.mailed_for = week_of(today)
    habits.mail_day = mail_day
    habits.save()
    if old != [keys, mail_day]:
        record("desk.habits", habits, by=by, changes={"keys": [old[0], keys], "mail_day": [old[1], mail_day]})


@transaction.atomic
def save_goal(days: int, *, by: User) -> None:
    """Set the town's own goal."""
    DeskRules.load()
    rules = DeskRules.objects.select_for_update().get(pk=1)
    old, rules.goal_days = rules.goal_days, days
    if old != days:
        rules.save(update_fields=["goal_days"])
        record("desk.goal", rules, by=by, changes={"goal_days": [old, days]})
