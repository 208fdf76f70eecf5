"""Every night: what is not needed any more goes, and texts lose the order in which they came."""

import uuid

from django.db import transaction
from django.utils import timezone

from audit.services import record
from portal.surveys.editing import forget_who, forgotten_from
from portal.surveys.models import CrossTally, FreeText, Survey, Tally, WeekTally

BY = "retention"


def tidy() -> int:
    """Forget who has answered what is over, delete answers whose time is up, shuffle texts. Returns of how many surveys
    the answers were deleted."""
    today = timezone.localdate()
    for survey in Survey.objects.over(today).exclude(secret=""):
        with transaction.atomic():
            forget_who(survey)
    forgotten = [each for each in Survey.objects.over(today).filter(forgotten_on=None) if forgotten_from(each) <= today]
    for survey in forgotten:
        _forget_answers(survey)
    shuffle()
    return len(forgotten)


@transaction.atomic
def _forget_answers(survey: Survey) -> None:
    """The questionnaire stays, and so does what planners noted."""
    for rows in (Tally, CrossTally, FreeText):
        rows._default_manager.filter(question__survey=survey).delete()
    WeekTally.objects.filter(survey=survey).delete()
    Survey.objects.filter(pk=survey.pk).update(forgotten_on=timezone.localdate())
    record("survey.forgotten", survey, by=BY)


@transaction.atomic
def shuffle() -> None:
    """Write the texts of what is running anew, under new keys and in the order of these: when a row was written tells
    nothing of when its text came."""
    running = Survey.objects.running(timezone.localdate()).order_by("pk")
    list(running.select_for_update().order_by("pk").values_list("pk", flat=True))
    rows = list(FreeText.objects.filter(question__survey__in=running))
    FreeText.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        row.key = uuid.uuid4()
    FreeText.objects.bulk_create(sorted(rows, key=lambda row: row.key))
