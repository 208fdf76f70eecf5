"""What can be done with offers of one's own, one or many: whether it is possible, what will happen, and doing it.

Whether needs no statement for each offer: everything asked stands in a `Case`, which `cases` makes for many at once.
Nothing is decided here: who may and where it goes is `portal.providers.approval`'s and the machine of states to say.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.states import Actor
from portal.authoring.own.texts import dates_of, problems_of_many, working_texts
from portal.authoring.own.wording import day_named, lacks
from portal.offers import editing, seasons
from portal.offers.condition import Condition
from portal.offers.kind import KIND, UNPUBLISHED
from portal.offers.removal import DAYS, may_undelete
from portal.offers.states import MACHINE, State
from portal.providers import approval
from portal.providers.approval import Subject
from portal.providers.services import actors_of
from portal.revisions import bulk
from portal.revisions.errors import EditingError
from portal.revisions.kinds import Content, Problem
from portal.revisions.models import Desk

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Case:
    """One offer with what is asked of it: what the person may, where a change goes, and, where a deed needs it, its
    text: `dates` (as the next change would stand on), `problems` and whether the person is writing on it."""

    offer: Any
    actors: frozenset[Actor]
    desk: Desk
    dates: Content = field(default_factory=lambda: {"schedules": []})
    problems: list[Problem] = field(default_factory=list)
    writes: bool = False

    @property
    def condition(self) -> Condition:
        return Condition(self.offer.condition)

    @property
    def title(self) -> str:
        return self.offer.title or _("New offer")


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen besides the rows: by how much to extend or to move on, and the ends that were announced."""

    period: str = "3m"
    season: str = "jahr"
    ends: dict[int, date] = field(default_factory=dict)

    def end_of(self, case: Case) -> date:
        """The new last day of an offer; the announced one, so that a second click moves nothing further."""
        announced = self.ends.get(case.offer.pk)
        return announced or seasons.longer_until(case.dates, self.period, today=timezone.localdate())


@dataclass(frozen=True, slots=True)
class Deed:
    """`why_not` says why something is impossible, or ""; `outcome` what will happen; `act` does it."""

    name: str
    label: Words
    title: Words
    why_not: Callable[[Case], str]
    outcome: Callable[[Case, Choice], str]
    act: Callable[[Case, Choice, Any], object]
    button: Words
    done: Callable[[int], str]


def cases(offers: Sequence[Any], deed: Deed, *, by: Any) -> list[Case]:
    """The offers (with `with_upkeep`, `with_condition` and their providers) ready to be asked."""
    asked = _Asked(by)
    dates = _dates(offers, asked) if deed.name in {"verlaengern", "saison"} else {}
    sends = deed.name == "abschicken"
    open_ones = [each for each in offers if sends and each.state not in {State.SUBMITTED, State.ARCHIVED}]
    working = working_texts(open_ones, by) if open_ones else {}
    written = [each for each in open_ones if each.pk in working or each.state == State.DRAFT]
    problems = problems_of_many(written, working) if written else {}
    return [
        Case(
            each,
            asked.actors(each),
            asked.desk(each),
            dates.get(each.pk, {"schedules": []}),
            problems.get(each.pk, []),
            each.pk in working,
        )
        for each in offers
    ]


class _Asked:
    """What is asked of approval, once for each organisation and stage."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self._actors: dict[int, frozenset[Actor]] = {}
        self._desks: dict[tuple[int, bool, bool], Desk] = {}

    def actors(self, offer: Any) -> frozenset[Actor]:
        if offer.provider_id not in self._actors:
            self._actors[offer.provider_id] = actors_of(self.by, offer.provider)
        return self._actors[offer.provider_id]

    def desk(self, offer: Any) -> Desk:
        first, blocked = offer.state in UNPUBLISHED, offer.state == State.BLOCKED
        key = offer.provider_id, first, blocked
        if key not in self._desks:
            self._desks[key] = approval.desk_for(
                offer.provider, by=self.by, what=Subject.OFFER, first=first, blocked=blocked
            )
        return self._desks[key]


def _dates(offers: Sequence[Any], asked: _Asked) -> dict[int, Content]:
    """The dates a change would stand on: of what waits where the person's change would wait too, else of the row."""
    waits = [each.pk for each in offers if each.waiting_id and asked.desk(each) != Desk.NOBODY]
    return dates_of(offers) | (bulk.waiting_texts(KIND, waits) if waits else {})


def _goes_to(desk: Desk) -> str:
    return {
        Desk.NOBODY: "",
        Desk.EDITORS: _("The editorial team sees it first."),
        Desk.PROVIDER: _("The people who lead your organisation here see it first."),
    }[desk]


def _no_step(case: Case, target: State) -> str:
    """Why this person cannot bring the offer there; where nobody can, the deeds say it in their own words."""
    may = MACHINE.who(case.offer.state, target)
    return "" if may & case.actors else _("Only those who lead your organisation here can do that.")


def _not_sent(case: Case) -> str:
    reasons = {
        Condition.IN_REVIEW: _("It was sent already."),
        Condition.BLOCKED: _("The editorial team has blocked it."),
        Condition.TRASHED: _("It lies in the bin."),
    }
    if case.condition in reasons and not case.writes:
        return reasons[case.condition]
    if case.offer.state == State.ARCHIVED:
        return _("It was put away.")
    if not case.writes and case.offer.state != State.DRAFT:
        return _please_change(case)
    return _("Still missing: %(things)s.") % {"things": lacks(case.problems)} if case.problems else ""


def _please_change(case: Case) -> str:
    if case.condition == Condition.RETURNED:
        return _("Please change first what the editorial team asks for.")
    return _("It is public already, and you have changed nothing.")


def _sent(case: Case, _choice: Choice) -> str:
    return _goes_to(case.desk) or _("Everybody can find it at once.")


def _not_paused(case: Case) -> str:
    if case.offer.state == State.PAUSED:
        return _("It is paused already.")
    if case.offer.state != State.PUBLISHED:
        return _("It is not public.")
    return _("It is over.") if case.condition == Condition.OVER else _no_step(case, State.PAUSED)


def _not_shown(case: Case) -> str:
    if case.offer.state != State.PAUSED:
        return _("It is not paused.")
    return _no_step(case, State.PUBLISHED)


def _not_longer(case: Case) -> str:
    if case.condition == Condition.BLOCKED or case.offer.state == State.BLOCKED:
        return _("The editorial team has blocked it.")
    if case.offer.state not in {State.PUBLISHED, State.PAUSED}:
        return _("It is not public. You can change its dates in the form.")
    if case.condition == Condition.RETURNED:
        return _("Please change first what the editorial team asks for.")
    return seasons.why_not_longer(case.dates)


def _longer(case: Case, choice: Choice) -> str:
    end = seasons.end_of_text(case.dates)
    new = _("So far until %(old)s, then until %(new)s.") % {
        "old": day_named(end) if end else "",
        "new": day_named(choice.end_of(case)),
    }
    return f"{new} {_goes_to(case.desk)}".strip()


def _no_season(case: Case) -> str:
    if case.offer.state in {State.BLOCKED, State.TRASHED}:
        return (
            _("The editorial team has blocked it.") if case.offer.state == State.BLOCKED else _("It lies in the bin.")
        )
    return seasons.why_no_season(case.dates)


def _season(case: Case, choice: Choice) -> str:
    moved = seasons.moved(case.dates, seasons.SEASONS[choice.season], today=timezone.localdate())
    first = min(date.fromisoformat(rule["first_date"]) for rule in moved["schedules"])
    end = seasons.end_of_text(moved)
    return _("New draft from %(first)s to %(last)s.") % {
        "first": day_named(first),
        "last": day_named(end) if end else "",
    }


def _not_confirmed(case: Case) -> str:
    if case.offer.state not in editing.CONFIRMABLE:
        return _("It is not public.")
    if case.condition == Condition.OVER:
        return _("It is over.")
    if case.offer.reviewed_at == timezone.localdate():
        return _("That was said today already.")
    return ""


def _not_binned(case: Case) -> str:
    return _("It lies in the bin already.") if case.offer.state == State.TRASHED else _no_step(case, State.TRASHED)


def _not_taken_back(case: Case) -> str:
    if case.offer.state != State.TRASHED:
        return _("It does not lie in the bin.")
    may = may_undelete(case.offer)
    return "" if may & case.actors else _("Only those who lead your organisation here can do that.")


DEEDS: dict[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed(
            "abschicken",
            gettext_lazy("Publish"),
            gettext_lazy("Send these offers?"),
            _not_sent,
            _sent,
            lambda case, _choice, by: editing.submit(case.offer, by=by),
            gettext_lazy("Yes, send"),
            lambda number: _("Sent: %(number)d.") % {"number": number},
        ),
        Deed(
            "pausieren",
            gettext_lazy("Stop for a while (pause)"),
            gettext_lazy("Pause these offers?"),
            _not_paused,
            lambda _case, _choice: _("Nobody sees it until you show it again."),
            lambda case, _choice, by: editing.pause(case.offer, by=by),
            gettext_lazy("Yes, pause"),
            lambda number: _("Paused: %(number)d. You can show them again at any time.") % {"number": number},
        ),
        Deed(
            "zeigen",
            gettext_lazy("Show again"),
            gettext_lazy("Show these offers again?"),
            _not_shown,
            lambda _case, _choice: _("Everybody can find it at once."),
            lambda case, _choice, by: editing.resume(case.offer, by=by),
            gettext_lazy("Yes, show again"),
            lambda number: _("To be seen again: %(number)d.") % {"number": number},
        ),
        Deed(
            "verlaengern",
            gettext_lazy("Extend"),
            gettext_lazy("Extend these offers?"),
            _not_longer,
            _longer,
            lambda case, choice, by: editing.extend(case.offer, by=by, until=choice.end_of(case)),
            gettext_lazy("Yes, extend"),
            lambda number: _("Extended: %(number)d. Please see whether days are to be left out.") % {"number": number},
        ),
        Deed(
            "saison",
            gettext_lazy("Copy into the next season"),
            gettext_lazy("Copy these offers into the next season?"),
            _no_season,
            _season,
            lambda case, choice, by: editing.next_season(case.offer, by=by, weeks=seasons.SEASONS[choice.season]),
            gettext_lazy("Yes, copy"),
            lambda number: (
                _("Copied as drafts: %(number)d. Please look at the dates before you send them.") % {"number": number}
            ),
        ),
        Deed(
            "stimmt",
            gettext_lazy("Everything is still right"),
            gettext_lazy("Is everything still right?"),
            _not_confirmed,
            lambda _case, _choice: _("It then says that you have checked it today."),
            lambda case, _choice, by: editing.confirm(case.offer, by=by),
            gettext_lazy("Yes, everything is still right"),
            lambda number: _("Thank you. Checked today: %(number)d.") % {"number": number},
        ),
        Deed(
            "papierkorb",
            gettext_lazy("Put into the bin"),
            gettext_lazy("Put these offers into the bin?"),
            _not_binned,
            lambda _case, _choice: _("Nobody sees it. You can take it back for %(days)d days.") % {"days": DAYS},
            lambda case, _choice, by: editing.trash(case.offer, by=by),
            gettext_lazy("Yes, into the bin"),
            lambda number: (
                _("In the bin: %(number)d. You can take them back for %(days)d days.")
                % {"number": number, "days": DAYS}
            ),
        ),
        Deed(
            "zurueckholen",
            pgettext_lazy("what was handed in", "Take back"),
            gettext_lazy("Take these offers back?"),
            _not_taken_back,
            lambda _case, _choice: _("It goes back to where it was."),
            lambda case, _choice, by: editing.undelete(case.offer, by=by),
            gettext_lazy("Yes, take back"),
            lambda number: _("Taken back: %(number)d.") % {"number": number},
        ),
    )
}


def do(deed: Deed, ready: Iterable[Case], choice: Choice, *, by: Any) -> tuple[int, list[str]]:
    """Do it with each offer for itself, what is possible; how many were done, and why the others were not."""
    number, refused = 0, []
    for case in ready:
        sentence = deed.why_not(case) or _tried(deed, case, choice, by)
        if sentence:
            refused.append(_("“%(title)s”: %(reason)s") % {"title": case.title, "reason": sentence})
        else:
            number += 1
    return number, refused


def _tried(deed: Deed, case: Case, choice: Choice, by: Any) -> str:
    try:
        deed.act(case, choice, by)
    except ValidationError as error:
        return " ".join(error.messages)
    except PermissionDenied:
        return _("You may not do this. Please ask the editorial team.")
    except EditingError as error:
        return str(error)
    return ""
