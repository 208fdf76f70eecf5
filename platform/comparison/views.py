"""The town hall's page: whether the municipality takes part in comparisons."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comparison import services
from comparison.choosing import SMALLEST
from comparison.reading import part_of, told
from core.access import Permission, allow
from neighbours.places import here

AGREE, WITHDRAW = "teilnehmen", "beenden"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RULES)
def taking_part(request: HttpRequest) -> HttpResponse:
    """What is told of whom, and the button that agrees or withdraws."""
    town = here()
    wanted = request.POST.get("tun", "") if request.method == "POST" else ""
    if wanted == AGREE:
        services.agree(town, by=request.user)
        messages.success(request, _("You take part. The first medians are told when a month is over."))
        return redirect("comparison:taking_part")
    if wanted == WITHDRAW:
        services.withdraw(town, by=request.user)
        messages.success(request, _("You take part no more: your figures are in no further median."))
        return redirect("comparison:taking_part")
    part = part_of(town)
    crumbs = [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": _("Comparison"), "url": ""}]
    context = {
        "crumbs": crumbs, "part": part, "others": SMALLEST - 1, "agree": AGREE, "withdraw": WITHDRAW,
        # A page of a room above this one.
        "medians": "/auswertung/vergleich/",
        "has_medians": any(each.medians for each in told(part)),
    }  # fmt: skip
    return render(request, "comparison/taking_part.html", context, status=400 if request.method == "POST" else 200)
