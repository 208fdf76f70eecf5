"""A draft as residents would see it: for editors, and behind a link for people without an account."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.access import Permission, Role, allow
from portal.blocks import drafts, previews
from portal.blocks.models import Draft, PreviewLink
from portal.pages.drawing import draw
from portal.pages.models import Page
from portal.pages.sources import KIND
from portal.translation.texts import Shown


@require_safe
@allow(Permission.CONTENT)
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """What editors look at before they publish."""
    page = get_object_or_404(Page, pk=pk)
    return _drawn(request, drafts.draft_of(page), link=None)


@require_safe
@never_cache
@allow(Role.VISITOR)
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The draft behind a link; once it has ended, what became of it."""
    link = previews.opened(token)
    if link is None:
        raise Http404
    draft = Draft.objects.filter(page=link.page).first()
    if not link.is_open or draft is None:
        response = render(request, "blocks/ended.html", {"page": link.page, "over": not link.is_open}, status=410)
    else:
        response = _drawn(request, draft, link=link)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _drawn(request: HttpRequest, draft: Draft, *, link: PreviewLink | None) -> HttpResponse:
    page = Page(pk=draft.page_id, slug=draft.slug, title=draft.title, blocks=draft.blocks)
    context: dict[str, Any] = {
        "page": page,
        "blocks": draw(draft.blocks, request),
        "crumbs": [{"label": draft.title, "url": ""}],
        "translation": Shown(KIND, draft.page_id, page.get_absolute_url()),
        "link": link,
        "edit_id": None if link is not None else draft.page_id,
    }
    return render(request, "blocks/preview.html", context)


@require_POST
@allow(Permission.CONTENT)
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link for others, or the end of the one there is."""
    page = get_object_or_404(Page, pk=pk)
    if "beenden" in request.POST:
        previews.end(page, by=request.user)
        messages.success(request, _("The link does not open any more."))
    elif not Draft.objects.filter(page=page).exists():
        messages.info(request, _("There is no draft to look at: what you wrote is online."))
    else:
        previews.make(page, by=request.user)
        messages.success(request, _("The link is ready. Whoever has it sees the draft, without an account."))
    return redirect(f"/redaktion/seiten/{page.pk}/#vorschau")
