"""What is asked of those who answer: a form made of the questions, in the language of the page."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from core.fields import cleaning
from core.text import clean_text
from portal.feedback.forms import OpenForm
from portal.surveys.models import Kind, Question
from portal.surveys.models.questions import LARGEST_NUMBER, LONGEST_TEXT
from portal.surveys.sources import Speaker
from portal.surveys.taking import Said

# With so many or more, a list to unfold is easier than a row of buttons.
LONG_LIST = 10
FIELD = "f{}"
Choices = list[tuple[int, str]]


def _buttons(question: Question, choices: Choices) -> forms.Field:
    return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None, widget=forms.RadioSelect)


def _one(question: Question, choices: Choices) -> forms.Field:
    if len(choices) < LONG_LIST:
        return _buttons(question, choices)
    listed = [("", _("please choose")), *choices]
    return forms.TypedChoiceField(choices=listed, coerce=int, empty_value=None)


def _many(question: Question, choices: Choices) -> forms.Field:
    return forms.TypedMultipleChoiceField(choices=choices, coerce=int, widget=forms.CheckboxSelectMultiple)


def _number(question: Question, choices: Choices) -> forms.Field:
    return forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER)


def _text(question: Question, choices: Choices) -> forms.Field:
    # No attribute that cuts off what is pasted: the text stays, and a sentence says how much is too much.
    return cleaning(forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})), clean_text)


_MADE: dict[str, Callable[[Question, Choices], forms.Field]] = {
    Kind.ONE: _one,
    Kind.MANY: _many,
    Kind.SCALE: _buttons,
    Kind.YES_NO: _buttons,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.DISTRICT: _one,
    Kind.GROUP: _one,
    Kind.AGE: _buttons,
}


class SurveyAnswerForm(OpenForm):
    """A survey as it is answered. Whatever is wrong, what was filled in stays."""

    def __init__(self, *args: Any, questions: Sequence[Question], speaker: Speaker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            field = _MADE[question.kind](question, speaker.choices(question))
            field.required, field.label = question.required, speaker.text(question, "text", question.text)
            field.help_text = speaker.text(question, "help", question.help)
            field.error_messages["required"] = _("Please answer this question.")
            self.fields[FIELD.format(question.pk)] = field

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Question and field, for the template."""
        return [{"question": each, "field": self[FIELD.format(each.pk)]} for each in self.questions]

    @property
    def said(self) -> Said:
        """The answer of a valid form."""
        said = Said()
        for question in self.questions:
            value = self.cleaned_data[FIELD.format(question.pk)]
            if question.is_text:
                said.texts[question.pk] = value
            else:
                said.chosen[question.pk] = value if isinstance(value, list) else [] if value is None else [value]
        return said
