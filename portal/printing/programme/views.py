"""Beginning a programme; changing one goes the same way."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import Permission, allow
from portal.printing.forms import answer_form, new_key
from portal.printing.programme.forms import ProgrammeForm, usual

TEMPLATE = "printing/programme.html"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def new(request: HttpRequest) -> HttpResponse:
    """A new programme; with the conditions of a search in its address, it begins with these."""
    sent = request.method == "POST"
    form = ProgrammeForm(request.POST if sent else None, initial={**usual(request.GET), "key": new_key()})
    more: dict[str, Any] = {"heading": _("A new programme")}
    return answer_form(request, form, TEMPLATE, more)
