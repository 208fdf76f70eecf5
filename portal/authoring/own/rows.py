"""A row of the list: an offer as its people see it, with one next step as a button and the rest as links."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.authoring.own.texts import lacking
from portal.authoring.own.wording import (
    ICONS,
    KINDS,
    Known,
    day_named,
    days_left,
    days_left_in_words,
    sentence_of,
)
from portal.authoring.steps import LIST, address
from portal.offers.choices import ScheduleKind
from portal.offers.condition import Condition
from portal.offers.origins import origins_of
from portal.offers.removal import DAYS
from portal.offers.schedule_words import schedule_sentences
from portal.offers.states import State
from portal.revisions.pace import usual_time_to_decide
from portal.usage.figures import views_of

WRITE = "/kontakt/schreiben/"
FIGURES, POSTERS = "/konto/statistik/", "/konto/aushang/"
LONGEST_RHYTHM = 2
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: a link (`url`), a button that posts to it (`post`), or one that does a deed (see `deeds`) with
    this one offer; `at_once`: without asking first."""

    label: Words
    url: str = ""
    post: bool = False
    deed: str = ""
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An offer in the list."""

    pk: int
    title: str
    url: str
    condition: Condition
    kind: str
    icon: str
    marks: list[dict[str, Any]]
    sentence: str
    facts: list[dict[str, str]]
    button: Step
    links: list[Step] = field(default_factory=list)
    organisation: str = ""
    problem: str = ""

    @property
    def steps(self) -> list[tuple[Step, bool]]:
        """What can be done, and whether it is the next step."""
        return [(self.button, True), *((each, False) for each in self.links)]


EDIT, COPY = gettext_lazy("Change it"), gettext_lazy("Copy it")
_SEASON = Step(gettext_lazy("Copy into the next season"), deed="saison")


def rows_of(offers: Sequence[Any], *, by: Any, several: bool) -> dict[int, Row]:
    """The rows of a page, by offer: four statements more than the offers themselves, and some for drafts."""
    known = Known(usual_time_to_decide(), lacking(offers, by))
    views, origins = views_of(each.pk for each in offers), origins_of(each.pk for each in offers)
    rows = {each.pk: _row(each, known, views.get(each.pk, 0), several=several) for each in offers}
    for pk, origin in origins.items():
        rows[pk].facts.append({"icon": "calendar", "text": str(origin.label)})
    return rows


def _row(offer: Any, known: Known, views: int, *, several: bool) -> Row:
    found = Condition(offer.condition)
    button, links = steps_of(offer)
    return Row(
        pk=offer.pk,
        title=offer.title or _("New offer"),
        url=_page(offer, found),
        condition=found,
        kind=KINDS.get(found, ""),
        icon=ICONS[found],
        marks=_marks(offer),
        sentence=sentence_of(offer, known),
        facts=[_rhythm(offer), _seen(offer, found, views)],
        button=button,
        links=links,
        organisation=offer.provider.name if several else "",
        problem=_problem(offer),
    )


def _page(offer: Any, found: Condition) -> str:
    """Where the title leads: on with writing, or to where the offer stands."""
    if found in {Condition.DRAFT, Condition.RETURNED}:
        return f"{LIST}{offer.pk}/"
    return address(offer.pk, "aenderung")


def _problem(offer: Any) -> str:
    if offer.dates_problem and offer.state in {State.PUBLISHED, State.PAUSED}:
        return _("No further dates can be worked out for it. Please enter its dates once more.")
    return ""


def _marks(offer: Any) -> list[dict[str, Any]]:
    marks = []
    if offer.ends_soon:
        marks.append({"label": _("ends soon"), "icon": "calendar"})
    if offer.unchecked:
        marks.append({"label": _("long unchecked"), "icon": "clock"})
    return marks


def _rhythm(offer: Any) -> dict[str, str]:
    said = schedule_sentences(offer.schedules.all(), today=timezone.localdate())
    text = "; ".join(said[:LONGEST_RHYTHM]) + (" …" if len(said) > LONGEST_RHYTHM else "")
    return {"icon": "repeat", "text": text or _("without a fixed date")}


def _seen(offer: Any, found: Condition, views: int) -> dict[str, str]:
    """How often it was viewed, with the way to more of it where there is any."""
    if found == Condition.DRAFT:
        return {"icon": "clock", "text": _("saved %(when)s") % {"when": when(offer.updated_at)}}
    if offer.is_published:
        said = ngettext("seen once in 30 days", "seen %(number)d times in 30 days", views) % {"number": views}
        text = said if views else _("not seen yet in 30 days")
        return {"icon": "eye", "text": text, "url": f"{FIGURES}{offer.pk}/"}
    if offer.published_at is None:
        return {"icon": "eye", "text": _("not public yet")}
    return {"icon": "eye", "text": _("at present not public"), "url": f"{FIGURES}{offer.pk}/"}


def when(moment: Any) -> str:
    """“today, 14:03”, else the day."""
    local = timezone.localtime(moment)
    days = (timezone.localdate() - local.date()).days
    time = time_format(local, "H:i")
    if days == 0:
        return _("today, %(time)s") % {"time": time}
    if days == 1:
        return _("yesterday, %(time)s") % {"time": time}
    return _("on %(day)s") % {"day": day_named(local.date())}


def steps_of(offer: Any) -> tuple[Step, list[Step]]:
    """What to do next, and what else can be done."""
    found, pk = Condition(offer.condition), offer.pk
    edit, copy = Step(EDIT, address(pk, "pruefen")), Step(COPY, f"{LIST}{pk}/kopieren/", post=True)
    stand = address(pk, "aenderung")
    online = _of_public(offer) if offer.is_published else []
    ways: dict[Condition, tuple[Step, list[Step]]] = {
        Condition.RETURNED: (Step(gettext_lazy("Complete it"), f"{LIST}{pk}/"), [*_preview(pk), copy]),
        Condition.BLOCKED: (Step(gettext_lazy("Write to them"), WRITE), []),
        Condition.DRAFT: (Step(gettext_lazy("Finish it"), f"{LIST}{pk}/"), [copy]),
        Condition.IN_REVIEW: (Step(gettext_lazy("See where it stands"), stand), [_withdrawal(pk), copy]),
        Condition.CHANGE_IN_REVIEW: (Step(gettext_lazy("Compare"), stand), [*online, copy]),
        Condition.PAUSED: (Step(gettext_lazy("Show it again"), deed="zeigen", at_once=True), [edit, copy]),
        Condition.HIDDEN: (Step(gettext_lazy("Still right: show it again"), deed="stimmt", at_once=True), [edit, copy]),
        Condition.OVER: (_SEASON, [*_longer(offer), copy]),
        Condition.TRASHED: (Step(gettext_lazy("Take it out of the bin"), deed="zurueckholen", at_once=True), []),
    }
    return ways[found] if found in ways else _public_steps(offer, edit, [*online, copy])


def _of_public(offer: Any) -> list[Step]:
    """What there is of an offer that everybody sees: its page, and the paper that leads there."""
    return [
        Step(gettext_lazy("Public page"), offer.get_absolute_url()),
        Step(gettext_lazy("Poster or flyer"), posters_for(offer.pk)),
    ]


def posters_for(pk: int) -> str:
    """Where a poster for an offer is made."""
    return f"{POSTERS}?angebot={pk}"


def _public_steps(offer: Any, edit: Step, others: list[Step]) -> tuple[Step, list[Step]]:
    if offer.ends_soon:
        longer = _longer(offer)
        return (longer[0], [edit, _SEASON]) if longer else (_SEASON, [edit, *others])
    if offer.unchecked:
        return Step(gettext_lazy("Still right"), deed="stimmt", at_once=True), [edit, *others]
    return edit, others


def _longer(offer: Any) -> list[Step]:
    """Extending, where there is an end that can be moved."""
    if offer.state != State.PUBLISHED or offer.schedule_kind in {ScheduleKind.DATES, ScheduleKind.NONE}:
        return []
    return [Step(gettext_lazy("Extend it"), deed="verlaengern")]


def _preview(pk: int) -> list[Step]:
    return [Step(gettext_lazy("Preview"), address(pk, "vorschau"))]


def _withdrawal(pk: int) -> Step:
    """The text stays, so nothing is asked before."""
    return Step(gettext_lazy("Take it back"), f"{LIST}{pk}/zurueckziehen/", post=True)


def bin_row(offer: Any, *, several: bool) -> Row:
    """An offer in the bin, with the days it still lies there."""
    button, links = steps_of(offer)
    gone = day_named(timezone.localdate(offer.trashed_at)) if offer.trashed_at else ""
    return Row(
        pk=offer.pk,
        title=offer.title or _("New offer"),
        url="",
        condition=Condition.TRASHED,
        kind="",
        icon=ICONS[Condition.TRASHED],
        marks=[],
        sentence=days_left_in_words(days_left(offer, keep=DAYS)),
        facts=[{"icon": "delete", "text": _("put here on %(day)s") % {"day": gone}}],
        button=button,
        links=links,
        organisation=offer.provider.name if several else "",
    )
