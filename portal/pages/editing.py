"""What editors do with pages: for now the texts in Leichte Sprache."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Role, allow
from core.ordering import ByName
from portal.pages import easy, services
from portal.pages.forms import EasyForm
from portal.pages.models import Page


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def list_easy(request: HttpRequest) -> HttpResponse:
    """Which pages have a text in Leichte Sprache."""
    crumbs = [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": easy.TITLE, "url": ""}]
    pages = Page.objects.order_by("position", ByName("title"), "pk")
    return render(request, "pages/easy_list.html", {"pages": pages, "crumbs": crumbs, "own": easy.SLUG})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def edit_easy(request: HttpRequest, pk: int) -> HttpResponse:
    """The text of one page in Leichte Sprache."""
    page = get_object_or_404(Page, pk=pk)
    if page.slug == easy.SLUG and page.blocks:
        # Here it would become one text again.
        return redirect("blocks:edit", page.pk)
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
