"""What a letter asked, and how that stands now: whose offers they still are, what is open, what was said."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from portal.offers.editing import CONFIRMABLE, Confirmed, confirm_all
from portal.offers.models import Offer
from portal.upkeep.models import About, Letter
from portal.upkeep.people import kept_by, masked
from portal.upkeep.seeing import in_order


@dataclass(slots=True)
class Standing:
    """The offers of a letter, each in the order of the mail: still to be looked at, and said to be right since."""

    letter: Letter
    providers: set[int] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    done: list[int] = field(default_factory=list)

    @property
    def everything(self) -> list[int]:
        """What may be confirmed by the link."""
        return [*self.open, *self.done]


def standing(letter: Letter) -> Standing:
    """Asked anew at each request: whoever left an organisation has no say any more. Four statements."""
    asked = letter.asked.filter(about=About.CHECK).values("offer_id")
    rows = list(
        Offer.objects.filter(pk__in=asked, state__in=CONFIRMABLE).values_list(
            "pk", "title", "provider__name", "provider_id", "reviewed_at", "hidden_at"
        )
    )
    found = Standing(letter, kept_by(letter, {row[3] for row in rows}))
    own = [row for row in rows if row[3] in found.providers]
    found.names = sorted({row[2] for row in own})
    answered = {row[0] for row in own if _answered(row[4], row[5], letter)}
    order = in_order((row[0], row[1], row[2]) for row in own)
    found.open = [pk for pk in order if pk not in answered]
    found.done = [pk for pk in order if pk in answered]
    return found


def _answered(reviewed: date | None, hidden: Any, letter: Letter) -> bool:
    return hidden is None and reviewed is not None and reviewed >= timezone.localdate(letter.written_at)


def may_speak(letter: Letter) -> bool:
    """Whether this address is still responsible for anything the letter is about."""
    providers = Offer.objects.filter(pk__in=letter.asked.values("offer_id")).values_list("provider_id", flat=True)
    return bool(kept_by(letter, set(providers)))


def confirm_by_link(found: Standing, pks: list[int]) -> int:
    """Say of these offers of a letter that they are right; who, how and when stands in the audit log."""
    allowed = set(found.everything)
    more = {} if found.letter.user_id else {"address": masked(found.letter.address)}
    wanted = [pk for pk in pks if pk in allowed]
    return len(confirm_all(wanted, by=speaker(found.letter), how=Confirmed.LINK, more=more))


def speaker(letter: Letter) -> Any:
    """Who is meant by a link: the account it was sent to, else the address of a profile, which has none."""
    return letter.user if letter.user is not None else "portal.upkeep.link"
