"""The way from application to live portal as both sides see it: the steps, which are done since when, and who is next.

Read from shared tables alone; what a municipality's own rooms say was noted there (onboarding.looking).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.task_cards import Words
from onboarding import papers
from onboarding.looking import SIGNED_IN
from onboarding.models import Acceptance, Application, ApplicationState
from tenants.lifecycle.domains import Host, hosts_of
from tenants.public_names import shown


class Who(StrEnum):
    """Whose step it is."""

    OPERATOR = "operator"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `at` is since when it is as it is; `url` leads there within the municipality's own pages."""

    key: str
    label: str
    who: Who
    done: bool
    said: str = ""
    at: datetime | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """All steps in order, and the one that is next with the moment since which it waits."""

    steps: tuple[Step, ...]
    waits_since: datetime | None

    @property
    def next(self) -> Step | None:
        """The first that is not done."""
        return next((step for step in self.steps if not step.done), None)

    @property
    def done(self) -> int:
        """How many are."""
        return sum(step.done for step in self.steps)

    @property
    def headline(self) -> str:
        """“Wartet seit … auf …”."""
        step = self.next
        if step is None:
            return _("Nothing waits: the portal is live.")
        values = {"day": _day(self.waits_since), "step": step.label}
        if step.who is Who.OPERATOR:
            return _("Waits for the operator since %(day)s: %(step)s") % values
        return _("Waits for the municipality since %(day)s: %(step)s") % values


# What the rooms of a portal check, gathered into the steps people think in; what none names comes under the last.
_GROUPS: tuple[tuple[str, Words, frozenset[str]], ...] = (
    ("aussehen", gettext_lazy("Name, look and colours"), frozenset({"kontakt", "aussehen"})),
    ("themen", gettext_lazy("Categories and districts"), frozenset({"themen", "ortsteile"})),
    (
        "recht",
        gettext_lazy("Imprint, privacy, terms of use, accessibility"),
        frozenset({"impressum", "datenschutz", "nutzungsbedingungen", "barrierefreiheit"}),
    ),
    ("regeln", gettext_lazy("Rules of approval"), frozenset({"freigabe"})),
    ("anbieter", gettext_lazy("First providers and offers"), frozenset({"anbieter", "angebot"})),
    ("inhalt", gettext_lazy("Texts, menus and all else"), frozenset()),
)
# Steps of their own on this way.
_ELSEWHERE = frozenset({SIGNED_IN, "vertrag", "adresse"})


def way_of(application: Application) -> Way:
    """The whole way of an application. Asked on the operator's side."""
    steps = (
        *_beginning(application),
        *_papers(application),
        *_inside(application),
        _own_name(application),
        *_end(application),
    )
    done = [step.at for step in steps if step.done and step.at]
    return Way(steps, max(done, default=application.applied_at))


def _day(moment: datetime | None) -> str:
    return date_format(localtime(moment), "DATE_FORMAT") if moment else "–"


def _beginning(application: Application) -> list[Step]:
    state = application.state
    decided = state not in {ApplicationState.NEW, ApplicationState.CONFIRMED}
    refused = state == ApplicationState.REFUSED
    return [
        Step(
            "antrag",
            _("Application confirmed"),
            Who.MUNICIPALITY,
            application.confirmed_at is not None,
            application.person,
            application.confirmed_at,
        ),
        Step(
            "annahme",
            _("Application accepted"),
            Who.OPERATOR,
            decided and not refused,
            _("Refused: %(reason)s") % {"reason": application.reason} if refused else application.decided_by,
            application.decided_at,
        ),
        Step(
            "portal",
            _("Portal made on its preview host"),
            Who.OPERATOR,
            application.made_at is not None,
            application.error if state == ApplicationState.FAILED else "",
            application.made_at,
        ),
    ]


def _papers(application: Application) -> list[Step]:
    accepted = {(each.paper.kind, each.paper.number): each for each in papers.accepted_by(application.municipality_id)}
    return [
        _paper(paper.get_kind_display(), paper.number, paper.kind, accepted.get((paper.kind, paper.number)))
        for paper in papers.current()
    ]


def _paper(label: str, number: int, kind: str, found: Acceptance | None) -> Step:
    said = _("Version %(number)d") % {"number": number}
    if found is not None:
        said = f"{said} · {found.person}, {found.office}"
    return Step(
        f"papier-{kind}",
        _("%(paper)s accepted") % {"paper": label},
        Who.MUNICIPALITY,
        found is not None,
        said,
        found.accepted_at if found else None,
        "/redaktion/vertrag/",
    )


def _inside(application: Application) -> list[Step]:
    seen: dict[str, dict[str, Any]] = {each["key"]: each for each in application.checklist}
    steps = [_gathered("anmeldung", _("Editors invited and signed in"), [seen[SIGNED_IN]] if SIGNED_IN in seen else [])]
    taken = set(_ELSEWHERE)
    for key, label, names in _GROUPS:
        mine = [each for each in application.checklist if each["key"] in names]
        if not names:
            mine = [each for each in application.checklist if each["key"] not in taken and each["must"]]
        taken |= names
        # Where nothing is asked for there is no step; before the first look nobody knows.
        if mine or not application.checklist:
            steps.append(_gathered(key, str(label), mine))
    if application.state == ApplicationState.LIVE:
        # What grows old in a live portal is told at its own desk: this way was walked.
        return [replace(step, done=True) for step in steps]
    return steps


def _gathered(key: str, label: str, checks: Sequence[dict[str, Any]]) -> Step:
    """One step of several checks: done when all that must be done are."""
    missing = [each for each in checks if not each["done"] and each["must"]]
    moments = [datetime.fromisoformat(each["since"]) for each in checks]
    said = ", ".join(each["label"] for each in missing if each["label"])
    return Step(
        key,
        label,
        Who.MUNICIPALITY,
        bool(checks) and not missing,
        _("Missing: %(what)s") % {"what": said} if said else _alone(checks),
        max(moments, default=None),
        next((each.get("url", "") for each in missing), checks[0].get("url", "") if checks else ""),
    )


def _alone(checks: Sequence[dict[str, Any]]) -> str:
    return str(checks[0].get("said", "")) if len(checks) == 1 else ""


def own_names(hosts: Iterable[Host]) -> list[Host]:
    """Those that are not the preview's."""
    return [host for host in hosts if not host.is_preview]


def _own_name(application: Application) -> Step:
    own = own_names(hosts_of(application.municipality_id)) if application.municipality_id else []
    verified = [host for host in own if host.state == "verified"]
    said = ", ".join(f"{shown(host.name)} ({host.state.label})" for host in (verified or own))
    claims = [host.claim for host in verified if host.claim]
    at = min((claim.verified_at for claim in claims if claim.verified_at), default=application.made_at)
    return Step(
        "adresse",
        _("Own address connected"),
        Who.MUNICIPALITY,
        bool(verified),
        said,
        at if verified else None,
        "/redaktion/adressen/",
    )


def _end(application: Application) -> list[Step]:
    must = [each for each in application.checklist if each["must"]]
    missing = sum(not each["done"] for each in must)
    ready = bool(must) and not missing
    if must:
        said = ngettext("%(done)d of %(all)d point is met", "%(done)d of %(all)d points are met", len(must))
        said = said % {"done": len(must) - missing, "all": len(must)}
    else:
        said = ""
    live = application.state == ApplicationState.LIVE
    return [
        Step(
            "pruefung",
            _("Check before the start"),
            Who.MUNICIPALITY,
            live or ready,
            said,
            application.live_at or (application.looked_at if ready else None),
            "/redaktion/start-check/",
        ),
        Step("start", _("Open to everybody"), Who.MUNICIPALITY, live, application.error, application.live_at,
             "/redaktion/einrichtung/"),
    ]  # fmt: skip
