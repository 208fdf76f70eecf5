"""What editors do with many providers at once."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from portal.inventory.bulk import steps
from portal.inventory.bulk.deeds import ChangedSinceError, Deed, Done, Params
from portal.inventory.bulk.stepping import Stepping, numbered
from portal.inventory.bulk.steps import Said
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


_STEPS = steps.Steps(
    pause=Said(
        editing.pause,
        ngettext_lazy("Take %(number)d provider offline?", "Take %(number)d providers offline?", "number"),
        ngettext_lazy("Take %(number)d provider offline", "Take %(number)d providers offline", "number"),
        gettext_lazy("Nobody finds them nor any of their offers until somebody shows them again."),
    ),
    resume=Said(
        editing.resume,
        ngettext_lazy("Show %(number)d provider again?", "Show %(number)d providers again?", "number"),
        ngettext_lazy("Show %(number)d provider again", "Show %(number)d providers again", "number"),
        gettext_lazy("Everybody finds them and their offers at once."),
    ),
    archive=Said(
        editing.archive,
        ngettext_lazy("Put %(number)d provider away?", "Put %(number)d providers away?", "number"),
        ngettext_lazy("Put %(number)d provider away", "Put %(number)d providers away", "number"),
        gettext_lazy("Nobody finds them nor their offers any more; their people can no longer change anything."),
    ),
    trash=Said(
        trash_provider,
        ngettext_lazy("Put %(number)d provider into the bin?", "Put %(number)d providers into the bin?", "number"),
        ngettext_lazy("Put %(number)d provider into the bin", "Put %(number)d providers into the bin", "number"),
        gettext_lazy(
            "Nobody finds them nor their offers. For 30 days they can be taken back, then they are deleted for good "
            "with all their offers."
        ),
    ),
    undelete=Said(
        undelete_provider,
        ngettext_lazy(
            "Take %(number)d provider out of the bin?", "Take %(number)d providers out of the bin?", "number"
        ),
        ngettext_lazy("Take %(number)d provider out of the bin", "Take %(number)d providers out of the bin", "number"),
    ),
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
        pgettext_lazy("providers", "Trusted"),
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
    *steps.deeds(Subject.PROVIDERS, _STEPPING, _STEPS),
)
"""In the order in which the list names them."""
