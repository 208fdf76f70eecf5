"""Rules of dates have bounds; what the nightly job could not do with one is noted; taking down has a date of its own.

Rows from before the bounds are left as they are (NOT VALID): pages read round a rule that is not taken any more.
"""

import datetime

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

SHAPE = (
    r"^FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;(?:INTERVAL=(?:[1-9][0-9]{0,2})|"
    r"COUNT=(?:[1-9][0-9]{0,2})|UNTIL=(?:(?:19[7-9][0-9]|"
    r"2[0-2][0-9]{2})[0-9]{4}(?:T[0-9]{6})?)|WKST=(?:(?:MO|TU|WE|TH|FR|SA|SU))|"
    r"BYDAY=(?:(?:[+-]?[0-9]{1,2})?(?:MO|TU|WE|TH|FR|SA|"
    r"SU)(?:,(?:[+-]?[0-9]{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)){0,30})|"
    r"BYMONTH=(?:[+-]?[0-9]{1,3}(?:,[+-]?[0-9]{1,3}){0,30})|"
    r"BYMONTHDAY=(?:[+-]?[0-9]{1,3}(?:,[+-]?[0-9]{1,3}){0,30})|"
    r"BYYEARDAY=(?:[+-]?[0-9]{1,3}(?:,[+-]?[0-9]{1,3}){0,30})|"
    r"BYWEEKNO=(?:[+-]?[0-9]{1,3}(?:,[+-]?[0-9]{1,3}){0,30})|"
    r"BYSETPOS=(?:[+-]?[0-9]{1,3}(?:,[+-]?[0-9]{1,3}){0,30})))*$"
)
POSSIBLE = (datetime.date(1970, 1, 1), datetime.date(2200, 12, 31))


class Migration(migrations.Migration):
    dependencies = [("offers", "0002_search_document")]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="dates_problem",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                max_length=300,
                verbose_name="problem with the dates",
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="taken_down_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="By the editors, and not public again since: then nothing is told of it.",
                null=True,
                verbose_name="taken down",
            ),
        ),
        migrations.AlterField(
            model_name="offer",
            name="published_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="first public"),
        ),
        AddConstraintNotValid(
            model_name="schedule",
            constraint=models.CheckConstraint(
                condition=Q(("rrule", ""), ("rrule__regex", SHAPE), _connector="OR"),
                name="schedule_rule_bounded",
                violation_error_message="This repetition cannot be understood, or goes on too long.",
            ),
        ),
        AddConstraintNotValid(
            model_name="schedule",
            constraint=models.CheckConstraint(
                condition=Q(
                    ("first_date__range", POSSIBLE),
                    Q(("last_date__isnull", True), ("last_date__range", POSSIBLE), _connector="OR"),
                    ("exdates__len__lte", 1000),
                ),
                name="schedule_days_possible",
                violation_error_message="One of the days is in a year that cannot be right, or there are too many.",
            ),
        ),
    ]
