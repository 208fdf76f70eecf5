"""Which offers are to be asked about, and what became of earlier reminders: the rules, each written once, in SQL.

A round begins when somebody looked at an offer and ends when they look again. In it count only reminders written since,
and of these only those that arrived. The second one is another at least a week after the first arrived: two letters
of one night to two people are one reminder.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, DateTimeField, ExpressionWrapper, F, Max, Min, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Cast
from django.utils import timezone

from portal.offers.choices import ScheduleKind
from portal.offers.freshness import long_unchecked, stale_before
from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.upkeep.models import A_WEEK, About, Asked, Purpose

A_DAY = timedelta(days=1)
# Without hiding there is nothing to warn of: asked again after four weeks.
AGAIN = 28
# The second reminder comes so long before hiding.
WARNED = 14


@dataclass(frozen=True, slots=True)
class Course:
    """What the municipality wants to happen after a reminder, in days; None: never."""

    note: int | None
    hide: int | None
    months: int

    @classmethod
    def of(cls, rules: Preferences) -> "Course":
        """By its rules."""
        return cls(rules.note_after_days or None, rules.hide_after_days or None, rules.stale_after_months)

    @property
    def second(self) -> int:
        """When the second reminder is due, in days after the first arrived."""
        return max(A_WEEK.days, self.hide - WARNED) if self.hide else AGAIN

    def noted_on(self, first: date) -> date | None:
        """From when on the page says it, if the first reminder arrives on that day."""
        return first + timedelta(days=self.note) if self.note else None

    def hidden_on(self, first: date, second: date | None = None) -> date | None:
        """From when on nobody finds it: never before the second reminder has been there for a week."""
        if self.hide is None:
            return None
        again = second or first + timedelta(days=self.second)
        return max(first + timedelta(days=self.hide), again + A_WEEK)


def midnight(day: date) -> datetime:
    """The beginning of a day, here."""
    return timezone.make_aware(datetime.combine(day, time()))


def unchecked(*, today: date, months: int) -> QuerySet[Any]:
    """The offers residents find that nobody has looked at for so many months."""
    return Offer.objects.current().filter(long_unchecked(today=today, months=months)).order_by()


def with_reminders(rows: QuerySet[Any], *, now: datetime) -> QuerySet[Any]:
    """Add `first` and `second` (when those reminders of the round arrived) and `last` (when the last one was written).

    One of which nobody knows yet whether it arrived counts as written; one that failed does not count.
    """
    since = Case(
        When(reviewed_at__isnull=False, then=Cast(F("reviewed_at"), DateTimeField()) + A_DAY), default=F("updated_at")
    )
    asked = Asked.objects.filter(
        offer_id=OuterRef("pk"),
        about=About.CHECK,
        letter__failed_at__isnull=True,
        letter__written_at__gt=OuterRef("since"),
    ).exclude(letter__purpose=Purpose.AGAIN)
    arrived = asked.filter(letter__delivered_at__lte=now)
    later = ExpressionWrapper(OuterRef("first") + A_WEEK, output_field=DateTimeField())
    found: QuerySet[Any] = (
        rows.annotate(since=ExpressionWrapper(since, output_field=DateTimeField()))
        .annotate(first=_when(arrived, Min("letter__delivered_at")), last=_when(asked, Max("letter__written_at")))
        .annotate(second=_when(arrived.filter(letter__delivered_at__gte=later), Min("letter__delivered_at")))
    )
    return found


def _when(asked: QuerySet[Any], which: Any) -> Subquery:
    found = asked.order_by().values("offer_id").annotate(found=which).values("found")
    return Subquery(found, output_field=DateTimeField())


def to_ask(*, now: datetime, course: Course) -> QuerySet[Any]:
    """The unchecked offers whose people are to be asked tonight.

    Not at all yet; or the first reminder has been there for so long; or the last one for as long as the interval, where
    nothing comes after the second. What was written today counts as not written, so that all who are responsible get
    theirs, in however many jobs.
    """
    today = timezone.localdate(now)
    rows = with_reminders(unchecked(today=today, months=course.months), now=now)
    second_due = Q(first__lt=midnight(today - timedelta(days=course.second) + A_DAY), second__isnull=True)
    never_again = Q(last__gte=midnight(stale_before(today, course.months)))
    earlier = Q(last__lt=midnight(today))
    return rows.filter(
        Q(last__isnull=True)
        | Q(last__gte=midnight(today))
        | (earlier & second_due & Q(last__lt=F("first") + A_WEEK))
        | (earlier & ~never_again)
    )


def to_warn(*, now: datetime) -> QuerySet[Any]:
    """The offers that end soon and whose people have not heard of it. A festival of one day simply takes place."""
    weeks = timedelta(weeks=Preferences.current().ends_soon_weeks)
    begun = ExpressionWrapper(OuterRef("ends_at") - weeks - A_DAY, output_field=DateTimeField())
    told = Asked.objects.filter(
        offer_id=OuterRef("pk"), about=About.ENDING, letter__failed_at__isnull=True, letter__written_at__gte=begun
    )
    today = midnight(timezone.localdate(now))
    rows = Offer.objects.current().filter(ends_at__lt=now + weeks).exclude(schedule_kind=ScheduleKind.DATES).order_by()
    return rows.annotate(told=_when(told, Max("letter__written_at"))).filter(Q(told__isnull=True) | Q(told__gte=today))


def _reminded(today: date, course: Course, now: datetime) -> QuerySet[Any]:
    """The unchecked offers somebody was ever asked about: only of these the reminders are looked at one by one."""
    rows = unchecked(today=today, months=course.months).filter(pk__in=Asked.objects.values("offer_id"))
    return with_reminders(rows, now=now)


def to_note(*, now: datetime, course: Course) -> QuerySet[Any]:
    """The offers whose page says from now on that nobody has checked them."""
    if course.note is None:
        return Offer.objects.none()
    today = timezone.localdate(now)
    arrived = midnight(today - timedelta(days=course.note) + A_DAY)
    return _reminded(today, course, now).filter(noted_at__isnull=True, first__lt=arrived)


def to_hide(*, now: datetime, course: Course) -> QuerySet[Any]:
    """The offers nobody finds from now on: two reminders arrived, and nobody answered."""
    if course.hide is None:
        return Offer.objects.none()
    today = timezone.localdate(now)
    return _reminded(today, course, now).filter(
        first__lt=midnight(today - timedelta(days=course.hide) + A_DAY),
        second__lt=midnight(today - A_WEEK + A_DAY),
    )


def rows_of(pks: Iterable[int], *, now: datetime) -> QuerySet[Any]:
    """These offers with what reminders became of them, whatever their age."""
    return with_reminders(Offer.objects.filter(pk__in=list(pks)).order_by(), now=now)
