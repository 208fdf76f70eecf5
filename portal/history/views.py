"""`/redaktion/verlauf/…`: what was changed, what any two states differ in, and a state once more."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Role, allow
from core.numbers import whole_numbers
from portal.history import restoring
from portal.history.comparing import compared
from portal.history.finding import Thing, crumbs_to, state_of, thing_of
from portal.history.recent import recent_to
from portal.history.registry import open_to
from portal.history.timeline import line_of, order_of
from portal.history.words import how, who
from portal.revisions.errors import EditingError
from portal.revisions.models import Revision
from portal.revisions.order import Order


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def recent(request: HttpRequest) -> HttpResponse:
    """What was changed last, and the way to the history of each setting."""
    shown, rows = recent_to(request.user, request.GET)
    number = ngettext("%(number)d change", "%(number)d changes", shown.total) % {"number": shown.total}
    settings = [each for each in open_to(request.user) if each.one]
    context = {"shown": shown, "rows": rows, "heading": number, "settings": settings, "crumbs": crumbs_to()}
    return render(request, "history/recent.html", context)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def of(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The history of one thing: its states, two of which can be chosen, and what else happened to it."""
    thing = thing_of(request, kind, pk)
    line = line_of(thing.each, pk, request.GET)
    total = line.shown.total
    newest = [point.pk for point in line.points if point.pk][:2]
    context = {
        "thing": thing,
        "shown": line.shown,
        "points": line.points,
        "heading": ngettext("%(number)d state", "%(number)d states", total) % {"number": total},
        "pick": len(line.order.places) > 1,
        "newer": newest[0] if newest else 0,
        "older": newest[-1] if newest else 0,
        "crumbs": crumbs_to((thing.title, "")),
    }
    return render(request, "history/of.html", context)


def _named(order: Order, revision: Revision) -> str:
    """A state by its number and day."""
    at = localtime(revision.settled_at or revision.created_at)
    return _("State %(number)d, %(day)s") % {
        "number": order.numbers[revision.pk],
        "day": date_format(at, "SHORT_DATETIME_FORMAT"),
    }


def _chosen(request: HttpRequest, order: Order) -> tuple[int, int]:
    """The ids of the two states an address names, the older first; the last two where it names none."""
    numbers = order.numbers
    given = [request.GET.get(name, "") for name in ("a", "b")]
    found = whole_numbers(given)
    found = [each for each in found if each in numbers] or [place.pk for place in order.places[-2:]]
    if not found:
        raise Http404
    found.sort(key=lambda pk: numbers[pk])
    return found[0], found[-1]


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def compare(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Two states beside one another."""
    thing = thing_of(request, kind, pk)
    order = order_of(thing.each, pk)
    older, newer = (state_of(thing, each) for each in _chosen(request, order))
    before, after = thing.each.kind.content_of(older), thing.each.kind.content_of(newer)
    differences = thing.each.kind.differences(before, after)
    context = {
        "thing": thing,
        "older": older,
        "newer": newer,
        "is_one": older.pk == newer.pk,
        "old_label": _named(order, older),
        "new_label": _named(order, newer),
        "old_number": order.numbers[older.pk],
        "new_number": order.numbers[newer.pk],
        "differences": compared(thing.each, differences, before, after),
        "summary": _summary(len(differences)),
        "crumbs": crumbs_to((thing.title, _of(thing)), (_("Compare"), "")),
    }
    return render(request, "history/compare.html", context)


def _summary(number: int) -> str:
    return ngettext("%(number)d field differs", "%(number)d fields differ", number) % {"number": number}


def _of(thing: Thing) -> str:
    return f"/redaktion/verlauf/{thing.each.word}/{thing.pk}/"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def state(request: HttpRequest, kind: str, pk: int, number: int) -> HttpResponse:
    """A state: what would change if it were restored, and restoring it."""
    thing = thing_of(request, kind, pk)
    revision = state_of(thing, number)
    given = request.POST if request.method == "POST" else request.GET
    only = [name for name in given.getlist("feld") if name in thing.each.kind.content_of(revision)]
    if request.method == "POST" and thing.row is not None:
        return _restore(request, thing, revision, only)
    return _shown(request, thing, revision, only)


def _restore(request: HttpRequest, thing: Thing, revision: Revision, only: list[str]) -> HttpResponse:
    try:
        outcome = restoring.restore(
            thing.each, revision, by=request.user, seen=request.POST.get("stand", ""), only=only
        )
    except restoring.MovedMeanwhileError:
        mistake = _("It was changed in the meantime, and nothing was restored. This is what would change now.")
        return _shown(request, thing, revision, only, mistakes=[mistake], status=409)
    except ValidationError as error:
        return _shown(request, thing, revision, only, mistakes=restoring.sentences(error), status=400)
    except (EditingError, restoring.RefusedError) as error:
        return _shown(request, thing, revision, only, mistakes=[str(error)], status=409)
    for sentence in outcome.left_out:
        messages.warning(request, sentence)
    if outcome.unchanged:
        messages.info(request, _("It says that already. Nothing was changed."))
    else:
        said = {"title": thing.title, "number": order_of(thing.each, thing.pk).numbers[revision.pk]}
        messages.success(request, _("“%(title)s” says again what state %(number)d said.") % said)
    return redirect("history:of", thing.each.name, thing.pk)


def _shown(
    request: HttpRequest,
    thing: Thing,
    revision: Revision,
    only: list[str],
    *,
    mistakes: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    order = order_of(thing.each, thing.pk)
    context: dict[str, Any] = {
        "thing": thing,
        "revision": revision,
        "number": order.numbers[revision.pk],
        "next_number": len(order.places) + 1,
        "label": _named(order, revision),
        "who": who(revision.author, revision.author_name),
        "how": how(thing.each, revision),
        "only": only,
        "mistakes": mistakes or [],
        "crumbs": crumbs_to((thing.title, _of(thing)), (_("State %(n)d") % {"n": order.numbers[revision.pk]}, "")),
    }
    if thing.row is not None:
        made = restoring.plan(thing.each, thing.row, revision, by=request.user, only=only)
        context["plan"] = made
        context["differences"] = compared(thing.each, made.differences, made.now, made.after)
    else:
        content = thing.each.kind.content_of(revision)
        made_of_nothing = thing.each.kind.differences(thing.each.kind.canonical({}), content)
        context["differences"] = compared(thing.each, made_of_nothing, {}, content, fresh=True)
    return render(request, "history/state.html", context, status=status)
