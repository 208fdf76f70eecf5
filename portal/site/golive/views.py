"""The go-live check: what is missing, in the order in which it makes sense to do it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Permission, allow
from core.go_live import look
from portal.site.crumbs import crumbs


@require_safe
@allow(Permission.CONTENT)
def show(request: HttpRequest) -> HttpResponse:
    """All checks with what they see now; the first that is missing is the next step."""
    results = look()
    musts = [each for each in results if each.check.must]
    missing = [each for each in musts if not each.done]
    better = [each for each in results if not each.check.must and not each.done]
    context = {
        "results": results,
        "missing": missing,
        "next": next(iter(missing or better), None),
        "number_done": len(musts) - len(missing),
        "number": len(musts),
        "better": better,
        "crumbs": crumbs((_("Go-live check"), "")),
    }
    return render(request, "site/go_live.html", context)
