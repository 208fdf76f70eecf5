"""The start page, what the figures mean, and every table as a file."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.planning.asking import asked_by
from portal.planning.definitions import definitions
from portal.planning.frame import page
from portal.planning.kpis import tiles
from portal.planning.sections import sections
from portal.planning.supply import development
from portal.planning.tables import as_download, maker_of


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def overview(request: HttpRequest) -> HttpResponse:
    """The most important figures, how offers developed, and what the other parts of the room add."""
    asked = asked_by(request)
    return page(
        request,
        "planning/overview.html",
        asked,
        _("Evaluation"),
        noted="verlauf",
        tiles=tiles(asked),
        development=development(asked),
        sections=sections(asked),
    )


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def words(request: HttpRequest) -> HttpResponse:
    """What each figure counts."""
    return page(request, "planning/words.html", asked_by(request), _("Words and numbers"), definitions=definitions())


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def table_file(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """A table to take along, with the same filters as the page."""
    make = maker_of(name)
    asked = asked_by(request)
    return as_download(make(asked), asked, kind)
