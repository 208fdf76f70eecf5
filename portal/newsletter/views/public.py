"""The newsletters for everybody: which there are, their issues, an issue."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.html import plain_text
from core.text import Spoken
from portal.newsletter.models import Admission, Audience, Issue, Newsletter
from portal.newsletter.showing import sections
from theming.head import Head, Picture, breadcrumbs, shortened, site_url
from theming.preview import HEIGHT, WIDTH
from theming.services import current_theme

PER_PAGE = 20
LAST = 5


def _head(request: HttpRequest, title: str, about: str, url: str, crumbs: list[dict[str, str]]) -> Head:
    base = site_url(request)
    return Head(
        title=title,
        description=shortened(about or title),
        canonical=base + url,
        picture=Picture(f"{base}/vorschau.png", WIDTH, HEIGHT, current_theme().portal_name),
        kind="article",
        data=[breadcrumbs(crumbs, base=base, home=_("Home"))],
    )


@require_safe
@allow(Role.VISITOR)
def overview(request: HttpRequest) -> HttpResponse:
    """Which newsletters there are, and the latest issues."""
    newsletters = list(Newsletter.objects.offered())
    issues = list(Issue.objects.public().select_related("newsletter")[:LAST])
    if not newsletters and not issues:
        raise Http404
    crumbs = [{"label": _("Newsletter"), "url": ""}]
    context = {
        "groups": _groups(newsletters),
        "issues": issues,
        "on_request": Admission.REQUEST,
        "crumbs": crumbs,
        "head": _head(request, _("Newsletter"), "", "/newsletter/", crumbs),
    }
    return render(request, "newsletter/public/overview.html", context)


def _groups(newsletters: list[Newsletter]) -> list[dict[str, Any]]:
    """Those for everybody first; those for professionals below a heading of their own."""
    professionals = [each for each in newsletters if each.audience == Audience.PROFESSIONALS]
    others = [each for each in newsletters if each.audience != Audience.PROFESSIONALS]
    groups = [{"label": "", "newsletters": others}, {"label": _("For professionals"), "newsletters": professionals}]
    return [each for each in groups if each["newsletters"]]


def _known(slug: str) -> Newsletter:
    """Also one nobody can subscribe to any more, as long as its archive is open."""
    found = get_object_or_404(Newsletter, slug=slug)
    if not found.active and not (found.archived and found.issues.public().exists()):
        raise Http404
    return found


@require_safe
@allow(Role.VISITOR)
def newsletter(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is about, and its archive."""
    found = _known(slug)
    crumbs = [{"label": _("Newsletter"), "url": "/newsletter/"}, {"label": Spoken(found.name), "url": ""}]
    context = {
        "newsletter": found,
        "page": Paginator(found.issues.public(), PER_PAGE).get_page(request.GET.get("seite")),
        "on_request": found.admission == Admission.REQUEST,
        "crumbs": crumbs,
        "head": _head(request, found.name, found.description, found.get_absolute_url(), crumbs),
    }
    return render(request, "newsletter/public/newsletter.html", context)


@require_safe
@allow(Role.VISITOR)
def issue(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An issue that was sent."""
    found = get_object_or_404(Issue.objects.public().select_related("newsletter"), pk=pk, newsletter__slug=slug)
    crumbs: list[dict[str, Any]] = [
        {"label": _("Newsletter"), "url": "/newsletter/"},
        {"label": Spoken(found.newsletter.name), "url": found.newsletter.get_absolute_url()},
        {"label": Spoken(found.title), "url": ""},
    ]
    context = {
        "issue": found,
        "newsletter": found.newsletter,
        "sections": sections(found, by_topic=found.newsletter.by_topic),
        "crumbs": crumbs,
        "head": _head(request, found.title, plain_text(found.preface), found.get_absolute_url(), crumbs),
    }
    return render(request, "newsletter/public/issue.html", context)
