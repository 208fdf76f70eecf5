"""Report from where it happens: written, looked at as the others will see it, sent."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from core.numbers import whole_number
from tracker.tickets import drafting, origins, services
from tracker.tickets.finding import similar
from tracker.tickets.forms import PartForm, ReportForm
from tracker.tickets.models import Draft, State, Ticket, Viewer
from tracker.tickets.models.tickets import author_name
from tracker.tickets.participating import viewer_of
from tracker.tickets.personal import findings
from tracker.tickets.pictures import Part
from tracker.tickets.showing import page

METHODS = ("GET", "HEAD", "POST")


@require_http_methods(METHODS)
@allow(Role.SIGNED_IN)
def report(request: HttpRequest) -> HttpResponse:
    """A new report; `seite` is the page it was begun on, `titel` what somebody looked for in vain."""
    viewer = viewer_of(request)
    seen_on = origins.page_of(request.POST.get("page", "") or request.GET.get("seite", ""))
    draft = Draft(page=seen_on, title=request.GET.get("titel", "")[:120])
    if request.GET.get("art") in ("bug", "wish", "question"):
        draft.kind = request.GET["art"]
    return _write(request, viewer, draft)


@require_http_methods(METHODS)
@allow(Role.SIGNED_IN)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A report that is kept already."""
    viewer = viewer_of(request)
    return _write(request, viewer, _own(viewer, pk))


def _own(viewer: Viewer, pk: int) -> Draft:
    return get_object_or_404(drafting.drafts_of(viewer), pk=pk)


def _write(request: HttpRequest, viewer: Viewer, row: Draft) -> HttpResponse:
    if request.method != "POST":
        return _form(request, viewer, row, ReportForm(instance=row))
    if request.POST.get("auch"):
        return _join(request, viewer, row)
    page_before = row.page
    form = ReportForm(request.POST, request.FILES, instance=row)
    if form.is_valid():
        row.page = origins.page_of(row.page) or page_before
        try:
            drafting.save(row, by=viewer, upload=form.cleaned_data["picture"])
            return _go_on(request, row)
        except ValidationError as error:
            form.add_error("picture", error)
    return _form(request, viewer, row, form, status=400)


def _go_on(request: HttpRequest, row: Draft) -> HttpResponse:
    """Which button was pressed."""
    asked = request.POST
    if "entwurf" in asked:
        messages.success(request, _("Your draft is kept. Nobody sees it but you."))
        return redirect("tickets:mine")
    if "weiter" in asked:
        return redirect("tickets:check", row.pk)
    if "bild_weg" in asked:
        drafting.remove_picture(row)
    elif (part_number := asked.get("aufheben", "")[:3]).isdecimal():
        drafting.uncover(row, int(part_number))
    elif "schwaerzen" in asked:
        part = PartForm(asked)
        if not part.is_valid():
            raise ValidationError(_("Please give the part to blacken in percent, from 0 to 100."))
        drafting.blacken(row, Part(**part.cleaned_data))
    answer = redirect("tickets:draft", row.pk)
    answer["Location"] += "#aehnlich" if "suche" in asked else "#bild"
    return answer


def _join(request: HttpRequest, viewer: Viewer, row: Draft) -> HttpResponse:
    """It is there already: “betrifft uns auch”, or “bei uns wieder da”, and nothing needs to be written."""
    number = request.POST["auch"]
    found = Ticket.objects.visible_to(viewer).filter(pk=whole_number(number, digits=9) or 0)
    ticket = services.final(get_object_or_404(found))
    if not viewer.sees_all:
        raise Http404
    if ticket.state == State.ROLLED_OUT:
        services.reopen(ticket, by=viewer)
        messages.success(request, _("The ticket is open again, and you hear how it goes on."))
    else:
        services.concern(ticket, by=viewer)
        messages.success(request, _("Noted: it concerns you too. You hear how it goes on."))
    if row.pk is not None:
        drafting.discard(row)
    return redirect("tickets:ticket", ticket.pk)


def _form(request: HttpRequest, viewer: Viewer, row: Draft, form: ReportForm, status: int = 200) -> HttpResponse:
    title = str(form["title"].value() or "")
    context = {
        "form": form,
        "draft": row if row.pk else None,
        "part_form": PartForm(),
        "parts": list(enumerate((Part.read(each) for each in row.parts), 1)) if row.pk else [],
        "along": origins.along(request, viewer, str(form["page"].value() or "")),
        "similar": similar(title, viewer) if title and viewer.sees_all else [],
        "asked": bool(title),
    }
    return page(request, "tickets/report.html", context, crumbs=[(_("Report"), "")], status=status)


@require_safe
@allow(Role.SIGNED_IN)
def look_alikes(request: HttpRequest) -> HttpResponse:
    """Similar tickets while typing: a part of the page above."""
    viewer = viewer_of(request)
    title = request.GET.get("title", "")
    found = similar(title, viewer) if viewer.sees_all else []
    return render(request, "tickets/_similar.html", {"similar": found, "asked": bool(title.strip()), "viewer": viewer})


@require_safe
@allow(Role.SIGNED_IN)
def draft_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of a report as it would be sent."""
    row = _own(viewer_of(request), pk)
    try:
        picture = drafting.painted(row)
    except FileNotFoundError as error:
        raise Http404 from error
    if picture is None:
        raise Http404
    kind = "image/jpeg" if str(picture.file.name).endswith("jpg") else "image/png"
    return HttpResponse(picture.file.read(), content_type=kind, headers={"Cache-Control": "private, no-store"})


@require_http_methods(METHODS)
@allow(Role.SIGNED_IN)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """As the others will see it; nothing goes along that does not stand on this page."""
    viewer = viewer_of(request)
    row = _own(viewer, pk) if request.method != "POST" else drafting.drafts_of(viewer).filter(pk=pk).first()
    if row is None:
        messages.info(request, _("This report was sent or deleted already."))
        return redirect("tickets:mine")
    along = origins.along(request, viewer, row.page)
    if request.method == "POST":
        return _send(request, viewer, row, along)
    found = findings(row.title, row.happened, row.expected)
    context = {
        "draft": row,
        "found": found,
        "texts": drafting.cleared(row, {each.text for each in found}),
        "along": along,
        "author": author_name(viewer.participant, by_provider=viewer.is_provider),
    }
    crumbs = [(_("Report"), reverse("tickets:draft", args=[row.pk])), (_("Check"), "")]
    return page(request, "tickets/check.html", context, crumbs=crumbs)


def _send(request: HttpRequest, viewer: Viewer, row: Draft, along: list[tuple[str, str, str]]) -> HttpResponse:
    asked: QueryDict = request.POST
    going = {key: value for key, _label, value in along if key in asked.getlist("mit")}
    try:
        ticket = drafting.send(row, by=viewer, remove=asked.getlist("weg"), along=going)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("tickets:draft", row.pk)
    if ticket is None:
        messages.info(request, _("This report was sent or deleted already."))
        return redirect("tickets:mine")
    messages.success(request, _("Thank you. Your report has the number %(number)s.") % {"number": ticket.reference})
    return redirect("tickets:ticket", ticket.pk)


@require_POST
@allow(Role.SIGNED_IN)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    drafting.discard(_own(viewer_of(request), pk))
    messages.success(request, _("The draft is deleted."))
    return redirect("tickets:mine")
