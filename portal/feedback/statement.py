"""The accessibility statement: for everybody, and for the editors who answer for it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Role, allow
from portal.feedback.bodies import BODIES, LIST_OF_ALL, Land
from portal.feedback.forms import KnownBarriers, StatementForm
from portal.feedback.models import AccessibilityStatement
from portal.feedback.services import save_statement
from portal.pages.drawing import draw
from portal.pages.models import Page
from theming.head import site_url

SLUG = "barrierefreiheit"


@require_safe
@allow(Role.VISITOR)
def show(request: HttpRequest) -> HttpResponse:
    """The editors' own words (their page of this name) and all parts the law asks for.

    It answers also when the page was taken down: the law wants it reachable always.
    """
    page = Page.objects.public().filter(slug=SLUG).first()
    statement = AccessibilityStatement.objects.prefetch_related("barriers").first() or AccessibilityStatement(pk=0)
    title = page.title if page else _("Accessibility")
    context = {
        "page": page,
        "blocks": draw(page.stated, request) if page else [],
        "title": title,
        "crumbs": [{"label": title, "url": ""}],
        "statement": statement,
        "barriers": list(statement.barriers.all()) if statement.pk else [],
        "host": site_url(request).partition("://")[2],
    }
    return render(request, "feedback/statement.html", context)


# The form in parts that fold: the fields by what they are about.
PARTS = {
    "review": ("status", "method", "assessed_by", "made_on", "reviewed_on"),
    "reports": ("email", "phone"),
    "body": ("land", "body_name", "body_url", "body_contact"),
}


def _parts(form: StatementForm) -> dict[str, Any]:
    """The fields of each part, and whether something in it is wrong, so that it opens."""
    fields = {part: [form[name] for name in names] for part, names in PARTS.items()}
    return {**fields, **{f"{part}_wrong": any(field.errors for field in own) for part, own in fields.items()}}


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def edit(request: HttpRequest) -> HttpResponse:
    """Fill in the statement."""
    statement = AccessibilityStatement.load()
    data = request.POST if request.method == "POST" else None
    form = StatementForm(data, instance=statement)
    barriers = KnownBarriers(data, instance=AccessibilityStatement.load(), prefix="barriere")
    if request.method == "POST" and form.is_valid() and barriers.is_valid():
        save_statement(form.instance, barriers, by=request.user)
        messages.success(request, _("The accessibility statement is saved."))
        return redirect("feedback:statement_edit")
    context = {
        "form": form,
        "parts": _parts(form),
        "barriers": barriers,
        "statement": statement,
        "out_of_date": AccessibilityStatement.load().is_out_of_date(),
        "bodies": [(land.label, BODIES[land]) for land in Land],
        "list_of_all": LIST_OF_ALL,
        "crumbs": [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": str(statement), "url": ""}],
    }
    return render(request, "feedback/statement_edit.html", context)
