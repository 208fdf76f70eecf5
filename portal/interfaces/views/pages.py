"""Pages for people: what there is and under which licence, and how the interface is asked."""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.interfaces.asking import MOST
from portal.interfaces.datasets import datasets
from portal.interfaces.licences import attribution, current_licence, licence_sentence
from portal.interfaces.limits import MOST as MOST_REQUESTS
from portal.interfaces.limits import MOST_WITH_TOKEN
from portal.interfaces.reading import Operation, Shape, operations, shapes
from portal.interfaces.views.others import SCHEMA
from theming.head import Head, Picture, breadcrumbs, site_url
from theming.preview import HEIGHT, WIDTH
from theming.services import current_theme


@cache
def _description() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return found


def _context(request: HttpRequest, title: str, about: str, above: list[dict[str, str]]) -> dict[str, Any]:
    base, crumbs = site_url(request), [*above, {"label": title, "url": ""}]
    picture = Picture(f"{base}/vorschau.png", WIDTH, HEIGHT, current_theme().portal_name)
    return {
        "title": title,
        "crumbs": crumbs,
        "base": base,
        "head": Head(
            title=title,
            description=about,
            canonical=base + request.path,
            picture=picture,
            data=[breadcrumbs(crumbs, base=base, home=_("Home"))],
        ),
    }


@require_safe
@allow(Role.VISITOR)
def data(request: HttpRequest) -> HttpResponse:
    """Everything there is for other programs, and what may be done with it."""
    about = _("What this portal offers to other programs: files, feeds and an interface, and under which licence.")
    licence = current_licence()
    context = {
        **_context(request, _("Open data"), about, []),
        "about": about,
        "licence": licence,
        "datasets": datasets(),
        "licence_sentence": licence_sentence(),
        "attribution": attribution() if licence and licence.names_source else "",
    }
    return render(request, "interfaces/data.html", context)


@require_safe
@allow(Role.VISITOR)
def interface(request: HttpRequest) -> HttpResponse:
    """The description of the interface, made from the checked-in one, in our own look and without foreign scripts."""
    about = _("How other programs read offers, dates and organisations of this portal.")
    found = _description()
    listed: list[Operation] = operations(found)
    described: list[Shape] = shapes(found)
    context = {
        **_context(request, _("Interface for programs"), about, [{"label": _("Open data"), "url": "/daten/"}]),
        "about": about,
        "operations": listed,
        "shapes": described,
        "most": MOST,
        "most_requests": MOST_REQUESTS,
        "most_with_token": MOST_WITH_TOKEN,
    }
    return render(request, "interfaces/interface.html", context)
