"""The editors' pages of the shared catalogue."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from core.access import Role, allow
from core.numbers import whole_number, whole_numbers
from portal.taxonomy.adoption import linking, picking, services
from portal.taxonomy.adoption.engine.town import Town
from portal.taxonomy.adoption.errors import RefusedError
from portal.taxonomy.adoption.kinds import Adoptable, kind
from portal.taxonomy.adoption.loading import load
from portal.taxonomy.adoption.models import Taking
from portal.vocabulary.catalogue import showing, wording
from portal.vocabulary.catalogue.wishing import wish
from portal.vocabulary.kinds import CATEGORIES
from portal.vocabulary.views.lists import crumbs
from shared_categories import reading
from shared_categories.reading import Snapshot
from tracker.tickets.participating import viewer_of

MOST = 2000


def _frame(*further: str) -> dict[str, Any]:
    trail = crumbs(CATEGORIES, _("Shared catalogue"), *further)
    if further:
        trail[2]["url"] = "/redaktion/themen/katalog/"
    return {"crumbs": trail}


def _tried(request: HttpRequest, deed: Callable[[], str]) -> None:
    """Do it and say what came of it, or why not."""
    try:
        messages.success(request, deed())
    except RefusedError as refused:
        messages.error(request, str(refused))


def _newest_or_404() -> Snapshot:
    newest = reading.newest()
    if newest is None:
        raise Http404
    return newest


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def home(request: HttpRequest) -> HttpResponse:
    """How the municipality stands to the catalogue, and what can be done."""
    if request.method == "POST":
        return _done_at_home(request)
    newest, state = reading.newest(), services.current()
    context: dict[str, Any] = {**_frame(), "newest": newest, "state": state}
    if newest is not None:
        town = load().town
        taking = Taking.objects.filter(undone_at=None).first()
        context |= {
            "numbers": showing.numbers(newest, town),
            "proposals": len(linking.open_proposals(town)),
            "taking": taking,
            "outlook": services.outlook(state, town),
        }
    return render(request, "vocabulary/catalogue/home.html", context)


def _done_at_home(request: HttpRequest) -> HttpResponse:
    was = request.POST.get("was", "")
    if was == "zurueck":
        _tried(request, lambda: _undone(request))
    elif was == "uebernehmen":
        newest = _newest_or_404()
        codes = [code for code, value in newest.values.items() if not value.removed]
        _tried(request, lambda: _said(services.adopt(codes, by=request.user, seen=_number(request, "stand"))))
    return redirect("vocabulary:catalogue")


def _undone(request: HttpRequest) -> str:
    left = services.undo(by=request.user)
    if not left:
        return _("It is as it was before.")
    return ngettext(
        "It is as it was before, but for %(number)d entry that was merged, changed or used since.",
        "It is as it was before, but for %(number)d entries that were merged, changed or used since.",
        left,
    ) % {"number": left}


def _said(done: services.Done) -> str:
    return wording.done_words(done.new, done.changed, done.gone)


def _number(request: HttpRequest, name: str) -> int:
    written = request.POST.get(name, "")
    return whole_number(written, digits=8) or 0


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def adopt(request: HttpRequest) -> HttpResponse:
    """Tick what of the catalogue shall be here."""
    newest = _newest_or_404()
    if request.method == "POST":
        codes = request.POST.getlist("eintrag")[:MOST]
        _tried(request, lambda: _said(services.adopt(codes, by=request.user, seen=_number(request, "stand"))))
        return redirect("vocabulary:catalogue")
    town = load().town
    context = {
        **_frame(_("Adopt entries")),
        "newest": newest,
        "groups": showing.groups(newest, town),
        "anything": any(town.all_active()),
    }
    return render(request, "vocabulary/catalogue/adopt.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def differences(request: HttpRequest) -> HttpResponse:
    """What the newest release would change: take all, some, or say that one's own stays."""
    if request.method == "POST":
        return _decided(request)
    town = load().town
    found = services.outlook(None, town)
    if found is None:
        return redirect("vocabulary:catalogue")
    context = {
        **_frame(_("Differences")),
        "outlook": found,
        "parts": wording.parts(found, town),
        "notes": [each for each in _releases(services.current().taken, found.release) if each.note],
    }
    return render(request, "vocabulary/catalogue/differences.html", context)


def _releases(taken: int, newest: Snapshot) -> list[Snapshot]:
    """Those that were not taken yet, the newest first, as far back as anybody reads."""
    return [reading.release(number) for number in range(newest.number, max(taken, newest.number - 5), -1)]


def _decided(request: HttpRequest) -> HttpResponse:
    keys, seen, was = (
        request.POST.getlist("unterschied")[:MOST],
        request.POST.get("gesehen", ""),
        request.POST.get("was"),
    )
    if was == "alle":
        _tried(request, lambda: _said(services.take_all(by=request.user, seen=seen)))
    elif was == "gewaehlte" and keys:
        _tried(request, lambda: _said(picking.take(keys, seen=seen, by=request.user)))
    elif was == "bleibt" and keys:
        _tried(request, lambda: _kept(picking.decline(keys, seen=seen, by=request.user)))
    elif was == "spaeter":
        services.put_off(number=_number(request, "stand"), by=request.user)
        messages.success(request, _("It does not wait on the desk any more. You find it here at any time."))
        return redirect("vocabulary:catalogue")
    else:
        messages.warning(request, _("Please tick something first."))
    return redirect("vocabulary:catalogue_differences")


def _kept(number: int) -> str:
    said = ngettext("%(number)d thing stays as you have it.", "%(number)d things stay as you have them.", number)
    return said % {"number": number}


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def links(request: HttpRequest) -> HttpResponse:
    """Which rows are which entries, and what was changed in them; end a link."""
    newest = _newest_or_404()
    if request.method == "POST":
        _tried(request, lambda: _ended(request))
        return redirect("vocabulary:catalogue_links")
    context = {
        **_frame(pgettext("to the catalogue", "Links")),
        "newest": newest,
        "lists": showing.links(newest, load().town),
    }
    return render(request, "vocabulary/catalogue/links.html", context)


def _ended(request: HttpRequest) -> str:
    services.forget([request.POST.get("ende", "")], by=request.user)
    return _("The link is ended. What was linked is your own now and stays as it is.")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def link(request: HttpRequest, which: str, pk: int) -> HttpResponse:
    """Say which entry a row of one's own is, or propose it for the catalogue."""
    newest, town = _newest_or_404(), load().town
    adoptable, name = _own_row(town, which, pk)
    if request.method == "POST":
        return _linked(request, town, adoptable, pk)
    context = {
        **_frame(name),
        "name": name,
        "kind": adoptable,
        "entries": showing.free_entries(newest, town, adoptable.kind),
    }
    return render(request, "vocabulary/catalogue/link.html", context)


def _own_row(town: Town, which: str, pk: int) -> tuple[Adoptable, str]:
    """A row that is linked with nothing."""
    adoptable = kind(which)
    if adoptable is None or pk not in town.rows[which] or pk in town.linked(which):
        raise Http404
    return adoptable, wording.title_of(town.rows[which][pk].values)


def _linked(request: HttpRequest, town: Town, adoptable: Adoptable, pk: int) -> HttpResponse:
    if request.POST.get("was") == "wuenschen":
        ticket = wish(town, adoptable, pk, by=viewer_of(request))
        messages.success(request, _("Proposed. The operator and other municipalities see it as a wish."))
        return redirect("tickets:ticket", ticket.pk)
    code = request.POST.get("eintrag", "")
    if not code:
        messages.warning(request, _("Please choose an entry first."))
        return redirect(request.path)
    _tried(request, lambda: _now_linked(request, adoptable, pk, code))
    return redirect("vocabulary:catalogue_links")


def _now_linked(request: HttpRequest, adoptable: Adoptable, pk: int, code: str) -> str:
    linking.link(adoptable.kind, pk, code, by=request.user)
    return _("Linked. Nothing of it was changed; what differs from the catalogue counts as yours.")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def proposals(request: HttpRequest) -> HttpResponse:
    """Rows that may be entries, for an editor to say."""
    newest = _newest_or_404()
    if request.method == "POST":
        return _answered(request)
    town = load().town
    rows = [
        {
            "proposal": each,
            "here": wording.title_of(town.rows[each.kind][each.object_id].values),
            "entry": newest.values[each.code],
            "title": str(adoptable.title) if (adoptable := kind(each.kind)) else "",
        }
        for each in linking.open_proposals(town)
    ]
    return render(request, "vocabulary/catalogue/proposals.html", {**_frame(_("Proposals")), "rows": rows})


def _answered(request: HttpRequest) -> HttpResponse:
    pks, was = whole_numbers(request.POST.getlist("vorschlag")[:MOST]), request.POST.get("was", "")
    one, _colon, number = was.partition(":")
    pks = whole_numbers([number]) or pks
    if one == "suchen":
        found = linking.propose()
        said = ngettext("%(number)d new proposal.", "%(number)d new proposals.", found) % {"number": found}
        messages.success(request, said if found else _("No further ones were found."))
    elif one == "ja" and pks:
        _tried(request, lambda: _confirmed(linking.confirm(pks, by=request.user)))
    elif one == "nein" and pks:
        _tried(request, lambda: _refused(linking.refuse(pks, by=request.user)))
    else:
        messages.warning(request, _("Please tick something first."))
    return redirect("vocabulary:catalogue_proposals")


def _confirmed(number: int) -> str:
    return ngettext("%(number)d link was made.", "%(number)d links were made.", number) % {"number": number}


def _refused(number: int) -> str:
    said = ngettext("%(number)d proposal was refused.", "%(number)d proposals were refused.", number)
    return said % {"number": number}
