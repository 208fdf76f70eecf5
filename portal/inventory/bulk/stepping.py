"""The deeds that offers and providers have in common: steps of their machines of states, taken and taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core.states import Machine
from portal.inventory.bulk.deeds import ChangedSinceError, Done, Params

Step = Callable[..., None]
# Both machines call their states alike.
PAUSED, TRASHED = "paused", "trashed"


def numbered(words: Any) -> Callable[[int], str]:
    """Words with `%(number)d`, told the number when they are said."""
    return lambda number: str(words % {"number": number})


def state_said(state: str) -> str:
    """Why something is not possible: where the row stands."""
    return {
        "draft": _("It is a draft."),
        "submitted": _("It waits for approval."),
        "returned": _("It was returned to its provider."),
        "published": _("It is public."),
        PAUSED: _("It is paused."),
        "archived": _("It was put away."),
        "blocked": _("It is blocked."),
        TRASHED: _("It lies in the bin."),
    }[state]


def not_resumed(row: Any, _params: Params) -> str:
    """Why it cannot be shown again."""
    return "" if row.state == PAUSED else state_said(row.state)


def not_undeleted(row: Any, _params: Params) -> str:
    """Why it cannot be taken out of the bin."""
    return "" if row.state == TRASHED else _("It does not lie in the bin.")


@dataclass(frozen=True, slots=True)
class Stepping:
    """How rows of one kind step: `locked` fetches one under its lock, `machine` knows which steps there are at all, and
    `enter` moves it without asking who may, as taking back does."""

    locked: Callable[[int], Any]
    machine: Machine[Any]
    enter: Step
    trash: Step
    undelete: Step

    def why_not(self, target: str) -> Callable[[Any, Params], str]:
        """Why a row cannot come there."""

        def why(row: Any, _params: Params) -> str:
            if row.state == target:
                return _("It is so already.")
            return "" if self.machine.who(row.state, target) else state_said(row.state)

        return why

    def act(self, step: Step) -> Callable[[int, Params, Any], Done]:
        """Take a step."""

        def act(pk: int, _params: Params, by: Any) -> Done:
            row = self.locked(pk)
            before = _standing(row)
            step(row, by=by)
            return Done(before, _standing(self.locked(pk)))

        return act

    def back(self, pk: int, done: Done, by: Any) -> None:
        """Take the step back, unless somebody went on since."""
        row = self.locked(pk)
        if row.state != done.after["state"]:
            raise ChangedSinceError
        if row.state == TRASHED:
            self.undelete(row, by=by)
        elif done.before["state"] == TRASHED:
            self.trash(row, by=by)
        else:
            self.enter(row, self.machine.states(done.before["state"]), by=by, reason=done.before["reason"])
        taken = parse_datetime(done.before["taken"]) if done.before["taken"] else None
        type(row).objects.filter(pk=pk).update(taken_down_at=taken)


def _standing(row: Any) -> dict[str, Any]:
    taken = row.taken_down_at
    return {"state": row.state, "reason": row.state_reason, "taken": taken.isoformat() if taken else None}
