"""Editorial pages, addresses that moved, robots.txt."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.html import plain_text
from core.text import Spoken
from portal.pages import crawlers, easy
from portal.pages.drawing import Drawn, draw
from portal.pages.models import PROFESSIONALS, Page, Redirect
from portal.pages.shapes import markup_of
from portal.pages.sources import page_texts, put_into
from portal.preferences.models import Preferences
from portal.translation.texts import shown
from tenants.running.hosts import municipality_of
from theming.head import Head, Picture, breadcrumbs, shortened, site_url
from theming.preview import HEIGHT, WIDTH, preview
from theming.services import current_theme


@require_safe
@allow(Role.VISITOR)
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """A public page of the editors."""
    page = get_object_or_404(Page.objects.public(), slug=slug)
    context = context_of(request, page)
    context["easy_pages"] = Page.objects.public().easy() if slug == easy.SLUG else []
    return render(request, "pages/easy.html" if slug == easy.SLUG else "pages/detail.html", context)


def context_of(request: HttpRequest, page: Page) -> dict[str, Any]:
    """What the template of a page is given."""
    translation = shown(request, "seite", page.pk, page.get_absolute_url(), page_texts(page))
    put_into(page, translation)
    crumbs = [*_above(page), {"label": Spoken(page.title, translation.language_of("title")), "url": ""}]
    blocks = draw(page.stated, request)
    return {
        "page": page,
        "blocks": blocks,
        "crumbs": crumbs,
        "translation": translation,
        "head": _head(request, page, _told(page, blocks), page.get_absolute_url(), crumbs),
    }


def _above(page: Page) -> list[dict[str, str]]:
    """Where a page belongs to."""
    belongs = page.for_professionals and page.slug != PROFESSIONALS
    return [{"label": _("For professionals"), "url": f"/{PROFESSIONALS}/"}] if belongs else []


def text_of(page: Page, request: HttpRequest) -> str:
    """All text readers see of a page, as HTML, for other programs; German, as it was written."""
    return _told(page, draw(page.stated, request))


def _told(page: Page, blocks: list[Drawn]) -> str:
    """The text of what is shown of a page."""
    shown = {each.id for each in blocks}
    return markup_of([each for each in page.blocks if each["id"] in shown]) if page.blocks else page.body


@require_safe
@allow(Role.VISITOR)
def show_easy(request: HttpRequest, slug: str) -> HttpResponse:
    """A page in Leichte Sprache."""
    page = get_object_or_404(Page.objects.public().easy(), slug=slug)
    crumbs = [{"label": Spoken(easy.TITLE), "url": f"/{easy.SLUG}/"}, {"label": Spoken(page.title), "url": ""}]
    head = _head(request, page, page.easy_body, page.easy_url, crumbs)
    return render(request, "pages/easy.html", {"page": page, "variant": True, "crumbs": crumbs, "head": head})


def _head(request: HttpRequest, page: Page, markup: str, url: str, crumbs: list[dict[str, str]]) -> Head:
    base = site_url(request)
    return Head(
        title=page.title if url == page.get_absolute_url() else f"{page.title} ({easy.TITLE})",
        description=shortened(plain_text(markup) or page.title),
        canonical=base + url,
        picture=Picture(f"{base}/vorschau.png", WIDTH, HEIGHT, current_theme().portal_name),
        kind="article",
        data=[breadcrumbs(crumbs, base=base, home=_("Home"))],
    )


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
    """What programs may read, by the municipality's rules."""
    text = crawlers.rules_for(Preferences.current(), base=site_url(request))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@allow(Role.VISITOR)
def picture(request: HttpRequest) -> HttpResponse:
    """The picture shown beside links to pages without one of their own: the portal's name in its colours."""
    theme = current_theme()
    site = municipality_of(request)
    drawn = preview(theme.claim or theme.portal_name, kicker=site.name, name=theme.portal_name, look=theme.look)
    return HttpResponse(drawn, content_type="image/png", headers={"Cache-Control": "public, max-age=86400"})
