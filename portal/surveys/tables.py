"""Results as one table to take along, with what each figure counts; and how many have answered each survey."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet, Sum
from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from portal.listing.export import as_file
from portal.listing.spec import Cell
from portal.planning.definitions import define
from portal.planning.models import FigureNote
from portal.surveys.editing import note_of
from portal.surveys.groups import by_groups
from portal.surveys.models import Survey, WeekTally
from portal.surveys.results import Outcome, Results

ANSWERS = define(
    "umfrage-antworten",
    gettext_lazy("Answers to a survey"),
    gettext_lazy(
        "Counted is every questionnaire that was sent. While a survey is running the number is told in fives; "
        "results are told when it is over, so that nobody can be found by comparing two states."
    ),
    order=80,
)
SHARE = define(
    "umfrage-anteil",
    gettext_lazy("Share of the answers to a question"),
    gettext_lazy(
        "Of all who answered this question, so many per cent gave this answer. Where several answers were possible "
        "the shares add up to more than 100. Answers of fewer than five people are told together with others."
    ),
    order=81,
)
BY_GROUP = define(
    "umfrage-gruppen",
    gettext_lazy("Answers by group"),
    gettext_lazy(
        "Of all in the group who answered this question, so many per cent gave this answer. Told are groups in which "
        "at least five people gave each of the answers, as long as at least five others are left for each, too."
    ),
    order=82,
)
_WIDTHS = (50, 30, 24, 50, 10, 12)


def numbers_of(surveys: QuerySet[Survey]) -> dict[int, int]:
    """How many have answered each of them."""
    sums = WeekTally.objects.filter(survey__in=surveys).values_list("survey_id")
    return dict(sums.annotate(number=Sum("count")).order_by())


def as_download(results: Results, address: str, kind: str) -> HttpResponse:
    """The results as a file of this kind; a workbook has a second sheet that says what is counted."""
    heads = [
        _("Question"),
        _("Broken down by"),
        _("Group"),
        pgettext("of a survey", "Answer"),
        pgettext("of a survey", "Number"),
        _("Share in %"),
    ]
    rows = list(_rows(results)) if results.is_told else []
    about = (_("Definitions"), _explained(results, address))
    return as_file(f"umfrage-{results.survey.slug}", heads, _WIDTHS, rows, kind, about=about)


def _rows(results: Results) -> Iterator[list[Cell]]:
    for outcome in results.outcomes:
        text = outcome.question.text
        for row in outcome.rows:
            yield [text, "", "", row.label, row.number, _rounded(row.share)]
        for each in outcome.texts:
            yield [text, "", "", each.text, None, None]
        yield [text, "", "", _("no answer"), outcome.empty, None]
    for table in by_groups(results):
        for label, cells in table.rows:
            for group, cell in zip(table.columns, cells, strict=True):
                said = [table.outcome.question.text, table.by.question.text, group, label]
                yield [*said, cell[0] if cell else None, _rounded(cell[1]) if cell else None]


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 1)


def _explained(results: Results, address: str) -> Iterable[Sequence[Cell]]:
    survey = results.survey
    yield _("Survey"), survey.title
    yield _("Who could answer"), survey.get_access_display()
    days = (date_format(day, "DATE_FORMAT") for day in (survey.first_day, survey.end_day))
    yield _("Period"), " – ".join(days)
    yield _("Questionnaires"), results.number if results.is_told else _("fewer than five: nothing is told")
    for each in (ANSWERS, SHARE, BY_GROUP):
        yield str(each.label), str(each.counts)
    for outcome in results.outcomes:
        yield _("Question"), _what(outcome)
    note = FigureNote.objects.filter(figure=note_of(survey)).first()
    if note is not None and note.text:
        yield _("Note of the planners"), note.text
    yield _("Address"), address
    yield _("Made on"), date_format(timezone.localtime(), "DATETIME_FORMAT")


def _what(outcome: Outcome) -> str:
    said = f"{outcome.question.text} ({outcome.question.get_kind_display()})"
    return f"{said}, {_('Median')}: {outcome.middle}" if outcome.middle else said
