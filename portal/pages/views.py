"""Editorial pages, addresses that moved, robots.txt."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.pages.models import Page, Redirect
from tenants.hosts import Site

ROBOTS = "User-agent: *\nDisallow: /konto/\nSitemap: {base}/sitemap.xml\n"


@require_safe
@allow(Role.VISITOR)
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """A public page of the editors."""
    page = get_object_or_404(Page.objects.public(), slug=slug)
    crumbs = [{"label": page.title, "url": ""}]
    return render(request, "pages/detail.html", {"page": page, "crumbs": crumbs})


@require_safe
@allow(Role.VISITOR)
def moved(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """An address of an older system: it answers with the new one, with or without a slash at its end."""
    path = request.path
    other = path.rstrip("/") if path.endswith("/") else f"{path}/"
    found = {row.old_path: row.new_path for row in Redirect.objects.filter(old_path__in=[path, other])}
    target = found.get(path) or found.get(other)
    if target is None or target.startswith("//"):
        raise Http404
    return redirect(target, permanent=True)


@require_safe
@allow(Role.VISITOR)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be listed; personal areas may not."""
    site: Site = request.municipality  # type: ignore[attr-defined]
    base = f"{settings.URL_SCHEME}://{site.primary_host}{settings.URL_PORT}"
    return HttpResponse(ROBOTS.format(base=base), content_type="text/plain; charset=utf-8")
