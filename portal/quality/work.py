"""What waits on the editors' desk: pairs that may be one, broken links, providers to remind."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.task_cards import EDITORS
from core.work import Item, Source, register
from portal.preferences.models import Preferences
from portal.quality.links.seen import WORDS
from portal.quality.models import Link, Pair, Reason, Subject
from portal.quality.reminders.who import number_nobody_reaches, number_of_unchecked
from portal.quality.subjects import About, about

PAIR, LINK, REMINDER = "pair", "link", "reminder"
_AT = "/redaktion/qualitaet/"


def _pairs() -> QuerySet[Any]:
    return Pair.objects.filter(decided_at__isnull=True).order_by().values_list("pk", "found_at")


def tell_pairs(keys: Sequence[int]) -> list[Item]:
    """The items of these pairs."""
    pairs = list(Pair.objects.filter(pk__in=keys))
    known = about((each.kind, pk) for each in pairs for pk in (each.first_id, each.second_id))
    return [_pair(each, known) for each in pairs]


def _pair(pair: Pair, known: dict[tuple[str, int], About]) -> Item:
    sides = [each for pk in (pair.first_id, pair.second_id) if (each := known.get((pair.kind, pk)))]
    percent = round(pair.likeness * 100)
    said = (
        _("Two offers, %(percent)d %% alike") if pair.kind == Subject.OFFER else _("Two profiles, %(percent)d %% alike")
    )
    return Item(
        kind=PAIR,
        pk=pair.pk,
        title=sides[0].title if sides else _("A pair of which one is gone"),
        what=said % {"percent": percent},
        since=pair.found_at,
        who=", ".join(dict.fromkeys(each.provider_name for each in sides if each.provider_name)),
        url=f"{_AT}doppelt/?paar={pair.pk}",
        verb=_("Compare"),
    )


def _links() -> QuerySet[Any]:
    return Link.objects.broken().filter(failed_since__isnull=False).order_by().values_list("pk", "failed_since")


def tell_links(keys: Sequence[int]) -> list[Item]:
    """The items of these links."""
    return [_link(each) for each in Link.objects.filter(pk__in=keys).annotate(number=Count("places"))]


def _link(link: Link) -> Item:
    number: int = link.number  # type: ignore[attr-defined]  # annotated
    places = ngettext("stands in %(number)d place", "stands in %(number)d places", number) % {"number": number}
    return Item(
        kind=LINK,
        pk=link.pk,
        title=link.url.partition("://")[2].rstrip("/"),
        what=f"{WORDS.get(link.cause, WORDS['strange'])} · {places}",
        since=link.failed_since or link.due_at,
        who="",
        url=f"{_AT}links/?nur={link.pk}",
        verb=_("See it"),
    )


_UNREACHABLE = gettext_lazy("Long unchecked, and nobody there can be reminded: no address, or mail comes back.")


def _to_remind() -> int:
    """Providers somebody must see to: all with unchecked offers, or, where the portal reminds them by itself, those it
    cannot reach."""
    by_itself = Preferences.current().remind_providers
    return number_nobody_reaches() if by_itself else number_of_unchecked()


def _reminders() -> int:
    return int(_to_remind() > 0)


def reminder(limit: int) -> list[Item]:
    """One line for all providers with unchecked offers, new every day."""
    number = _to_remind()
    if not number or limit < 1:
        return []
    by_itself = Preferences.current().remind_providers
    title = ngettext("Offers of %(number)d provider", "Offers of %(number)d providers", number) % {"number": number}
    return [
        Item(
            kind=REMINDER,
            pk=1,
            title=title,
            what=_UNREACHABLE if by_itself else _("Nobody has checked them for a long time."),
            since=timezone.make_aware(datetime.combine(timezone.localdate(), time())),
            who="",
            url=f"{_AT}erinnern/{Reason.UNCHECKED}/",
            verb=_("See who it is") if by_itself else _("Remind …"),
        )
    ]


register(
    Source(
        PAIR, gettext_lazy("Perhaps there twice"), "copy", EDITORS, rows=_pairs, tell=tell_pairs,
        plural=gettext_lazy("Doubles"), order=70,
    ),
    Source(
        REMINDER, gettext_lazy("Long unchecked"), "clock", EDITORS, items=reminder, number=_reminders,
        plural=gettext_lazy("Unchecked"), order=75, leads_on=False,
    ),
    Source(
        LINK, gettext_lazy("Broken link"), "external", EDITORS, rows=_links, varies=True, tell=tell_links,
        plural=gettext_lazy("Links"), order=80,
    ),
)  # fmt: skip
