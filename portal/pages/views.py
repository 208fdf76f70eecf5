"""Editorial pages, addresses that moved, robots.txt."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Role, allow
from core.text import Spoken
from portal.pages import easy, services
from portal.pages.forms import EasyForm
from portal.pages.models import Page, Redirect
from portal.pages.sources import TRANSLATED, page_texts
from portal.translation.texts import shown
from tenants.hosts import Site

ROBOTS = "User-agent: *\nDisallow: /konto/\nSitemap: {base}/sitemap.xml\n"


@require_safe
@allow(Role.VISITOR)
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """A public page of the editors."""
    page = get_object_or_404(Page.objects.public(), slug=slug)
    translation = shown(request, "seite", page.pk, page.get_absolute_url(), page_texts(page))
    translation.put_into(page, TRANSLATED)
    context: dict[str, Any] = {
        "page": page,
        "crumbs": [{"label": Spoken(page.title), "url": ""}],
        "translation": translation,
        "easy_pages": Page.objects.public().easy() if slug == easy.SLUG else [],
    }
    return render(request, "pages/easy.html" if slug == easy.SLUG else "pages/detail.html", context)


@require_safe
@allow(Role.VISITOR)
def show_easy(request: HttpRequest, slug: str) -> HttpResponse:
    """A page in Leichte Sprache."""
    page = get_object_or_404(Page.objects.public().easy(), slug=slug)
    crumbs = [{"label": Spoken(easy.TITLE), "url": f"/{easy.SLUG}/"}, {"label": Spoken(page.title), "url": ""}]
    return render(request, "pages/easy.html", {"page": page, "variant": True, "crumbs": crumbs})


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


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def list_easy(request: HttpRequest) -> HttpResponse:
    """Which pages have a text in Leichte Sprache."""
    crumbs = [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": easy.TITLE, "url": ""}]
    pages = Page.objects.order_by("position", "title")
    return render(request, "pages/easy_list.html", {"pages": pages, "crumbs": crumbs, "own": easy.SLUG})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def edit_easy(request: HttpRequest, pk: int) -> HttpResponse:
    """The text of one page in Leichte Sprache."""
    page = get_object_or_404(Page, pk=pk)
    form = EasyForm(request.POST or None, instance=page)
    if request.method == "POST" and form.is_valid():
        services.save_easy(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("pages:easy_list")
    crumbs = [
        {"label": _("Editorial desk"), "url": "/redaktion/"},
        {"label": easy.TITLE, "url": "/redaktion/leichte-sprache/"},
        {"label": page.title, "url": ""},
    ]
    return render(request, "pages/easy_form.html", {"page": page, "form": form, "crumbs": crumbs})
