"""Good examples: the list, one with its texts and files, writing one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import allow
from core.text import slug_of
from tenants.running.handing_out import handed_out
from tracker.forum.forms import ExampleForm
from tracker.forum.models import Block, Example, ExampleFile
from tracker.forum.services import showing, talking
from tracker.forum.views.around import TALKING, page
from tracker.tickets.participating import viewer_of

PER_PAGE = 20


def _trail(*labels: str) -> tuple[tuple[str, str], ...]:
    return (_("Good examples"), reverse("forum:examples")), *((label, "") for label in labels)


@require_safe
@allow(*TALKING)
def examples(request: HttpRequest) -> HttpResponse:
    """All, the newest first."""
    rows = Example.objects.select_related("participant").defer("search")
    counted = rows.annotate(
        texts=Count("blocks", distinct=True), number=Count("files", distinct=True), used=Count("uses", distinct=True)
    )
    shown = Paginator(counted.order_by("-created_at", "-pk"), PER_PAGE).get_page(request.GET.get("seite"))
    return page(request, "forum/examples.html", (_("Good examples"), ""), page=shown)


@require_safe
@allow(*TALKING)
def example(request: HttpRequest, pk: int) -> HttpResponse:
    """One, with everything to take over."""
    found = get_object_or_404(Example.objects.select_related("participant"), pk=pk)
    viewer = viewer_of(request)
    uses = list(found.uses.select_related("participant").order_by("created_at", "pk"))
    context: dict[str, Any] = {
        "example": found,
        "blocks": found.blocks.all(),
        "files": found.files.all(),
        "uses": uses,
        "used": any(each.participant == viewer.participant for each in uses),
        "own": found.participant is not None and found.participant == viewer.participant,
        "changeable": talking.may_remove(found, viewer),
    }
    return page(request, "forum/example.html", *_trail(found.title), **context)


def _edit(request: HttpRequest, found: Example, label: str) -> HttpResponse:
    sent = request.method == "POST"
    form = ExampleForm(request.POST if sent else None, request.FILES if sent else None, instance=found)
    if sent and form.is_valid():
        try:
            saved = showing.save_example(
                form.instance,
                blocks=form.blocks(),
                uploads=form.cleaned_data["uploads"],
                dropped=form.cleaned_data.get("dropped", ()),
                by=viewer_of(request),
            )
        except ValidationError as error:
            form.add_error("uploads", error)
        else:
            return redirect("forum:example", saved.pk)
    return page(request, "forum/example_form.html", *_trail(label), form=form, label=label, example=found)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*TALKING)
def add(request: HttpRequest) -> HttpResponse:
    """A new one."""
    return _edit(request, Example(), _("New example"))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*TALKING)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own."""
    found = get_object_or_404(Example, pk=pk)
    talking.must_be_theirs(found, viewer_of(request))
    return _edit(request, found, _("Change the example"))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*TALKING)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take it back."""
    found = get_object_or_404(Example, pk=pk)
    viewer = viewer_of(request)
    talking.must_be_theirs(found, viewer)
    if request.method == "POST":
        showing.remove_example(found, by=viewer)
        return redirect("forum:examples")
    return page(request, "forum/remove.html", *_trail(_("Delete")), name=found.title, answers=0, back="../")


@require_POST
@allow(*TALKING)
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """“We do it that way too”, or not any more."""
    found = get_object_or_404(Example, pk=pk)
    viewer = viewer_of(request)
    if request.POST.get("nicht"):
        showing.stop_using(found, by=viewer)
    else:
        showing.use(found, by=viewer)
    return redirect("forum:example", pk)


@require_safe
@allow(*TALKING)
def file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """A file to take over."""
    found = get_object_or_404(ExampleFile, pk=number, example=pk)
    return handed_out(found.file, name=found.name)


@require_safe
@allow(*TALKING)
def text(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A text to take over, as a file of text."""
    block = get_object_or_404(Block, pk=number, example=pk)
    name = slug_of(block.title, fallback="text")
    return HttpResponse(
        block.text,
        content_type="text/plain; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.txt"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
