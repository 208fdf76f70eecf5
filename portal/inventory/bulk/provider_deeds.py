"""What editors do with many providers at once."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from portal.inventory.bulk.deeds import ChangedSinceError, Deed, Done, Params
from portal.inventory.bulk.stepping import Stepping, not_resumed, not_undeleted, numbered
from portal.inventory.models import Subject
from portal.offers.removal import trash_provider, undelete_provider
from portal.providers import editing
from portal.providers.kind import KIND
from portal.providers.models import Provider
from portal.providers.services import enter_state
from portal.providers.states import MACHINE, State


def _locked(pk: int) -> Provider:
    provider: Provider = KIND.rules.lock(pk)
    if provider.merged_into is not None:
        raise ValidationError(_("It was merged into another entry."))
    return provider


_STEPPING = Stepping(_locked, MACHINE, enter_state, trash_provider, undelete_provider)


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


def _trusting(name: str, label: Any, done: Any, happens: Any, *, trusted: bool) -> Deed:
    return Deed(
        name,
        Subject.PROVIDERS,
        label,
        numbered(ngettext_lazy("Change %(number)d provider?", "Change %(number)d providers?", "number")),
        numbered(ngettext_lazy("Change %(number)d provider", "Change %(number)d providers", "number")),
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
        numbered(ngettext_lazy("Approve %(number)d profile?", "Approve %(number)d profiles?", "number")),
        numbered(ngettext_lazy("Approve %(number)d profile", "Approve %(number)d profiles", "number")),
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
        numbered(ngettext_lazy("Take %(number)d provider offline?", "Take %(number)d providers offline?", "number")),
        numbered(ngettext_lazy("Take %(number)d provider offline", "Take %(number)d providers offline", "number")),
        gettext_lazy("Taken offline"),
        gettext_lazy("Nobody finds them nor any of their offers until somebody shows them again."),
        _STEPPING.why_not(State.PAUSED),
        _STEPPING.act(editing.pause),
        _STEPPING.back,
        danger=True,
        tells=True,
    ),
    Deed(
        "zeigen",
        Subject.PROVIDERS,
        gettext_lazy("Show again"),
        numbered(ngettext_lazy("Show %(number)d provider again?", "Show %(number)d providers again?", "number")),
        numbered(ngettext_lazy("Show %(number)d provider again", "Show %(number)d providers again", "number")),
        gettext_lazy("Shown again"),
        gettext_lazy("Everybody finds them and their offers at once."),
        not_resumed,
        _STEPPING.act(editing.resume),
        _STEPPING.back,
        tells=True,
    ),
    Deed(
        "ablegen",
        Subject.PROVIDERS,
        gettext_lazy("Put away (archive)"),
        numbered(ngettext_lazy("Put %(number)d provider away?", "Put %(number)d providers away?", "number")),
        numbered(ngettext_lazy("Put %(number)d provider away", "Put %(number)d providers away", "number")),
        gettext_lazy("Put away"),
        gettext_lazy("Nobody finds them nor their offers any more; their people can no longer change anything."),
        _STEPPING.why_not(State.ARCHIVED),
        _STEPPING.act(editing.archive),
        _STEPPING.back,
        danger=True,
        tells=True,
    ),
    Deed(
        "papierkorb",
        Subject.PROVIDERS,
        gettext_lazy("Put into the bin"),
        numbered(
            ngettext_lazy("Put %(number)d provider into the bin?", "Put %(number)d providers into the bin?", "number")
        ),
        numbered(
            ngettext_lazy("Put %(number)d provider into the bin", "Put %(number)d providers into the bin", "number")
        ),
        gettext_lazy("Put into the bin"),
        gettext_lazy(
            "Nobody finds them nor their offers. For 30 days they can be taken back, then they are deleted for good "
            "with all their offers."
        ),
        _STEPPING.why_not(State.TRASHED),
        _STEPPING.act(trash_provider),
        _STEPPING.back,
        danger=True,
        tells=True,
    ),
    Deed(
        "zurueckholen",
        Subject.PROVIDERS,
        gettext_lazy("Take out of the bin"),
        numbered(
            ngettext_lazy(
                "Take %(number)d provider out of the bin?", "Take %(number)d providers out of the bin?", "number"
            )
        ),
        numbered(
            ngettext_lazy(
                "Take %(number)d provider out of the bin", "Take %(number)d providers out of the bin", "number"
            )
        ),
        gettext_lazy("Taken out of the bin"),
        gettext_lazy("Each goes back to where it was."),
        not_undeleted,
        _STEPPING.act(undelete_provider),
        _STEPPING.back,
        tells=True,
    ),
)
"""In the order in which the list names them."""
