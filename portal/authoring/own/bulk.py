"""Something done with one offer or many: first a page that says what will happen to each, then the doing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from core.access import Role, allow
from portal.authoring.finding import writer
from portal.authoring.own.deeds import DEEDS, Case, Choice, Deed, cases, do
from portal.authoring.own.listing import BIN, BULK, actions_for, listing_of, own_rows, with_providers
from portal.authoring.steps import LIST
from portal.listing.choosing import picked
from portal.offers.seasons import PERIODS, SEASONS
from portal.providers.models import Provider
from portal.providers.whose import whose

PART = 60
"""As many are done in one go; after it the page of the next ones is shown."""
MOST_SENTENCES = 5
_COLUMNS = (
    "title",
    "slug",
    "state",
    "state_before",
    "state_reason",
    "ends_at",
    "reviewed_at",
    "hidden_at",
    "provider_id",
)
_PERIOD_NAMES: dict[str, Promise] = {
    "4w": gettext_lazy("by four weeks"),
    "3m": gettext_lazy("by three months"),
    "6m": gettext_lazy("by half a year"),
    "1j": gettext_lazy("by one year"),
}
_SEASON_NAMES: dict[str, Promise] = {
    "jahr": gettext_lazy("one year later"),
    "halbjahr": gettext_lazy("half a year later"),
}


@require_POST
@allow(Role.PROVIDER)
def bulk(request: HttpRequest) -> HttpResponse:
    """Say what would happen to the ticked offers, or do it (`ja`). Once is as good as twice."""
    sent, person = request.POST, writer(request)
    providers = list(Provider.objects.kept_by(person))
    ids = picked(listing_of(providers), _rows(providers, sent), sent)
    deed = DEEDS.get(sent.get("tun", ""))
    if not ids:
        messages.warning(request, _("Please tick at least one offer first."))
        return redirect(_back(request, deed))
    if deed is None:
        return _asked_what(request, providers, ids)
    choice = _choice(sent)
    if "ja" in sent and _as_shown(sent, deed):
        ready = _cases(ids[:PART], deed, providers, person)
        _tell(request, deed, *do(deed, ready, choice, by=person))
        ids = ids[PART:]
        if not ids:
            return redirect(_back(request, deed))
        choice = Choice(choice.period, choice.season)
    elif "ja" in sent:
        choice = Choice(choice.period, choice.season)
    return _summary(request, providers, deed, choice, ids)


def _rows(providers: Sequence[Provider], sent: Any) -> Any:
    """What may be chosen: with “all” what stands in the list; what is named may lie in the bin as well."""
    rows = own_rows(providers)
    return rows.exclude(state="trashed") if sent.get("alle") == "1" and sent.get("tun") != "zurueckholen" else rows


def _cases(ids: Sequence[int], deed: Deed, providers: Sequence[Provider], person: Any) -> list[Case]:
    rows = own_rows(providers).with_condition().filter(pk__in=ids).order_by("pk")
    # What is missing is asked of the whole text, everything else of a few columns.
    offers = list(rows if deed.name == "abschicken" else rows.only(*_COLUMNS))
    with_providers(offers, providers)
    return cases(offers, deed, by=person)


def _choice(sent: Any) -> Choice:
    period, season = sent.get("zeitraum", ""), sent.get("saison", "")
    ends = {}
    for each in sent.get("ende", "").split(","):
        pk, _colon, day = each.partition(":")
        try:
            ends[int(pk)] = date.fromisoformat(day)
        except ValueError:
            continue
    usual = Choice()
    return Choice(period if period in PERIODS else usual.period, season if season in SEASONS else usual.season, ends)


def _as_shown(sent: Any, deed: Deed) -> bool:
    """Whether the page said what would happen with the period that is chosen now."""
    asked = {"verlaengern": "zeitraum", "saison": "saison"}.get(deed.name)
    return asked is None or sent.get(asked, "") == sent.get("gezeigt_fuer", "")


def _summary(
    request: HttpRequest, providers: Sequence[Provider], deed: Deed, choice: Choice, ids: Sequence[int]
) -> HttpResponse:
    ready = _cases(ids[:PART], deed, providers, writer(request))
    can = [(case, deed.outcome(case, choice)) for case in ready if not deed.why_not(case)]
    cannot = [(case, sentence) for case in ready if (sentence := deed.why_not(case))]
    options, name, chosen = _options(deed, choice)
    context = _frame(request, providers) | {
        "deed": deed,
        "title": deed.title if len(ready) > 1 else (ready[0].title if ready else ""),
        "single": len(ready) == 1,
        "can": can,
        "cannot": cannot,
        "numbers": ",".join(str(pk) for pk in ids),
        "later": len(ids) - len(ready),
        "options": options,
        "option_name": name,
        "chosen": chosen,
        "ends": ",".join(f"{case.offer.pk}:{choice.end_of(case)}" for case, _said in can)
        if deed.name == "verlaengern"
        else "",
        "button": deed.button,
    }
    return render(request, "authoring/bulk.html", context)


def _options(deed: Deed, choice: Choice) -> tuple[list[tuple[str, Promise]], str, str]:
    if deed.name == "verlaengern":
        return list(_PERIOD_NAMES.items()), "zeitraum", choice.period
    if deed.name == "saison":
        return list(_SEASON_NAMES.items()), "saison", choice.season
    return [], "", ""


def _asked_what(request: HttpRequest, providers: Sequence[Provider], ids: Sequence[int]) -> HttpResponse:
    """Nothing was chosen to be done: ask once more, with the ticks kept."""
    context = _frame(request, providers) | {
        "deed": None,
        "number": len(ids),
        "numbers": ",".join(str(pk) for pk in ids),
        "actions": actions_for(providers, writer(request)),
    }
    return render(request, "authoring/bulk.html", context, status=400)


def _frame(request: HttpRequest, providers: Sequence[Provider]) -> dict[str, Any]:
    sent = request.POST
    query = sent.get("auswahl", "")
    return {
        **whose(providers),
        "url": BULK,
        "query": query,
        "back": _back(request, DEEDS.get(sent.get("tun", ""))),
        "crumbs": [
            {"label": _("My account"), "url": "/konto/"},
            {"label": _("Your offers"), "url": LIST},
            {"label": _("Summary"), "url": ""},
        ],
    }


def _back(request: HttpRequest, deed: Deed | None) -> str:
    """To the list as it was filtered, or to the bin."""
    if deed is not None and deed.name == "zurueckholen":
        return BIN
    query = request.POST.get("auswahl", "")
    return f"{LIST}?{query}" if query else LIST


def _tell(request: HttpRequest, deed: Deed, number: int, refused: list[str]) -> None:
    if number:
        messages.success(request, deed.done(number))
    for sentence in refused[:MOST_SENTENCES]:
        messages.warning(request, sentence)
    more = len(refused) - MOST_SENTENCES
    if more > 0:
        said = ngettext("%(number)d more was left as it is.", "%(number)d more were left as they are.", more)
        messages.warning(request, said % {"number": more})
