"""What the planners' pages of this room share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.surveys.models import State, Survey
from theming.head import site_url

METHODS = ("GET", "HEAD", "POST")


def known(pk: int) -> Survey:
    """The survey of a page."""
    return get_object_or_404(Survey, pk=pk)


def page(
    request: HttpRequest, name: str, title: str, *, survey: Survey | None = None, last: str = "", **context: Any
) -> HttpResponse:
    """A page with its trail: the evaluation, all surveys, one of them, and what is done with it (`last`)."""
    trail = [(_("Evaluation"), reverse("planning:overview")), (_("Surveys"), reverse("surveys:overview"))]
    if survey is not None:
        trail.append((survey.title, reverse("surveys:survey", args=[survey.pk])))
    if last:
        trail.append((last, ""))
    crumbs = [
        {"label": label, "url": url if place < len(trail) - 1 else ""} for place, (label, url) in enumerate(trail)
    ]
    form = context.get("form")
    status = 400 if form is not None and form.is_bound and not form.is_valid() else 200
    more = {"title": title, "survey": survey, "crumbs": crumbs, "states": State, **context}
    return render(request, f"surveys/{name}.html", more, status=status)


def public_address(request: HttpRequest, survey: Survey) -> str:
    """The whole address of a survey, to print and to pass on."""
    return site_url(request) + survey.get_absolute_url()
