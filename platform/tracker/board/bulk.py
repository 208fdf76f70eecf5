"""Many tickets at once: what can be done, and doing it one by one, so that one that refuses stops no other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from core.numbers import whole_numbers
from core.task_cards import Words
from tracker.tickets import services
from tracker.tickets.models import Kind, Severity, State, Ticket, Viewer
from tracker.tickets.models.tickets import MOST_REASON
from tracker.tickets.uniting import merge

MOST = 100


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do with several tickets. `asks` names what else has to be said."""

    value: str
    label: Words
    do: Callable[[Ticket, "Said"], object]
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the form says beside, and who does it."""

    by: Viewer
    reason: str = ""
    target: Ticket | None = None
    severity: str = ""


@dataclass(slots=True)
class Done:
    """What became of it: how many, and which refused with their sentence."""

    count: int = 0
    refused: list[str] = field(default_factory=list)


def _to(state: State) -> Callable[[Ticket, Said], object]:
    return lambda ticket, said: services.change_state(ticket, state, by=said.by, reason=said.reason)


def _merge(ticket: Ticket, said: Said) -> object:
    if said.target is None:
        raise ValidationError(_("Please say into which ticket."))
    return merge(ticket, said.target, by=said.by)


def _severity(ticket: Ticket, said: Said) -> object:
    if ticket.kind != Kind.BUG:
        raise ValidationError(_("Only errors have a severity."))
    return services.sort_in(ticket, by=said.by, severity=said.severity)


ACTIONS = (
    Action("bestaetigt", _("Confirm"), _to(State.CONFIRMED)),
    Action("geplant", pgettext_lazy("many tickets", "Plan"), _to(State.PLANNED)),
    Action("in-arbeit", _("Set to “in progress”"), _to(State.IN_PROGRESS)),
    Action("ausgerollt", _("Set to “rolled out”"), _to(State.ROLLED_OUT)),
    Action("abgelehnt", _("Decline …"), _to(State.DECLINED), asks="reason"),
    Action("zusammenfuehren", _("Merge …"), _merge, asks="target"),
    Action("schwere", _("Set the severity …"), _severity, asks="severity"),
)


class BulkForm(forms.Form):
    """What an action asks beside; the fields another one asks for are left out."""

    reason = fields.cleaning(
        forms.CharField(
            label=_("Reason"),
            max_length=MOST_REASON,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Everybody reads it."),
        ),
        str.strip,
    )
    target = forms.CharField(label=_("Into which ticket"), max_length=20, help_text=_("For example T-1423"))
    severity = forms.ChoiceField(label=_("Severity"), choices=Severity.choices)

    def __init__(self, action: Action, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]  # the data alone
        for name in set(self.fields) - {action.asks}:
            del self.fields[name]

    def clean_target(self) -> Ticket:
        """The ticket that is meant."""
        found = Ticket.objects.called(self.cleaned_data["target"])
        if found is None:
            raise forms.ValidationError(_("There is no such ticket."))
        return found


def action_of(value: str) -> Action | None:
    """The action of this name."""
    return next((each for each in ACTIONS if each.value == value), None)


def chosen(numbers: Iterable[str]) -> list[Ticket]:
    """The tickets with these numbers that can still be worked on."""
    wanted = set(whole_numbers(numbers, digits=9))
    return list(Ticket.objects.standing().filter(pk__in=sorted(wanted)[:MOST]).order_by("pk"))


def do_all(action: Action, tickets: Iterable[Ticket], said: Said) -> Done:
    """Each in its own transaction."""
    done = Done()
    for ticket in tickets:
        try:
            action.do(ticket, said)
        except ValidationError as error:
            done.refused.append(f"{ticket.reference}: {' '.join(error.messages)}")
        else:
            done.count += 1
    return done
