"""Questionnaires, and what is kept of the answers: numbers of answers, never an answer of somebody."""

from portal.surveys.models.answers import CrossTally, FreeText, Participation, PersonalLink, Tally, WeekTally
from portal.surveys.models.questions import NO_ANSWER, Kind, Question
from portal.surveys.models.survey import Access, State, Survey

__all__ = [
    "NO_ANSWER",
    "Access",
    "CrossTally",
    "FreeText",
    "Kind",
    "Participation",
    "PersonalLink",
    "Question",
    "State",
    "Survey",
    "Tally",
    "WeekTally",
]
