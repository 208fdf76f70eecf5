"""What editors do with many offers at once."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from audit.services import record
from portal.inventory.bulk import steps
from portal.inventory.bulk.deeds import ChangedSinceError, Deed, Done, Params
from portal.inventory.bulk.stepping import Stepping, numbered, state_said
from portal.inventory.bulk.steps import Said
from portal.inventory.models import Subject
from portal.offers import editing, seasons
from portal.offers.kind import CLOSED, KIND
from portal.offers.models import Offer
from portal.offers.services import enter_state
from portal.offers.states import MACHINE, State
from portal.offers.transfer import transfer, why_not
from portal.providers.models import Provider
from portal.revisions.bulk import change_quietly

_SHOWN = frozenset({State.PUBLISHED, State.PAUSED})


def _locked(pk: int) -> Offer:
    offer: Offer = KIND.rules.lock(pk)
    return offer


_STEPPING = Stepping(_locked, MACHINE, enter_state, editing.trash, editing.undelete)


def _not_confirmed(offer: Any, _params: Params) -> str:
    if offer.state not in editing.CONFIRMABLE:
        return state_said(offer.state)
    return _("That was said today already.") if offer.reviewed_at == timezone.localdate() else ""


def _confirm(pk: int, _params: Params, by: Any) -> Done:
    offer = _locked(pk)
    before = {"day": offer.reviewed_at.isoformat() if offer.reviewed_at else None}
    editing.confirm(offer, by=by)
    return Done(before, {"day": timezone.localdate().isoformat()})


def _unconfirm(pk: int, done: Done, by: Any) -> None:
    offer = _locked(pk)
    if offer.reviewed_at != parse_date(done.after["day"]):
        raise ChangedSinceError
    day = parse_date(done.before["day"]) if done.before["day"] else None
    record("confirm", offer, by=by, changes={"reviewed_at": [done.after["day"], done.before["day"] or ""]})
    Offer.objects.filter(pk=pk).update(reviewed_at=day)


def _not_changed(offer: Any, _params: Params) -> str:
    return state_said(offer.state) if offer.state in CLOSED else ""


def _link(name: str, *, gone: bool) -> Callable[[int, Params, Any], Done | None]:
    """Add one of the ids of a many-to-many field, or take it away."""

    def act(pk: int, params: Params, by: Any) -> Done | None:
        offer, which = _locked(pk), int(params["which"])
        _refuse_closed(offer)
        before = list(KIND.take(offer)[name])
        after = sorted(set(before) - {which} if gone else {*before, which})
        return _changed(offer, name, before, after, by)

    return act


def _changed(offer: Offer, name: str, before: list[Any], after: list[Any], by: Any) -> Done | None:
    if not change_quietly(KIND, offer, {name: after}, by=by, note=_("Bulk action")):
        return None
    record(f"bulk.{name}", offer, by=by, changes={name: [before, after]})
    return Done({name: before}, {name: after})


def _unlink(name: str) -> Callable[[int, Done, Any], None]:
    def revert(pk: int, done: Done, by: Any) -> None:
        offer = _locked(pk)
        if list(KIND.take(offer)[name]) != list(done.after[name]):
            raise ChangedSinceError
        _refuse_closed(offer)
        _changed(offer, name, done.after[name], done.before[name], by)

    return revert


def _refuse_closed(offer: Offer) -> None:
    if offer.state in CLOSED:
        raise ValidationError(state_said(offer.state))


def _not_longer(offer: Any, _params: Params) -> str:
    """The dates themselves are looked at when it is done: thousands of them would take too long here."""
    return "" if offer.state in _SHOWN else state_said(offer.state)


def _extend(pk: int, params: Params, by: Any) -> Done | None:
    offer = _locked(pk)
    if offer.state not in _SHOWN:
        raise ValidationError(state_said(offer.state))
    content = KIND.take(offer)
    if reason := seasons.why_not_longer(content):
        raise ValidationError(reason)
    until = seasons.longer_until(content, str(params["which"]), today=_day(params))
    before = content["schedules"]
    return _changed(offer, "schedules", before, seasons.extended(content, until)["schedules"], by)


def _day(params: Params) -> date:
    """The day on which it was asked for: what goes on after midnight does the same with all."""
    return parse_date(str(params["day"])) or timezone.localdate()


def _not_given(offer: Any, params: Params) -> str:
    to = params.get("provider")
    if to is None:
        return ""
    if offer.state == State.TRASHED:
        return state_said(offer.state)
    return why_not(offer, to)


def _give(pk: int, params: Params, by: Any) -> Done | None:
    offer, target = _locked(pk), Provider.objects.get(pk=int(params["which"]))
    before = offer.provider_id
    if offer.state == State.TRASHED:
        raise ValidationError(state_said(offer.state))
    if not transfer(offer, target, by=by):
        return None
    return Done({"provider": before}, {"provider": target.pk})


def _give_back(pk: int, done: Done, by: Any) -> None:
    offer = _locked(pk)
    if offer.provider_id != done.after["provider"]:
        raise ChangedSinceError
    transfer(offer, Provider.objects.get(pk=done.before["provider"]), by=by)


def _linked(name: str, label: Any, label_off: Any, done: Any, done_off: Any) -> Iterable[Deed]:
    for off in (False, True):
        yield Deed(
            f"{name}_{'weg' if off else 'dazu'}",
            Subject.OFFERS,
            label_off if off else label,
            numbered(ngettext_lazy("Change %(number)d offer?", "Change %(number)d offers?", "number")),
            numbered(ngettext_lazy("Change %(number)d offer", "Change %(number)d offers", "number")),
            done_off if off else done,
            gettext_lazy("Everybody sees it at once; the history of each offer says so."),
            _not_changed,
            _link(name, gone=off),
            _unlink(name),
            asks=name,
        )


_STEPS = steps.Steps(
    pause=Said(
        editing.pause,
        ngettext_lazy("Take %(number)d offer offline?", "Take %(number)d offers offline?", "number"),
        ngettext_lazy("Take %(number)d offer offline", "Take %(number)d offers offline", "number"),
        gettext_lazy("Nobody finds them until somebody shows them again."),
    ),
    resume=Said(
        editing.resume,
        ngettext_lazy("Show %(number)d offer again?", "Show %(number)d offers again?", "number"),
        ngettext_lazy("Show %(number)d offer again", "Show %(number)d offers again", "number"),
        gettext_lazy("Everybody finds them at once."),
    ),
    archive=Said(
        editing.archive,
        ngettext_lazy("Put %(number)d offer away?", "Put %(number)d offers away?", "number"),
        ngettext_lazy("Put %(number)d offer away", "Put %(number)d offers away", "number"),
        gettext_lazy("Nobody finds them any more; their providers can copy them."),
    ),
    trash=Said(
        editing.trash,
        ngettext_lazy("Put %(number)d offer into the bin?", "Put %(number)d offers into the bin?", "number"),
        ngettext_lazy("Put %(number)d offer into the bin", "Put %(number)d offers into the bin", "number"),
        gettext_lazy("Nobody finds them. For 30 days they can be taken back, then they are deleted for good."),
    ),
    undelete=Said(
        editing.undelete,
        ngettext_lazy("Take %(number)d offer out of the bin?", "Take %(number)d offers out of the bin?", "number"),
        ngettext_lazy("Take %(number)d offer out of the bin", "Take %(number)d offers out of the bin", "number"),
    ),
)

OFFER_DEEDS = (
    Deed(
        "stimmt",
        Subject.OFFERS,
        gettext_lazy("Note as checked"),
        numbered(ngettext_lazy("Note %(number)d offer as checked?", "Note %(number)d offers as checked?", "number")),
        numbered(ngettext_lazy("Note %(number)d offer as checked", "Note %(number)d offers as checked", "number")),
        gettext_lazy("Noted as checked"),
        gettext_lazy("It then says that they were checked today."),
        _not_confirmed,
        _confirm,
        _unconfirm,
    ),
    Deed(
        "verlaengern",
        Subject.OFFERS,
        gettext_lazy("Extend"),
        numbered(ngettext_lazy("Extend %(number)d offer?", "Extend %(number)d offers?", "number")),
        numbered(ngettext_lazy("Extend %(number)d offer", "Extend %(number)d offers", "number")),
        gettext_lazy("Extended"),
        gettext_lazy("Repeated dates go on. What has no end, or single dates only, is left as it is."),
        _not_longer,
        _extend,
        _unlink("schedules"),
        asks="zeitraum",
        tells=True,
    ),
    *_linked(
        "categories",
        gettext_lazy("Add a topic"),
        gettext_lazy("Take a topic away"),
        gettext_lazy("Topic added"),
        gettext_lazy("Topic taken away"),
    ),
    *_linked(
        "target_groups",
        gettext_lazy("Add whom it is for"),
        gettext_lazy("Take away whom it is for"),
        gettext_lazy("Target group added"),
        gettext_lazy("Target group taken away"),
    ),
    *_linked(
        "markers",
        gettext_lazy("Add a marker"),
        gettext_lazy("Take a marker away"),
        gettext_lazy("Marker added"),
        gettext_lazy("Marker taken away"),
    ),
    Deed(
        "uebertragen",
        Subject.OFFERS,
        gettext_lazy("Give to another provider"),
        numbered(
            ngettext_lazy(
                "Give %(number)d offer to another provider?", "Give %(number)d offers to another provider?", "number"
            )
        ),
        numbered(ngettext_lazy("Give %(number)d offer to it", "Give %(number)d offers to it", "number")),
        gettext_lazy("Given to another provider"),
        gettext_lazy(
            "Addresses, dates and history stay. Pictures that only these offers show go with them. What waits for the "
            "old provider waits for the editorial team."
        ),
        _not_given,
        _give,
        _give_back,
        asks="anbieter",
        tells=True,
    ),
    *steps.deeds(Subject.OFFERS, _STEPPING, _STEPS),
)
"""In the order in which the list names them."""
