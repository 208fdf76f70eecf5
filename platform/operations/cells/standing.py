"""How moves stand, of this cell's own tables alone: a web process has no other cell's settings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.models import Move, Municipality
from tenants.moves import BEFORE_GIVEN_UP, Phase
from tenants.running.locks import worked_on

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Standing:
    """A move, in words: `tone` as in components/tone.html, `advice` what to do, `commands` how."""

    move: Move
    name: str
    seconds: float
    tone: str
    state: Words
    advice: Words = ""
    commands: Sequence[str] = ()


def under_way() -> list[Standing]:
    """Those that have not ended, the oldest first: they hold up whoever wants to save something."""
    return told(Move.objects.filter(ended_at=None).order_by("closed_at"))


def ended() -> "QuerySet[Move]":
    """All others, the newest first."""
    return Move.objects.exclude(ended_at=None)


def away() -> list[tuple[str, str]]:
    """The short name of whoever has moved away and the cell it moved to; from there on, only that cell knows."""
    here = Municipality.objects.values("slug")
    last = Move.objects.filter(arrives=False, phase=Phase.DONE).exclude(slug__in=here).order_by("slug", "-pk")
    return list(last.distinct("slug").values_list("slug", "cell"))


def told(moves: Iterable[Move]) -> list[Standing]:
    """Moves in words."""
    rows = list(moves)
    slugs = {move.slug for move in rows}
    names = dict(Municipality.objects.filter(slug__in=slugs).values_list("slug", "name"))
    busy, now = worked_on({move.slug for move in rows if move.ended_at is None}), timezone.now()
    return [_standing(move, names.get(move.slug, move.slug), now, is_busy=move.slug in busy) for move in rows]


def _standing(move: Move, name: str, now: datetime, *, is_busy: bool) -> Standing:
    seconds = ((move.opened_at or now) - move.closed_at).total_seconds()
    if move.ended_at is not None:
        return Standing(move, name, seconds, *_how_it_ended(move))
    if move.arrives:
        return Standing(
            move, name, seconds, "new", pgettext_lazy("a move", "arriving"),
            _("The other cell does the move and shows how it stands; it is read-only until that cell has given it up."),
        )  # fmt: skip
    if is_busy:
        return Standing(
            move,
            name,
            seconds,
            "new",
            pgettext_lazy("a move", "being moved"),
            _("Somebody's command is at work. Wait for it."),
        )
    return Standing(move, name, seconds, "bad", pgettext_lazy("a move", "interrupted"), *_ways_on(move))


def _how_it_ended(move: Move) -> tuple[str, Words]:
    if move.phase == Phase.BACK:
        return "watch", pgettext_lazy("a move", "taken back")
    return "ok", pgettext_lazy("a move", "arrived") if move.arrives else pgettext_lazy("a move", "moved away")


def _ways_on(move: Move) -> tuple[Words, list[str]]:
    """Nobody works on it: what the operator can do."""
    on = f"manage move_municipality {move.slug} {move.cell}"
    if move.phase in BEFORE_GIVEN_UP:
        advice = _("Nothing can be saved there until it goes on or is taken back. Nothing is lost either way.")
        return advice, [on, f"manage move_municipality {move.slug} --back"]
    return _("This cell has given it up: there is only the way forward. Nothing is lost."), [on]
