"""The planners' forms: what a survey says of itself, a question, how many links."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.seen import Seen
from core.text import clean_text
from portal.surveys.marks import MOST_LINKS
from portal.surveys.models import Kind, Question, State, Survey
from portal.surveys.models.questions import ABOUT_PEOPLE, LONGEST_OPTION, MOST_OPTIONS, WITH_OPTIONS

_DATE = "%Y-%m-%d"


class SurveyForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """A survey. `answered`: what was promised to those who answered stays."""

    class Meta:
        model = Survey
        fields = ("title", "introduction", "thanks", "access", "first_day", "last_day", "on_start", "keep_months")
        widgets = {
            "introduction": forms.Textarea(attrs={"rows": 4}),
            "thanks": forms.Textarea(attrs={"rows": 3}),
            "access": forms.RadioSelect,
            "first_day": forms.DateInput(attrs={"type": "date"}, format=_DATE),
            "last_day": forms.DateInput(attrs={"type": "date"}, format=_DATE),
        }

    def __init__(self, *args: Any, answered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fixed = {"access", "first_day", "keep_months"} if answered else set()
        if self.instance.state is State.OVER:
            fixed.add("last_day")
        for name in fixed:
            self.fields[name].disabled = True


class QuestionForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """A question of a kind. `answered`: only words can change."""

    answers = forms.CharField(
        label=gettext_lazy("Answers to choose from"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One on each line, in the order in which they are shown."),
    )

    class Meta:
        model = Question
        fields = ("text", "help", "low", "high", "required", "breakdown")
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, answered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answered, kind = answered, self.instance.kind
        if kind in WITH_OPTIONS:
            self.initial["answers"] = "\n".join(self.instance.options)
            self.order_fields(["text", "help", "answers"])
        else:
            del self.fields["answers"]
        for name, kinds in (("low", {Kind.SCALE}), ("high", {Kind.SCALE}), ("breakdown", ABOUT_PEOPLE)):
            if kind not in kinds:
                del self.fields[name]
        for name in ("required", "breakdown") if answered else ():
            if name in self.fields:
                self.fields[name].disabled = True

    def clean_answers(self) -> list[str]:
        lines = [clean_text(line).strip() for line in self.cleaned_data["answers"].splitlines()]
        found = [line for line in lines if line]
        if self.answered and len(found) != len(self.instance.options):
            raise forms.ValidationError(
                _("Somebody has answered already: there stay %(number)d answers. You can change their words only.")
                % {"number": len(self.instance.options)}
            )
        if len(set(found)) != len(found):
            raise forms.ValidationError(_("An answer stands there twice."))
        if not 2 <= len(found) <= MOST_OPTIONS:
            raise forms.ValidationError(
                _("Please give 2 to %(most)d answers, each on a line of its own.") % {"most": MOST_OPTIONS}
            )
        long = next((line for line in found if len(line) > LONGEST_OPTION), "")
        if long:
            raise forms.ValidationError(
                _("“%(answer)s …” is too long: an answer has %(most)d letters at most.")
                % {"answer": long[:30], "most": LONGEST_OPTION}
            )
        return found

    def save(self, commit: bool = True) -> Any:
        if "answers" in self.cleaned_data:
            self.instance.options = self.cleaned_data["answers"]
        return super().save(commit)


class LinksForm(forms.Form):
    """How many personal links."""

    number = forms.IntegerField(
        label=gettext_lazy("How many links?"),
        min_value=1,
        max_value=MOST_LINKS,
        initial=20,
        help_text=gettext_lazy("One for each person. Each can be used once."),
    )
