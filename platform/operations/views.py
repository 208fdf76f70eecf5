"""The pages of the platform's own host."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.ordering import ByName
from operations.models import PostedMail
from tenants.lifecycle.operator_visits import link_to
from tenants.models import Domain, State
from tenants.refused import RefusedError

PER_PAGE = 50


@allow(Role.VISITOR)
def start(request: HttpRequest) -> HttpResponse:
    """What the platform is, and which municipalities are live on it."""
    domains = Domain.objects.filter(tenant__state=State.LIVE, is_primary=True).select_related("tenant")
    return render(
        request,
        "operations/start.html",
        {"domains": domains.order_by(ByName("tenant__name"), "pk")},
    )


@allow(Role.OPERATOR)
def console(request: HttpRequest) -> HttpResponse:
    """The operator's landing page."""
    domains = Domain.objects.filter(is_primary=True).select_related("tenant").order_by(ByName("tenant__name"), "pk")
    return render(request, "operations/console.html", {"domains": domains})


@require_safe
@allow(Role.OPERATOR)
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """On to a suspended municipality's host, with a key for it. A link: browsers let no form lead to another host."""
    try:
        return redirect(link_to(slug, by=request.user))
    except RefusedError as error:
        raise Http404 from error


@allow(Role.OPERATOR)
def postbox(request: HttpRequest) -> HttpResponse:
    """All mails of the demo, newest first."""
    if not settings.DEMO:
        raise Http404
    page = Paginator(PostedMail.objects.all(), PER_PAGE).get_page(request.GET.get("seite"))
    return render(request, "operations/postbox.html", {"page": page})
