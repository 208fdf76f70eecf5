"""Surveys in every state, for `test_access.py`."""

from typing import Any

from portal.surveys.models import Access, FreeText, Kind
from tests.surveys.town import a_survey, over


def surveyed() -> dict[str, Any]:
    """One that runs, one by personal links, and one that is over."""
    running = a_survey("Was fehlt?", kinds=(Kind.YES_NO, Kind.SCALE))
    past = over(a_survey("Wie war es?", kinds=(Kind.TEXT,)))
    return {
        "survey": running,
        "survey_question": running.questions.first(),
        "link_survey": a_survey("Nur für Sie", access=Access.LINK),
        "past_survey": past,
        "survey_text": FreeText.objects.create(question=past.questions.get(), text="Schön"),
    }
