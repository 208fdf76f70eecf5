"""What is kept how long (after DIN 66398): one table of rules, applied every night, each deletion noted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from audit.services import record
from portal.feedback.models import Answer, Case, Counter, Salt

BY = "retention"


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of personal data: from when its period counts, how long it lasts, what happens then."""

    data: str
    begins: str
    period: timedelta
    action: Callable[[datetime], int]


def _forget_cases(before: datetime) -> int:
    """Empty what is personal in closed cases; kind, topic and times stay for the statistics."""
    with transaction.atomic():
        cases = list(Case.objects.select_for_update(of=("self",)).order_by("pk").closed_before(before))
        Answer.objects.filter(case__in=cases).delete()
        for case in cases:
            case.text = case.note = case.sender_name = case.sender_email = case.page = ""
            case.forgotten_at = timezone.now()
            record("case.forgotten", case, by=BY)
        Case.objects.bulk_update(cases, ["text", "note", "sender_name", "sender_email", "page", "forgotten_at"])
    return len(cases)


def _drop_counters(before: datetime) -> int:
    return Counter.objects.filter(since__lt=before).delete()[0]


def _drop_salts(before: datetime) -> int:
    return Salt.objects.filter(day__lt=timezone.localdate(before)).delete()[0]


RULES = (
    Rule("closed case: text, note, answers, name, e-mail, page", "closed", timedelta(days=183), _forget_cases),
    Rule("counter against spam (keyed hash)", "its hour or day", timedelta(days=2), _drop_counters),
    # Today's salt is in use; that of yesterday goes.
    Rule("salt of a day", "its day", timedelta(), _drop_salts),
)


def apply_rules() -> dict[str, int]:
    """Apply every rule in this municipality and return how many rows each of them touched."""
    now = timezone.now()
    return {rule.data: rule.action(now - rule.period) for rule in RULES}
