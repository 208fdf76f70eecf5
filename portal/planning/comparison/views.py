"""The page of comparisons."""

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comparison.choosing import SMALLEST
from core.access import Permission, Role, allow, may
from portal.planning.asking import asked_by
from portal.planning.comparison import group, past
from portal.planning.comparison.group import MONTH, Beside
from portal.planning.frame import page, shown


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def comparison(request: HttpRequest) -> HttpResponse:
    """Beside the own past, and beside the group where that is told."""
    asked = asked_by(request)
    found = group.beside(asked)
    chosen = f"{found.chosen.month:%Y-%m}" if found.chosen else ""
    return page(
        request,
        "comparing/comparison.html",
        asked,
        _("Comparison"),
        noted="vergleich",
        kept={MONTH: chosen} if chosen else {},
        past=shown(past.table(asked), asked),
        group=shown(group.table(asked, found), asked, params={MONTH: chosen}),
        found=found,
        others=SMALLEST - 1,
        choices=_choices(found, chosen),
        may_agree=may(request.user, Permission.RULES),
    )


def _choices(found: Beside, chosen: str) -> list[dict[str, object]]:
    """The month of the group, in the form above."""
    if not found.months:
        return []
    options = [
        {
            "value": f"{each.month:%Y-%m}",
            "label": date_format(each.month, "F Y"),
            "selected": f"{each.month:%Y-%m}" == chosen,
        }
        for each in found.months
    ]
    return [{"name": MONTH, "label": _("Month of the group"), "options": options}]
