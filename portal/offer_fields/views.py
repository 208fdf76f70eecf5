"""`/redaktion/einstellungen/angebotsfelder/`: the details of offers. Works without a script."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from portal.offer_fields import services
from portal.offer_fields.forms import ExtraFieldForm, UsualForm
from portal.offer_fields.models import ExtraField, Kind
from portal.offer_fields.reading import offer_fields
from portal.offer_fields.usual import OPTIONAL

HERE = "/redaktion/einstellungen/angebotsfelder/"
STEPS = {"hoch": -1, "runter": 1}


def _crumbs(*last: str) -> list[dict[str, str]]:
    here = [{"label": _("Details of offers"), "url": HERE if last else ""}]
    return [{"label": _("Editorial desk"), "url": "/redaktion/"}, *here, *({"label": each, "url": ""} for each in last)]


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def overview(request: HttpRequest) -> HttpResponse:
    """The own details, and which of the usual ones are asked."""
    return _overview(request)


def _overview(request: HttpRequest) -> HttpResponse:
    here, numbers = offer_fields(), services.uses()
    asked = [key for key in OPTIONAL if here.shows(key)]
    context = {
        "extras": [{"extra": each, "number": numbers.get(each.key, 0)} for each in here.extras],
        "usual": UsualForm(initial={"asked": asked}, filled=services.filled()),
        "crumbs": _crumbs(),
    }
    return render(request, "offer_fields/overview.html", context)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def usual(request: HttpRequest) -> HttpResponse:
    """Keep which of the usual details are asked and shown."""
    ticked = set(request.POST.getlist("asked"))
    services.leave_out((key for key in OPTIONAL if key not in ticked), by=request.user)
    messages.success(request, _("Saved. What offers say already stays; it is only not shown where it is not asked."))
    return redirect("offer_fields:overview")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def add(request: HttpRequest) -> HttpResponse:
    """A new detail."""
    return _edit(request, ExtraField(), _("New detail"))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a detail, retire it or bring it back."""
    field = get_object_or_404(ExtraField.objects.prefetch_related("choices"), pk=pk)
    return _edit(request, field, field.name)


def _edit(request: HttpRequest, field: ExtraField, label: str) -> HttpResponse:
    form = ExtraFieldForm(request.POST if request.method == "POST" else None, instance=field)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        messages.success(request, _("Saved. It counts from the next page on."))
        return redirect("offer_fields:overview")
    numbers = services.uses() if field.pk else {}
    context = {
        "form": form,
        "field": field if field.pk else None,
        "label": label,
        "number": numbers.get(str(field.pk), 0),
        "retired_answers": [each.name for each in field.choices.all() if each.retired] if field.pk else [],
        "with_answers": not field.pk or field.kind == Kind.CHOICE,
        "crumbs": _crumbs(label),
    }
    return render(request, "offer_fields/edit.html", context)


def _saved(request: HttpRequest, form: ExtraFieldForm) -> bool:
    try:
        services.save_field(form.instance, form.cleaned_data.get("answers") or [], by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    field = get_object_or_404(ExtraField, pk=pk)
    services.move(field, steps=STEPS.get(request.POST.get("richtung", ""), 0), by=request.user)
    return redirect(f"{HERE}#angabe-{pk}")


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask it no more, or again."""
    field = get_object_or_404(ExtraField, pk=pk)
    retired = request.POST.get("stilllegen") == "1"
    services.retire(field, retired=retired, by=request.user)
    told: dict[bool, Any] = {
        True: _("“%(name)s” is not asked any more. Answers stay."),
        False: _("“%(name)s” is asked again."),
    }
    messages.success(request, told[retired] % {"name": field.name})
    return redirect("offer_fields:overview")


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a detail nobody answered."""
    field = get_object_or_404(ExtraField, pk=pk)
    try:
        services.delete(field, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("offer_fields:edit", pk)
    messages.success(request, _("“%(name)s” was deleted.") % {"name": field.name})
    return redirect("offer_fields:overview")
