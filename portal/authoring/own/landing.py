"""The landing page of somebody who writes offers: first the work, then how things stand.

At most six cards, one for each reason, in the order of `portal.offers.upkeep`; each says what to do in one sentence.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core.access import is_editor
from core.landing import Part
from core.middleware import roles_of
from core.task_cards import cards_of
from portal.authoring.own.listing import BULK, CONDITIONS, own_rows, with_providers
from portal.authoring.own.rows import FIGURES, WRITE, Step, when
from portal.authoring.own.texts import lacking
from portal.authoring.own.unreachable import unreached
from portal.authoring.own.wording import Known, lacks, sentence_of
from portal.authoring.profile.steps import home
from portal.authoring.steps import LIST, address
from portal.handbook import tour
from portal.offers.condition import Condition, reason_of
from portal.offers.models import Offer
from portal.offers.states import State
from portal.offers.upkeep import RUNS
from portal.providers.models import Provider
from portal.providers.states import State as ProviderState
from portal.revisions.models import Revision
from portal.revisions.pace import usual_time_in_words, usual_time_to_decide
from portal.usage.figures import most_viewed

NAMED = 3
WITH_EDITORS = 5
OFTEN = 3
_REVIEWED = (Condition.IN_REVIEW, Condition.CHANGE_IN_REVIEW)
RETURNED, BLOCKED, HIDDEN, ENDING, DRAFTS, UNCHECKED = range(6)
STILL_RIGHT = "/konto/angebote/aktuell/"
"""The page of the room above that asks whether everything is still right (portal.upkeep)."""


class _Found(NamedTuple):
    """An offer among all of them."""

    pk: int
    rank: int
    condition: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What the editors asked for, of which offer, and who and when."""

    title: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Card:
    """Something that waits. `selection`: the button sends a deed for all offers that these filters find."""

    title: str
    icon: str
    button: Step
    sentence: str = ""
    quotes: list[Quote] = field(default_factory=list)
    selection: str = ""
    urgent: bool = False


def landing_part(request: HttpRequest) -> Part:
    """What stands on `/konto/` for this person; a fixed number of statements."""
    person = cast("User", request.user)
    providers = list(Provider.objects.kept_by(person))
    chosen = _chosen(request, providers)
    rows = own_rows(chosen).exclude(state=State.TRASHED)
    found = [_Found(*row) for row in rows.order_by("rank", "-updated_at", "-pk").values_list("pk", "rank", "condition")]
    ranks = Counter(each.rank for each in found)
    conditions = Counter(each.condition for each in found)
    known, several = Known(usual_time_to_decide()), len(providers) > 1
    profiles, decisions = _profiles(request, chosen), _decisions(person, chosen)
    mails = [
        Card(title=each.title, icon="mail", sentence=each.sentence, button=Step(each.label, url=each.url), urgent=True)
        for each in unreached(person, chosen)[:NAMED]
    ]
    context = {
        "cards": [*decisions, *_cards(found, ranks, person, chosen), *mails, *profiles],
        "unapproved": [_unapproved(each, known) for each in chosen if each.state in _UNAPPROVED],
        "reviewed": _reviewed(found, known, chosen),
        "reviewed_more": max(0, sum(conditions[each] for each in _REVIEWED) - WITH_EDITORS),
        "counts": _counts(conditions, _only(chosen) if several and len(chosen) == 1 else ""),
        "total": conditions.total(),
        "often": _often(chosen),
        "organisations": _organisations(providers) if several and len(chosen) > 1 else [],
        "list_url": LIST,
        "bulk_url": BULK,
        "tour": tour.shown(request),
        "figures_url": f"{FIGURES}?{_only(chosen).lstrip('&')}" if several and len(chosen) == 1 else FIGURES,
    }
    return Part(
        "authoring/landing.html",
        context,
        lead=_lead(sum(ranks[rank] for rank in range(RUNS)) + len(profiles) + len(decisions) + len(mails)),
        action=_("Enter a new offer"),
        action_url=reverse("authoring:new"),
        organisation=chosen[0].name if len(chosen) == 1 else "",
        switch_url="/konto/" if several and len(chosen) == 1 else "",
    )


def _lead(number: int) -> str:
    if not number:
        return _("Nothing is waiting for you.")
    said = ngettext("%(number)d thing is waiting for you.", "%(number)d things are waiting for you.", number)
    return said % {"number": number}


_UNAPPROVED = frozenset({ProviderState.DRAFT, ProviderState.SUBMITTED})


def _chosen(request: HttpRequest, providers: list[Provider]) -> list[Provider]:
    """The organisation that was chosen of several; all of them where none was."""
    wanted = [each for each in providers if str(each.pk) == request.GET.get("anbieter")]
    return wanted or providers


def _only(chosen: Sequence[Provider]) -> str:
    return f"&anbieter={chosen[0].pk}"


def _organisations(providers: Sequence[Provider]) -> list[dict[str, str]]:
    return [{"name": each.name, "url": f"/konto/?anbieter={each.pk}"} for each in providers]


def _counts(conditions: Counter[str], only: str) -> list[dict[str, Any]]:
    """How many there are of each condition, with the way to them."""
    return [
        {"label": each.label, "number": conditions[each], "url": f"{LIST}?zustand={each.value}{only}"}
        for each in CONDITIONS
        if conditions[each]
    ]


def _decisions(person: User, chosen: Sequence[Provider]) -> list[Card]:
    """What members handed in to this person; the longest waiting first."""
    if is_editor(person):
        return []
    own = Offer.objects.filter(provider__in=chosen).decidable_by(person).order_by("updated_at", "pk")
    sentence = _("A member hands this in to you. Nobody else sees it before you agree.")
    return [
        Card(
            title=title,
            icon="check",
            sentence=sentence,
            button=Step(_("Look and decide"), url=address(pk, "aenderung")),
            urgent=True,
        )
        for pk, title in own.values_list("pk", "title")[:NAMED]
    ]


def _profiles(request: HttpRequest, chosen: Sequence[Provider]) -> list[Card]:
    """Profiles with which something is to be done, as their own cards say it."""
    own = {home(each.pk) for each in chosen}
    waiting = [card for card in cards_of(request, roles_of(request)) if card.url in own and card.number is not None]
    label = _("Go on with the profile")
    return [
        Card(title=str(card.label), icon=card.icon, sentence=str(card.sentence), button=Step(label, url=card.url))
        for card in waiting[:NAMED]
    ]


def _unapproved(provider: Provider, known: Known) -> str:
    """When an answer on the organisation is to be expected."""
    if known.usual is None:
        return _("%(name)s: you will get a mail with the answer.") % {"name": provider.name}
    return _("%(name)s: the answer mostly comes %(time)s.") % {
        "name": provider.name,
        "time": usual_time_in_words(known.usual),
    }


def _fetched(found: Sequence[_Found], providers: Sequence[Provider]) -> list[Any]:
    """These offers in their order, with everything that sentences need."""
    rows = Offer.objects.filter(pk__in=[each.pk for each in found]).with_condition().in_bulk()
    offers = []
    for each in found:
        if each.pk not in rows:
            continue
        offer: Any = rows[each.pk]
        offer.rank, offer.condition = each.rank, each.condition
        offer.ends_soon, offer.unchecked = each.rank == ENDING, each.rank == UNCHECKED
        offers.append(offer)
    with_providers(offers, providers)
    return offers


def _cards(found: Sequence[_Found], ranks: Counter[int], person: User, providers: Sequence[Provider]) -> list[Card]:
    first = [each for rank in _MAKERS for each in [one for one in found if one.rank == rank][:NAMED]]
    offers = _fetched(first, providers)
    known = Known(lacking=lacking(offers, person))
    decided = Revision.objects.in_bulk([each.returned_id for each in offers if each.returned_id])
    cards = []
    for rank, make in _MAKERS.items():
        own = [each for each in offers if each.rank == rank]
        if own:
            cards.append(make(own, ranks[rank], known, decided))
    return cards


def _names(offers: Sequence[Any], number: int) -> str:
    """“Nähcafé, Chor and 3 more”."""
    names = [each.title or _("New offer") for each in offers]
    if number > len(names):
        names.append(
            ngettext("%(number)d more", "%(number)d more", number - len(names)) % {"number": number - len(names)}
        )
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _title(offer: Any) -> str:
    return offer.title or _("New offer")


def _returned(offers: Sequence[Any], number: int, _known: Known, decided: dict[int, Revision]) -> Card:
    quotes = []
    for each in offers:
        revision = decided.get(each.returned_id)
        moment = revision.decided_at if revision is not None else None
        by = " · ".join(filter(None, (revision.decided_by_name if revision else "", when(moment) if moment else "")))
        quotes.append(Quote(_title(each) if number > 1 else "", reason_of(each), by))
    if number == 1:
        title = _("“%(title)s” came back from the editorial team") % {"title": _title(offers[0])}
    else:
        title = _("%(number)d offers came back from the editorial team") % {"number": number}
    url = f"{LIST}{offers[0].pk}/" if number == 1 else f"{LIST}?zustand=returned"
    step = Step(_("Complete it") if number == 1 else _("Complete them"), url)
    return Card(title, "edit", step, quotes=quotes, urgent=True)


def _blocked(offers: Sequence[Any], number: int, known: Known, _decided: dict[int, Revision]) -> Card:
    if number == 1:
        title = _("“%(title)s” is blocked") % {"title": _title(offers[0])}
        return Card(title, "danger", Step(_("Write to them"), WRITE), sentence_of(offers[0], known), urgent=True)
    title = _("%(number)d offers are blocked") % {"number": number}
    return Card(
        title, "danger", Step(_("Look at them"), f"{LIST}?zustand=blocked"), _names(offers, number), urgent=True
    )


def _hidden(offers: Sequence[Any], number: int, known: Known, _decided: dict[int, Revision]) -> Card:
    step = Step(_("Have a look and show again"), STILL_RIGHT)
    if number == 1:
        title = _("“%(title)s” is hidden") % {"title": _title(offers[0])}
        return Card(title, "warning", step, sentence_of(offers[0], known), urgent=True)
    title = _("%(number)d offers are hidden") % {"number": number}
    sentence = _("%(names)s: nobody has looked for a long time, so nobody finds them any more.")
    return Card(title, "warning", step, sentence % {"names": _names(offers, number)}, urgent=True)


def _ending(offers: Sequence[Any], number: int, known: Known, _decided: dict[int, Revision]) -> Card:
    named = [
        _("%(title)s (last date on %(day)s)")
        % {"title": each.title, "day": date_format(timezone.localdate(each.ends_at), _("F j"))}
        for each in offers
    ]
    title = (
        _("“%(title)s” ends soon") % {"title": offers[0].title}
        if number == 1
        else _("%(number)d offers end soon") % {"number": number}
    )
    several = _("%(names)s. After that nobody finds it any more.") % {"names": ", ".join(named)}
    sentence = several if number > 1 else sentence_of(offers[0], known)
    return Card(
        title, "calendar", Step(_("Extend"), deed="verlaengern"), sentence, selection="zu_tun=endet", urgent=True
    )


def _drafts(offers: Sequence[Any], number: int, known: Known, _decided: dict[int, Revision]) -> Card:
    offer = offers[0]
    if number > 1:
        title = _("%(number)d offers are still drafts") % {"number": number}
        return Card(title, "file", Step(_("Look at them"), f"{LIST}?zustand=draft"), _names(offers, number))
    problems = known.lacking.get(offer.pk, [])
    missing = (
        _("Still missing: %(things)s.") % {"things": lacks(problems)}
        if problems
        else _("Everything needed is there; you can send it.")
    )
    sentence = _("%(missing)s Last saved %(when)s.") % {"missing": missing, "when": when(offer.updated_at)}
    title = _("“%(title)s” is still a draft") % {"title": _title(offer)}
    return Card(title, "file", Step(_("Finish it"), f"{LIST}{offer.pk}/"), sentence)


def _unchecked(offers: Sequence[Any], number: int, _known: Known, _decided: dict[int, Revision]) -> Card:
    title = (
        _("Is “%(title)s” still right?") % {"title": offers[0].title}
        if number == 1
        else _("Are these %(number)d offers still right?") % {"number": number}
    )
    sentence = _("%(names)s: nobody has looked for a long time.") % {"names": _names(offers, number)}
    return Card(title, "check", Step(_("Have a look"), STILL_RIGHT), sentence)


_MAKERS: dict[int, Callable[[Sequence[Any], int, Known, dict[int, Revision]], Card]] = {
    RETURNED: _returned,
    BLOCKED: _blocked,
    HIDDEN: _hidden,
    ENDING: _ending,
    DRAFTS: _drafts,
    UNCHECKED: _unchecked,
}


def _reviewed(found: Sequence[_Found], known: Known, providers: Sequence[Provider]) -> list[dict[str, Any]]:
    """What lies with the editors, the longest first, with the day by which the answer is to be expected."""
    waiting = [each for each in found if each.condition in _REVIEWED]
    since = Revision.objects.filter(kind="offer", subject_id__in=[each.pk for each in waiting]).waiting()
    first = list(since.order_by("submitted_at", "pk").values_list("subject_id", flat=True)[:WITH_EDITORS])
    by_id = {each.pk: each for each in waiting}
    offers = _fetched([by_id[pk] for pk in first], providers)
    return [
        {"title": _title(each), "sentence": _sent(each, known), "url": address(each.pk, "aenderung")} for each in offers
    ]


def _sent(offer: Any, known: Known) -> str:
    what = sentence_of(offer, known)
    if offer.waiting_since is None:
        return what
    return _("Sent %(when)s. %(what)s") % {"when": when(offer.waiting_since), "what": what}


def _often(providers: Sequence[Provider]) -> list[dict[str, Any]]:
    """The most viewed offers of the last thirty days."""
    own = Offer.objects.filter(provider__in=providers).exclude(state=State.TRASHED).order_by()
    found = most_viewed(own.values("pk"), OFTEN)
    titles = dict(Offer.objects.filter(pk__in=[pk for pk, _times in found]).values_list("pk", "title"))
    return [{"title": titles[pk], "times": times, "url": f"{FIGURES}{pk}/"} for pk, times in found if titles.get(pk)]
