"""What the operator asks in a poll, and what municipalities answer."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.forum.models import DateAnswer, Poll, PollDate
from tracker.forum.services.polling import MOST_OPTIONS, Asked, Ballot
from tracker.tickets.models import Participant

DATES, QUESTIONS = 6, 4
_MOMENT = {"type": "datetime-local"}


class PollForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """What can still be changed of a poll that has begun."""

    use_required_attribute = False

    class Meta:
        model = Poll
        fields = ("title", "text", "closes_on")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "closes_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean_closes_on(self) -> Any:
        """A poll that is over before it begins asks nobody."""
        day = self.cleaned_data["closes_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Please give a day that is still to come."))
        return day


class NewPollForm(PollForm):
    """A new one: with dates to choose from and questions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(DATES):
            self.fields[f"date_{place}"] = forms.DateTimeField(
                label=_("Proposed date"),
                required=False,
                widget=forms.DateTimeInput(attrs=_MOMENT, format="%Y-%m-%dT%H:%M"),
                input_formats=["%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M"],
            )
            self.fields[f"place_{place}"] = forms.CharField(label=_("Place"), max_length=200, required=False)
        for place in range(QUESTIONS):
            self.fields[f"question_{place}"] = forms.CharField(label=_("Question"), max_length=300, required=False)
            self.fields[f"options_{place}"] = forms.CharField(
                label=_("Answers to choose from"),
                required=False,
                max_length=2000,
                help_text=_("One a line, at least two."),
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            self.fields[f"several_{place}"] = forms.BooleanField(label=_("Several answers"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for place in range(QUESTIONS):
            number = len(self._options(place))
            if bool(data.get(f"question_{place}")) != bool(number) or number == 1 or number > MOST_OPTIONS:
                said = {"most": MOST_OPTIONS}
                self.add_error(f"options_{place}", _("A question needs two to %(most)d answers.") % said)
        moments = [moment for moment, _place in self.dates()]
        if len(moments) != len(set(moments)):
            self.add_error(None, _("A date is there twice."))
        if not moments and not self.questions():
            self.add_error(None, _("Please give a date or a question."))
        return data

    def _options(self, place: int) -> list[str]:
        lines = str(self.cleaned_data.get(f"options_{place}") or "").splitlines()
        return list(dict.fromkeys(line.strip()[:200] for line in lines if line.strip()))

    def dates(self) -> list[tuple[datetime, str]]:
        """Those that were given, with their places."""
        given = ((self.cleaned_data.get(f"date_{n}"), self.cleaned_data.get(f"place_{n}", "")) for n in range(DATES))
        return [(moment, place) for moment, place in given if moment]

    def questions(self) -> list[Asked]:
        """Those that were given."""
        return [
            Asked(text, bool(self.cleaned_data.get(f"several_{n}")), tuple(self._options(n)))
            for n in range(QUESTIONS)
            if (text := self.cleaned_data.get(f"question_{n}"))
        ]

    def main_fields(self) -> list[Any]:
        """What it is about."""
        return [self[name] for name in self.Meta.fields]

    def date_fields(self) -> list[Any]:
        """The places for dates as pairs."""
        return [(self[f"date_{n}"], self[f"place_{n}"]) for n in range(DATES)]

    def question_fields(self) -> list[Any]:
        """The places for questions as triples."""
        return [(self[f"question_{n}"], self[f"options_{n}"], self[f"several_{n}"]) for n in range(QUESTIONS)]


class CloseForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """What came of a poll."""

    use_required_attribute = False

    class Meta:
        model = Poll
        fields = ("meeting", "outcome")
        widgets = {"outcome": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"] = forms.ModelChoiceField(
            label=gettext_lazy("Day of the meeting"),
            queryset=PollDate.objects.filter(poll=self.instance),
            required=False,
            empty_label=_("none"),
        )
        self.order_fields(self.Meta.fields)


class BallotForm(forms.Form):
    """The answers of one municipality, filled in with what it said before."""

    use_required_attribute = False

    def __init__(self, poll: Poll, participant: Participant | None, data: Any = None) -> None:
        super().__init__(data)
        self.poll = poll
        self._dates(participant)
        self._questions(participant)
        points = [(item.pk, item.title) for item in poll.items.all()]
        if points:
            self.fields["points"] = forms.TypedMultipleChoiceField(
                label=_("We want to talk about that"),
                choices=points,
                coerce=int,
                required=False,
                initial=list(poll.items.filter(supports__participant=participant).values_list("pk", flat=True)),
                widget=forms.CheckboxSelectMultiple,
            )

    def _dates(self, participant: Participant | None) -> None:
        said = dict(
            DateAnswer.objects.filter(date__poll=self.poll, participant=participant).values_list("date_id", "answer")
        )
        for date in self.poll.dates.all():
            moment = date_format(timezone.localtime(date.starts_at), "DATETIME_FORMAT")
            words = f"{moment}, {date.place}" if date.place else moment
            self.fields[f"date_{date.pk}"] = forms.ChoiceField(
                label=words, choices=DateAnswer.Answer.choices, required=False, widget=forms.RadioSelect,
                initial=said.get(date.pk, ""),
            )  # fmt: skip

    def _questions(self, participant: Participant | None) -> None:
        for question in self.poll.questions.prefetch_related("options"):
            kind = forms.TypedMultipleChoiceField if question.several else forms.TypedChoiceField
            chosen = list(
                question.choices.filter(participant=participant, participant__isnull=False).values_list(
                    "option_id", flat=True
                )
            )
            self.fields[f"question_{question.pk}"] = kind(
                label=question.text,
                choices=[(option.pk, option.text) for option in question.options.all()],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple if question.several else forms.RadioSelect,
                initial=chosen if question.several else next(iter(chosen), ""),
            )

    def ballot(self) -> Ballot:
        """What was answered."""
        data = self.cleaned_data
        dates = {int(name[5:]): answer for name, answer in data.items() if name.startswith("date_") and answer}
        options: set[int] = set()
        for name, answer in data.items():
            if name.startswith("question_"):
                options |= set(answer) if isinstance(answer, list) else {answer} - {""}
        return Ballot(dates, frozenset(data.get("points", ())), frozenset(options))
