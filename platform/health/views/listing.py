"""The table of all municipalities."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from core.access import Role, allow
from health.limits import CAUSES, Judged, Tone, judged
from health.listing import SLUG_OF, SORTS, TONE_LABELS, Asked, by_tone, found, troubles, understood, versions
from health.rows import all_rows
from health.showing import FILE_COLUMNS, heads, line, whole
from health.views.common import page
from portal.listing.export import as_file

PER_PAGE = 50


@require_safe
@allow(Role.OPERATOR)
def overview(request: HttpRequest) -> HttpResponse:
    """All of them, what is wrong first; searched, filtered, sorted and paged by parameters of the address."""
    everybody = [judged(row) for row in all_rows()]
    asked = understood(request.GET)
    chosen = found(everybody, asked)
    shown = Paginator(chosen, PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "total": len(everybody),
        "number": whole(len(everybody)),
        "oldest": min((each.row.figures.measured_at for each in everybody if each.row.figures), default=None),
        "sums": _sums(everybody, asked),
        "troubles": _troubles(everybody),
        "asked": asked,
        "selects": _selects(everybody, asked),
        "heading": _heading(len(chosen), asked),
        "page": shown,
        "heads": heads(),
        "lines": [line(each) for each in shown],
        "causes": CAUSES,
        "files": [{"url": _file_address(kind, asked), "label": label} for kind, label in _files().items()],
    }
    return page(request, "health/list.html", context, crumbs=[(_("Municipalities"), "")])


@require_safe
@allow(Role.OPERATOR)
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list as a table: all that fit, every figure as it is."""
    chosen = found([judged(row) for row in all_rows()], understood(request.GET))
    table = ([value(each) for _name, _label, value in FILE_COLUMNS] for each in chosen)
    names = [label() for _name, label, _value in FILE_COLUMNS]
    return as_file("kommunen", names, [20] * len(names), table, kind)


def _files() -> dict[str, str]:
    return {"csv": _("This list as CSV"), "xlsx": _("This list as an Excel file")}


def _file_address(kind: str, asked: Asked) -> str:
    address = reverse("health:file", args=[kind])
    return f"{address}?{asked.query}" if asked.query else address


def _sums(everybody: list[Judged], asked: Asked) -> list[dict[str, Any]]:
    """How many are how; those out of operation only where there are any."""
    words = {
        Tone.BAD: _("disturbed: something does not work"),
        Tone.WATCH: _("watch: a limit is crossed"),
        Tone.NEW: _("being set up, not public yet"),
        Tone.OK: _("run without anything to note"),
        Tone.REST: _("suspended or archived"),
    }
    numbers = by_tone(everybody)
    return [
        {
            "slug": SLUG_OF[tone],
            "tone": tone.value,
            "label": label,
            "number": whole(numbers[tone]),
            "current": asked.tone is tone,
        }
        for tone, label in words.items()
        if numbers[tone] or tone is not Tone.REST
    ]


def _troubles(everybody: list[Judged]) -> list[dict[str, Any]]:
    return [
        {
            "cause": each.cause,
            "tone": each.tone.value,
            "tone_label": TONE_LABELS[each.tone],
            "number": each.number,
            "only": each.only,
        }
        for each in troubles(everybody)
    ]


def _selects(everybody: list[Judged], asked: Asked) -> list[dict[str, Any]]:
    everything = pgettext("no filter chosen", "all")
    numbers = by_tone(everybody)
    tones = [(SLUG_OF[tone], f"{TONE_LABELS[tone]} ({whole(numbers[tone])})", asked.tone is tone) for tone in SLUG_OF]
    causes = [(cause.key, cause.label, asked.cause is cause) for cause in CAUSES]
    known = [(name, f"{name} ({whole(number)})", asked.version == name) for name, number in versions(everybody)]
    sorts = [(name, label, asked.sort == name) for name, (label, _key) in SORTS.items()]
    nothing = ("", everything, False)
    return [
        {"name": "zustand", "label": _("How it is"), "options": [nothing, *tones]},
        {"name": "ursache", "label": _("Cause"), "options": [nothing, *causes]},
        {"name": "version", "label": _("Schema"), "options": [nothing, *known]},
        {"name": "sort", "label": _("Sorted by"), "options": sorts},
    ]


def _heading(number: int, asked: Asked) -> str:
    text = ngettext("%(number)s municipality, %(sort)s", "%(number)s municipalities, %(sort)s", number)
    return text % {"number": whole(number), "sort": SORTS[asked.sort][0]}
