"""What can be done with a municipality's life, by its state, and what each step will do: said before it is done."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tenants.lifecycle.states import archive_municipality, resume_municipality, suspend_municipality
from tenants.models import TRANSITIONS, Domain, Municipality, State
from tenants.refused import RefusedError

SUSPEND, RESUME, ARCHIVE = "schliessen", "oeffnen", "archivieren"


@dataclass(frozen=True, slots=True)
class Step:
    """A step that can be taken and taken back: what it is called, what it does, what it asks for."""

    key: str
    to: State
    label: Promise
    effects: tuple[Promise, ...]
    asks_reason: bool = False
    asks_name: bool = False


STEPS: tuple[Step, ...] = (
    Step(
        RESUME,
        State.LIVE,
        gettext_lazy("Open again"),
        (
            gettext_lazy("Visitors see the portal again at once, at all its addresses."),
            gettext_lazy("Mails, reminders and newsletters go out again."),
        ),
    ),
    Step(
        SUSPEND,
        State.SUSPENDED,
        gettext_lazy("Suspend"),
        (
            gettext_lazy("Visitors see nothing but the reason, in the look of the portal; search engines come again."),
            gettext_lazy("No mail goes out, and nobody can sign in. Nothing is deleted."),
            gettext_lazy("Operators can look at it, and open it again at any time."),
        ),
        asks_reason=True,
    ),
    Step(
        ARCHIVE,
        State.ARCHIVED,
        pgettext_lazy("a municipality", "Archive"),
        (
            gettext_lazy("Its addresses answer as if there were nobody, and get no certificates any more."),
            gettext_lazy("Everything is kept, and goes on being backed up. The way back is by suspending it."),
        ),
        asks_name=True,
    ),
)
BY_KEY = {step.key: step for step in STEPS}


def steps_of(town: Municipality) -> list[Step]:
    """Those that are possible now. A portal that is being set up is opened by its own path (onboarding)."""
    possible = TRANSITIONS[State(town.state)]
    return [step for step in STEPS if step.to in possible and (step.key != RESUME or town.state != State.DRAFT)]


def must_be_named(town: Municipality, typed: str) -> None:
    """RefusedError unless somebody typed the municipality's name."""
    if " ".join(typed.split()) != " ".join(town.name.split()):
        raise RefusedError(_("Please type the name as it stands there: “%(name)s”.") % {"name": town.name})


def take(step: Step, town: Municipality, *, reason: str, typed: str, by: Any) -> None:
    """Do it. RefusedError when it is not possible, or not confirmed; BusyError while others work on it."""
    who = str(getattr(by, "email", by))
    if step.asks_name:
        must_be_named(town, typed)
    if step.key == SUSPEND:
        reason = " ".join(reason.split())
        if not reason:
            raise RefusedError(_("Please give the reason: visitors read it."))
        suspend_municipality(town.slug, reason=reason, by=who)
    elif step.key == RESUME:
        resume_municipality(town.slug, by=who)
    else:
        archive_municipality(town.slug, by=who)


def what_goes(town: Municipality) -> dict[str, Any]:
    """What a deletion takes, from the last night's figures."""
    return {
        "figures": town.figures.order_by("-night").first(),
        "hosts": list(
            Domain.objects.filter(tenant=town.pk).order_by("-is_primary", "domain").values_list("domain", flat=True)
        ),
    }
