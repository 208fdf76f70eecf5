"""What editors do with many providers at once."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from portal.inventory.bulk.deeds import ChangedSinceError, Deed, Done, Params
from portal.inventory.models import Subject
from portal.offers.removal import trash_provider, undelete_provider
from portal.providers import editing
from portal.providers.kind import KIND
from portal.providers.models import Provider
from portal.providers.services import enter_state
from portal.providers.states import MACHINE, State

Step = Callable[..., None]


def _locked(pk: int) -> Provider:
    provider: Provider = KIND.rules.lock(pk)
    if provider.merged_into is not None:
        raise ValidationError(_("It was merged into another entry."))
    return provider


def _standing(provider: Provider) -> dict[str, Any]:
    taken = provider.taken_down_at
    return {"state": provider.state, "reason": provider.state_reason, "taken": taken.isoformat() if taken else None}


def _step(step: Step) -> Callable[[int, Params, Any], Done]:
    def act(pk: int, _params: Params, by: Any) -> Done:
        provider = _locked(pk)
        before = _standing(provider)
        step(provider, by=by)
        return Done(before, _standing(_locked(pk)))

    return act


def _step_back(pk: int, done: Done, by: Any) -> None:
    provider = _locked(pk)
    if provider.state != done.after["state"]:
        raise ChangedSinceError
    if provider.state == State.TRASHED:
        undelete_provider(provider, by=by)
    elif done.before["state"] == State.TRASHED:
        trash_provider(provider, by=by)
    else:
        enter_state(provider, State(done.before["state"]), by=by, reason=done.before["reason"])
    taken = parse_datetime(done.before["taken"]) if done.before["taken"] else None
    Provider.objects.filter(pk=pk).update(taken_down_at=taken)


def _state_said(state: str) -> str:
    return {
        State.DRAFT: _("It is a draft."),
        State.SUBMITTED: _("It waits for approval."),
        State.PUBLISHED: _("It is public."),
        State.PAUSED: _("It is paused."),
        State.ARCHIVED: _("It was put away."),
        State.BLOCKED: _("It is blocked."),
        State.TRASHED: _("It lies in the bin."),
    }[State(state)]


def _no_step(target: State) -> Callable[[Any, Params], str]:
    def why(provider: Any, _params: Params) -> str:
        if provider.state == target:
            return _("It is so already.")
        return "" if MACHINE.who(provider.state, target) else _state_said(provider.state)

    return why


def _not_resumed(provider: Any, _params: Params) -> str:
    return "" if provider.state == State.PAUSED else _state_said(provider.state)


def _not_undeleted(provider: Any, _params: Params) -> str:
    return "" if provider.state == State.TRASHED else _("It does not lie in the bin.")


def _not_trusted(provider: Any, params: Params) -> str:
    return _("It is so already.") if provider.trusted == params.get("wanted", True) else ""


def _trust(*, trusted: bool) -> Callable[[int, Params, Any], Done | None]:
    def act(pk: int, _params: Params, by: Any) -> Done | None:
        provider = _locked(pk)
        if provider.trusted == trusted:
            return None
        editing.trust(provider, by=by, trusted=trusted)
        return Done({"trusted": not trusted}, {"trusted": trusted})

    return act


def _untrust(pk: int, done: Done, by: Any) -> None:
    provider = _locked(pk)
    if provider.trusted != done.after["trusted"]:
        raise ChangedSinceError
    editing.trust(provider, by=by, trusted=done.before["trusted"])


def _approve(pk: int, _params: Params, by: Any) -> Done | None:
    """What waits is approved as it is; whoever wrote it gets the usual mail, one each."""
    provider = _locked(pk)
    waiting = editing.waiting_for(provider)
    if waiting is None:
        return None
    editing.approve(waiting, by=by, version=waiting.version)
    return Done({"revision": waiting.pk}, {"revision": waiting.pk})


def _not_approved(provider: Any, _params: Params) -> str:
    waits = getattr(provider, "waiting_id", None) is not None or provider.state == State.SUBMITTED
    return "" if waits and provider.state != State.TRASHED else _("Nothing of it waits.")


def _numbered(words: Any) -> Callable[[int], str]:
    return lambda number: str(words % {"number": number})


def _trusting(name: str, label: Any, done: Any, happens: Any, *, trusted: bool) -> Deed:
    return Deed(
        name,
        Subject.PROVIDERS,
        label,
        _numbered(ngettext_lazy("Change %(number)d provider?", "Change %(number)d providers?", "number")),
        _numbered(ngettext_lazy("Change %(number)d provider", "Change %(number)d providers", "number")),
        done,
        happens,
        lambda provider, params: _not_trusted(provider, {**params, "wanted": trusted}),
        _trust(trusted=trusted),
        _untrust,
    )


PROVIDER_DEEDS = (
    Deed(
        "freigeben",
        Subject.PROVIDERS,
        gettext_lazy("Approve what waits"),
        _numbered(ngettext_lazy("Approve %(number)d profile?", "Approve %(number)d profiles?", "number")),
        _numbered(ngettext_lazy("Approve %(number)d profile", "Approve %(number)d profiles", "number")),
        gettext_lazy("Approved"),
        gettext_lazy("Their profiles are public at once, as they were handed in. Each gets the usual mail."),
        _not_approved,
        _approve,
    ),
    _trusting(
        "vertrauen",
        gettext_lazy("Trust"),
        gettext_lazy("Trusted"),
        gettext_lazy("What they publish needs no approval; you can look at it afterwards."),
        trusted=True,
    ),
    _trusting(
        "vertrauen_weg",
        gettext_lazy("No longer trust"),
        gettext_lazy("No longer trusted"),
        gettext_lazy("What they publish from now on waits for you again, as your rule says."),
        trusted=False,
    ),
    Deed(
        "pausieren",
        Subject.PROVIDERS,
        gettext_lazy("Take offline for a while (pause)"),
        _numbered(ngettext_lazy("Take %(number)d provider offline?", "Take %(number)d providers offline?", "number")),
        _numbered(ngettext_lazy("Take %(number)d provider offline", "Take %(number)d providers offline", "number")),
        gettext_lazy("Taken offline"),
        gettext_lazy("Nobody finds them nor any of their offers until somebody shows them again."),
        _no_step(State.PAUSED),
        _step(editing.pause),
        _step_back,
        danger=True,
        tells=True,
    ),
    Deed(
        "zeigen",
        Subject.PROVIDERS,
        gettext_lazy("Show again"),
        _numbered(ngettext_lazy("Show %(number)d provider again?", "Show %(number)d providers again?", "number")),
        _numbered(ngettext_lazy("Show %(number)d provider again", "Show %(number)d providers again", "number")),
        gettext_lazy("Shown again"),
        gettext_lazy("Everybody finds them and their offers at once."),
        _not_resumed,
        _step(editing.resume),
        _step_back,
        tells=True,
    ),
    Deed(
        "ablegen",
        Subject.PROVIDERS,
        gettext_lazy("Put away (archive)"),
        _numbered(ngettext_lazy("Put %(number)d provider away?", "Put %(number)d providers away?", "number")),
        _numbered(ngettext_lazy("Put %(number)d provider away", "Put %(number)d providers away", "number")),
        gettext_lazy("Put away"),
        gettext_lazy("Nobody finds them nor their offers any more; their people can no longer change anything."),
        _no_step(State.ARCHIVED),
        _step(editing.archive),
        _step_back,
        danger=True,
        tells=True,
    ),
    Deed(
        "papierkorb",
        Subject.PROVIDERS,
        gettext_lazy("Put into the bin"),
        _numbered(
            ngettext_lazy("Put %(number)d provider into the bin?", "Put %(number)d providers into the bin?", "number")
        ),
        _numbered(
            ngettext_lazy("Put %(number)d provider into the bin", "Put %(number)d providers into the bin", "number")
        ),
        gettext_lazy("Put into the bin"),
        gettext_lazy(
            "Nobody finds them nor their offers. For 30 days they can be taken back, then they are deleted for good "
            "with all their offers."
        ),
        _no_step(State.TRASHED),
        _step(trash_provider),
        _step_back,
        danger=True,
        tells=True,
    ),
    Deed(
        "zurueckholen",
        Subject.PROVIDERS,
        gettext_lazy("Take out of the bin"),
        _numbered(
            ngettext_lazy(
                "Take %(number)d provider out of the bin?", "Take %(number)d providers out of the bin?", "number"
            )
        ),
        _numbered(
            ngettext_lazy(
                "Take %(number)d provider out of the bin", "Take %(number)d providers out of the bin", "number"
            )
        ),
        gettext_lazy("Taken out of the bin"),
        gettext_lazy("Each goes back to where it was."),
        _not_undeleted,
        _step(undelete_provider),
        _step_back,
        tells=True,
    ),
)
"""In the order in which the list names them."""
