"""What people fill in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.states import Actor
from tracker.tickets.models import Area, Comment, Draft, Kind, Participant, Severity, State, Ticket
from tracker.tickets.models.tickets import MOST_REASON
from tracker.tickets.personal import Finding, findings
from tracker.tickets.states import MACHINE

KINDS = (
    (Kind.BUG.value, gettext_lazy("An error – something does not work")),
    (Kind.WISH.value, gettext_lazy("A wish – something is missing")),
    (Kind.QUESTION.value, gettext_lazy("A question – how does it work?")),
)


class ReportForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """A report, with the picture that may come along."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=KINDS, widget=forms.RadioSelect)
    picture = forms.FileField(
        label=gettext_lazy("Choose a picture"),
        required=False,
        help_text=gettext_lazy("PNG or JPEG up to 5 MB. Data of place and device in the picture is removed."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )

    class Meta:
        model = Draft
        fields = ("kind", "title", "happened", "expected", "page")
        # One form for errors, wishes and questions: without JavaScript it cannot know which.
        labels = {
            "happened": gettext_lazy("What happened, or what is missing?"),
            "expected": gettext_lazy("What did you expect, or what do you wish for?"),
        }
        widgets = {
            "happened": forms.Textarea(attrs={"rows": 6}),
            "expected": forms.Textarea(attrs={"rows": 3}),
            "page": forms.HiddenInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        self.fields["happened"].help_text = Ticket._meta.get_field("happened").help_text


class PartForm(forms.Form):
    """A part of the picture to blacken, in percent."""

    left = forms.FloatField(label=gettext_lazy("from the left, %"), min_value=0, max_value=100, initial=10)
    top = forms.FloatField(label=gettext_lazy("from the top, %"), min_value=0, max_value=100, initial=20)
    width = forms.FloatField(label=gettext_lazy("width, %"), min_value=0.1, max_value=100, initial=30)
    height = forms.FloatField(label=gettext_lazy("height, %"), min_value=0.1, max_value=100, initial=8)


class CommentForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """Something for everybody: looked through for what is about a person, once, before it is sent."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Comment
        fields = ("text",)
        labels = {"text": gettext_lazy("Comment for all municipalities")}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["text"].help_text = ""
        self.found: list[Finding] = []

    def must_ask(self) -> bool:
        """Whether something was found that nobody was asked about yet."""
        self.found = findings(self.cleaned_data["text"])
        return bool(self.found) and not self.cleaned_data["seen"]


class NoteForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """A note between one municipality and the operator."""

    class Meta:
        model = Comment
        fields = ("text",)
        labels = {"text": gettext_lazy("Internal note")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["text"].help_text = ""


class WordsForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """The shared texts of a ticket."""

    class Meta:
        model = Ticket
        fields = ("title", "happened", "expected")
        widgets = {"happened": forms.Textarea(attrs={"rows": 6}), "expected": forms.Textarea(attrs={"rows": 3})}


class StateForm(forms.Form):
    """The next state of a ticket; declining asks for a reason."""

    state = forms.ChoiceField(label=gettext_lazy("New state"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For declining: all municipalities read it."),
    )

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = MACHINE.next_for(ticket.state, {Actor.OPERATOR})
        self.fields["state"].choices = [(each.value, each.label) for each in following]  # type: ignore[attr-defined]
        # Chosen beforehand is the next step on the way, not the first of the list, which may lead back.
        order = list(State)
        ahead = [each for each in following if order.index(each) > order.index(State(ticket.state))]
        self.fields["state"].initial = next(iter(ahead or following), "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("state") == State.DECLINED and not str(data.get("reason", "")).strip():
            self.add_error("reason", ValidationError(_("Please say why it is declined: everybody reads it.")))
        return data


class SortForm(forms.Form):
    """What it is, how bad, what it is about."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    severity = forms.ChoiceField(
        label=gettext_lazy("Severity"),
        choices=[("", pgettext_lazy("severity", "not set")), *Severity.choices],
        required=False,
        help_text=gettext_lazy("For errors."),
    )
    area = forms.ChoiceField(label=gettext_lazy("Part of the portal"), choices=Area.choices)


class MergeForm(forms.Form):
    """Into which ticket."""

    target = forms.CharField(
        label=gettext_lazy("Merge into"),
        max_length=20,
        help_text=gettext_lazy("Number of the ticket that stays, for example T-1423."),
    )

    def clean_target(self) -> Ticket:
        """The ticket that is meant."""
        found = Ticket.objects.called(self.cleaned_data["target"])
        if found is None:
            raise ValidationError(_("There is no ticket with this number."))
        return found


class ParticipantForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """How a municipality shows itself to the others."""

    class Meta:
        model = Participant
        fields = ("shown_name", "inhabitants")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown_name"].required = True
