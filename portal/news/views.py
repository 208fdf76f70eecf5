"""News for everybody: the newest, the archive by years, one item, the feed."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.text import Spoken
from portal.news import feed
from portal.news.models import NewsItem
from theming.head import Head, Picture, breadcrumbs, shortened, site_url
from theming.images import scaled_url
from theming.preview import HEIGHT, WIDTH
from theming.services import current_theme

HERE = "/aktuelles/"
PER_PAGE = 20


def _year(written: str, years: list[int]) -> int | None:
    return next((each for each in years if str(each) == written), None)


@require_safe
@allow(Role.VISITOR)
def show(request: HttpRequest) -> HttpResponse:
    """The newest first; a year of the archive by `?jahr=`."""
    public = NewsItem.objects.public()
    years = list(public.order_by().annotate(year=ExtractYear("day")).values_list("year", flat=True).distinct())
    years.sort(reverse=True)
    year = _year(request.GET.get("jahr", ""), years)
    rows = public.filter(day__year=year) if year else public
    page = Paginator(rows.select_related("picture"), PER_PAGE).get_page(request.GET.get("seite"))
    crumbs = [{"label": _("News"), "url": ""}]
    base = site_url(request)
    title = _("News from %(year)d") % {"year": year} if year else _("News")
    context = {
        "page": page,
        "years": years,
        "year": year,
        "title": title,
        "query": f"jahr={year}" if year else "",
        "crumbs": crumbs,
        "head": Head(
            title=title,
            description=_("What is new at %(name)s.") % {"name": current_theme().portal_name},
            canonical=f"{base}{HERE}" + (f"?jahr={year}" if year else ""),
            data=[breadcrumbs(crumbs, base=base, home=_("Home"))],
        ),
    }
    return render(request, "news/list.html", context)


@require_safe
@allow(Role.VISITOR)
def item(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One item; a wrong ending of its address leads to the right one."""
    found = get_object_or_404(NewsItem.objects.public().select_related("picture"), pk=pk)
    if slug != found.slug:
        return redirect(found.get_absolute_url(), permanent=True)
    crumbs = [{"label": _("News"), "url": HERE}, {"label": Spoken(found.title, "de"), "url": ""}]
    context = {"item": found, "crumbs": crumbs, "head": _head(request, found, crumbs)}
    return render(request, "news/item.html", context)


def _head(request: HttpRequest, found: NewsItem, crumbs: list[dict[str, Any]]) -> Head:
    base = site_url(request)
    picture = Picture(f"{base}/vorschau.png", WIDTH, HEIGHT, current_theme().portal_name)
    if found.picture is not None:
        shown = found.picture
        picture = Picture(base + scaled_url(shown.file, 1280), shown.width, shown.height, shown.alt_text)
    return Head(
        title=found.title,
        description=shortened(found.text),
        canonical=base + found.get_absolute_url(),
        picture=picture,
        kind="article",
        data=[breadcrumbs(crumbs, base=base, home=_("Home"))],
    )


@require_safe
@allow(Role.VISITOR)
def atom(request: HttpRequest) -> HttpResponse:
    """The newest as a feed."""
    body = feed.written(NewsItem.objects.public()[:PER_PAGE], base=site_url(request), name=current_theme().portal_name)
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
