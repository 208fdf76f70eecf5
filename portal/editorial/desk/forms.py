"""What an editor types about work, and about how they work."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.fields import cleaning
from core.text import clean_text
from portal.editorial.models import LONGEST_NOTE, MOST_DAYS, Day, Keys

NOBODY, NO_DAY = "0", "keine"


class NoteForm(forms.Form):
    """A note to colleagues."""

    text = cleaning(
        forms.CharField(
            label=_("Note for your colleagues"),
            help_text=_("Only the editorial team reads it."),
            max_length=LONGEST_NOTE,
            error_messages={
                "required": _("Please write what your colleagues should know."),
                "max_length": _("Please shorten the note to 2000 characters."),
            },
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
        clean_text,
    )


class AssignForm(forms.Form):
    """Who is in charge: one of the colleagues, or nobody."""

    person = forms.ChoiceField(
        label=_("In charge"),
        error_messages={
            "required": _("Please choose somebody."),
            "invalid_choice": _("This person does not work here any more. Please choose another one."),
        },
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        field: Any = self.fields["person"]
        field.choices = [(NOBODY, _("nobody")), *((key, str(each)) for key, each in self.people.items())]

    def chosen(self) -> User | None:
        """The colleague, None for nobody."""
        return self.people.get(self.cleaned_data["person"])


class HabitsForm(forms.Form):
    """How one person works."""

    keys = forms.ChoiceField(
        label=_("Single keys"),
        choices=Keys.choices,
        widget=forms.RadioSelect,
        help_text=_("Whoever dictates or uses a screen reader may want to switch them off."),
    )
    mail_day = forms.TypedChoiceField(
        label=_("Weekly mail of what is waiting"),
        choices=[(NO_DAY, _("no mail")), *Day.choices],
        coerce=lambda chosen: None if chosen == NO_DAY else int(chosen),
        help_text=_("In the morning of that day; at most ten lines. Where nothing is waiting you get none."),
    )


class GoalForm(forms.Form):
    """The town's own goal."""

    goal_days = forms.IntegerField(
        label=_("Days until a decision"),
        help_text=_("What waits longer stands out in the list. Usual are 7 days."),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
        error_messages={
            "required": _("Please give a number of days."),
            "invalid": _("Please give a whole number of days."),
        },
    )
