"""What the list says of an offer: its state in one sentence, what happens next, and how long that usually takes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.offers.condition import Condition, reason_of
from portal.offers.freshness import unchecked_since
from portal.offers.states import State
from portal.providers.states import State as ProviderState
from portal.revisions.kinds import Problem
from portal.revisions.models import Desk
from portal.revisions.pace import expected_day, usual_time_in_words

KINDS = {
    Condition.PUBLIC: "success",
    Condition.IN_REVIEW: "info",
    Condition.CHANGE_IN_REVIEW: "info",
    Condition.RETURNED: "warning",
    Condition.BLOCKED: "danger",
    Condition.HIDDEN: "warning",
}
ICONS = {
    Condition.PUBLIC: "check",
    Condition.IN_REVIEW: "clock",
    Condition.CHANGE_IN_REVIEW: "clock",
    Condition.RETURNED: "edit",
    Condition.BLOCKED: "danger",
    Condition.DRAFT: "file",
    Condition.PAUSED: "clock",
    Condition.HIDDEN: "warning",
    Condition.OVER: "calendar",
    Condition.TRASHED: "delete",
}
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What the sentences of a whole page need, asked once: how long decisions take, what drafts lack."""

    usual: int | None = None
    lacking: dict[int, list[Problem]] = field(default_factory=dict)


def day_named(day: date) -> str:
    """“Tuesday, 1 December”, with the year where it is another one."""
    this_year = day.year == timezone.localdate().year
    return date_format(day, _("l, F j") if this_year else _("l, F j, Y"))


def _day(moment: datetime | None) -> str:
    return day_named(timezone.localdate(moment)) if moment else ""


def sentence_of(offer: Any, known: Known) -> str:
    """What is, and what happens next. `offer` is fetched with `with_upkeep` and `with_condition`."""
    say = _SENTENCES.get(Condition(offer.condition))
    return say(offer, known) if say else Condition(offer.condition).explanation


def answer_expected(offer: Any, known: Known) -> str:
    """When the answer comes. No figure where too little is known, or where people of one's own decide."""
    if known.usual is None or offer.waiting_since is None:
        return _("You will get a mail with the answer.")
    day = day_named(expected_day(offer.waiting_since, known.usual))
    time = usual_time_in_words(known.usual)
    return _("The answer mostly comes %(time)s, that is by %(day)s.") % {"time": time, "day": day}


def lacks(problems: list[Problem]) -> str:
    """“what it costs and the topic”: the first few things that are missing, in words for the middle of a sentence."""
    words = list(dict.fromkeys(_thing(each.name) for each in problems))
    named = words[:MOST_NAMED]
    if len(words) > MOST_NAMED:
        named.append(_("more"))
    if len(named) < 2:
        return "".join(named)
    return _("%(first)s and %(last)s") % {"first": ", ".join(named[:-1]), "last": named[-1]}


def _thing(name: str) -> str:
    things = {
        "title": _("the title"),
        "summary": _("a sentence on what it is about"),
        "categories": _("the topic"),
        "target_groups": _("whom it is for"),
        "schedules": _("when it takes place"),
        "locations": _("where it takes place"),
        "images": _("what belongs to the picture"),
    }
    return things.get(name) or (_("what it costs") if name.startswith("cost_") else _("an entry that is unclear"))


def _draft(offer: Any, known: Known) -> str:
    seen = _("Only you and your organisation see it.")
    problems = known.lacking.get(offer.pk)
    if problems is None:
        return seen
    if not problems:
        return f"{seen} {_('Everything needed is there; you can send it.')}"
    return f"{seen} {_('Still missing: %(things)s.') % {'things': lacks(problems)}}"


def _in_review(offer: Any, known: Known) -> str:
    hidden = _("Nobody sees it at present.") if offer.state != State.SUBMITTED else ""
    if offer.waiting_for == Desk.PROVIDER:
        said = _("The people who lead your organisation here look at it first.")
    else:
        said = f"{_('The editorial team is looking at it.')} {answer_expected(offer, known)}"
    return f"{hidden} {said}".strip()


def _change_in_review(offer: Any, known: Known) -> str:
    if offer.waiting_for == Desk.PROVIDER:
        return _("Online is the old text until the people who lead your organisation here have seen your change.")
    said = _("Online is the old text until the editorial team has seen your change.")
    return f"{said} {answer_expected(offer, known)}"


def _asked() -> str:
    return _("You are asked: “%(reason)s”")


def _returned(offer: Any, _known: Known) -> str:
    # Where members hand in to those who lead them, either may have asked.
    said = _("The editorial team asks: “%(reason)s”") if offer.provider.members_may_publish else _asked()
    asked = said % {"reason": reason_of(offer)} if reason_of(offer) else ""
    online = _("Online is the old text.") if offer.state == State.PUBLISHED else ""
    return f"{asked} {online}".strip() or Condition.RETURNED.explanation


def _blocked(offer: Any, _known: Known) -> str:
    why = _("The editorial team took it down: “%(reason)s”") % {"reason": reason_of(offer)} if reason_of(offer) else ""
    return f"{why} {_('Nobody finds it now. Please write to them if you have questions.')}".strip()


def _public(offer: Any, _known: Known) -> str:
    if offer.provider.state != ProviderState.PUBLISHED:
        return _("It is approved. People find it as soon as your organisation is public.")
    if offer.ends_soon:
        return _("The last date is on %(day)s. After that nobody finds it any more.") % {"day": _day(offer.ends_at)}
    if offer.unchecked:
        seen = unchecked_since(offer.reviewed_at, offer.updated_at)
        return _("Since %(day)s nobody has looked whether it is still right.") % {"day": day_named(seen)}
    return _("Everybody can find it. It is up to date.")


def _paused(_offer: Any, _known: Known) -> str:
    return _("Nobody sees it at present. You can show it again at any time.")


def _hidden(offer: Any, _known: Known) -> str:
    since = unchecked_since(offer.reviewed_at, offer.updated_at)
    return _("Nobody finds it any more: since %(day)s nobody has looked whether it is still right.") % {
        "day": day_named(since)
    }


def _over(offer: Any, _known: Known) -> str:
    if offer.state == State.ARCHIVED:
        return _("It was put away. You can copy it.")
    return _("The last date was on %(day)s. Nobody finds it any more.") % {"day": _day(offer.ends_at)}


def days_left(offer: Any, *, keep: int) -> int:
    """How many days an offer still lies in the bin."""
    if offer.trashed_at is None:
        return keep
    return max(0, keep - (timezone.localdate() - timezone.localdate(offer.trashed_at)).days)


def days_left_in_words(number: int) -> str:
    """“21 more days, then …”."""
    said = ngettext("One more day", "%(number)d more days", number) % {"number": number}
    return _("%(days)s, then it is deleted for good.") % {"days": said}


_SENTENCES = {
    Condition.DRAFT: _draft,
    Condition.IN_REVIEW: _in_review,
    Condition.CHANGE_IN_REVIEW: _change_in_review,
    Condition.RETURNED: _returned,
    Condition.BLOCKED: _blocked,
    Condition.PUBLIC: _public,
    Condition.PAUSED: _paused,
    Condition.HIDDEN: _hidden,
    Condition.OVER: _over,
}
