"""The pages of reports: all of them, one with its file, the form, and ending the mails."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from mail.models import Unreachable
from portal.planning.report import keeping
from portal.planning.report.chapters import pages
from portal.planning.report.forms import ReportForm, initial_of
from portal.planning.report.models import Reader, Report
from portal.planning.report.people import told
from portal.planning.report.settings import Settings, Time
from portal.planning.report.tokens import reader_of
from portal.printing import keeping as papers
from portal.printing import libraries, making
from portal.printing.forms import new_key
from portal.printing.mistakes import mistakes_of
from portal.printing.models import MOST_KEPT
from portal.printing.serving import pdf_of
from portal.printing.showing import trouble_of
from portal.printing.tasks import have_made


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    steps = [
        (_("Evaluation"), reverse("planning:overview")),
        (pgettext("of the evaluation", "Reports"), reverse("reports:list")),
        *more,
    ]
    return [{"label": label, "url": url if at < len(steps) - 1 else ""} for at, (label, url) in enumerate(steps)]


def _found(pk: int) -> Report:
    return get_object_or_404(Report.objects.select_related("paper"), pk=pk)


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def reports(request: HttpRequest) -> HttpResponse:
    """All reports, the last changed first."""
    found = Report.objects.select_related("paper").order_by("-paper__changed_at")
    context = {"reports": list(found), "missing": libraries.missing(), "crumbs": _crumbs()}
    return render(request, "report/list.html", context)


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A report: what it holds, how far it is, its file, who is told."""
    found = _found(pk)
    settings, known = Settings.of(found.paper), pages()
    may = {reader.pk for reader in told(found)}
    readers = list(found.readers.select_related("user"))
    back = set(Unreachable.objects.filter(address__in=[each.user.email.lower() for each in readers])
               .values_list("address", flat=True))  # fmt: skip
    context: dict[str, Any] = {
        "report": found,
        "paper": found.paper,
        "trouble": trouble_of(found.paper),
        "views": [(each, each.name or known[each.path].title) for each in settings.views if each.path in known],
        "text": settings.text,
        "time": Time(settings.time).label,
        "readers": [
            {"user": each.user, "may": each.pk in may, "comes_back": each.user.email.lower() in back}
            for each in readers
        ],
        "missing": libraries.missing(),
        "crumbs": _crumbs((found.paper.title, "")),
    }
    return render(request, "report/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a report."""
    form = ReportForm(request.POST if request.method == "POST" else None, user=request.user,
                      initial={"key": new_key(), "pages": [reverse("planning:overview")]})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = keeping.begin(given["title"], form.settings(), rhythm=given["rhythm"], readers=given["readers"],
                                 key=given["key"], by=request.user)  # fmt: skip
        except papers.FullError:
            form.add_error(None, _("There are %(number)d reports already. Please delete one.") % {"number": MOST_KEPT})
        else:
            return redirect("reports:detail", pk=made.pk)
    return _form(request, form, _("New report"), _crumbs((_("New report"), "")))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Other settings of a report."""
    found = _found(pk)
    form = ReportForm(request.POST if request.method == "POST" else None, user=request.user,
                      initial=initial_of(found, request.user))  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if keeping.change(found, given["title"], form.settings(), rhythm=given["rhythm"], readers=given["readers"],
                          by=request.user):  # fmt: skip
            messages.success(request, _("The changes are saved."))
        else:
            messages.warning(request, _("It is being made just now. Please wait for the end, then change it."))
        return redirect("reports:detail", pk=pk)
    title = _("Change “%(title)s”") % {"title": found.paper.title}
    steps = _crumbs((found.paper.title, reverse("reports:detail", args=[pk])), (_("Change"), ""))
    return _form(request, form, title, steps)


def _form(request: HttpRequest, form: ReportForm, heading: str, crumbs: list[dict[str, str]]) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "crumbs": crumbs,
        "mistakes": mistakes_of(form) if form.is_bound else [],
    }
    return render(request, "report/form.html", context, status=400 if form.is_bound else 200)


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it made in the background; a second click while it is being made changes nothing."""
    found = _found(pk)
    if libraries.missing():
        messages.warning(request, _("Nothing can be printed on this server yet: see below what is missing."))
    else:
        have_made(found.paper, by=request.user)
    return redirect("reports:detail", pk=pk)


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it no further."""
    if not making.stop(_found(pk).paper, by=request.user):
        messages.info(request, _("There was nothing to stop: it is not being made."))
    return redirect("reports:detail", pk=pk)


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a report with its file and its mails."""
    found = _found(pk)
    papers.remove(found.paper, by=request.user)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": found.paper.title})
    return redirect("reports:list")


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF."""
    return pdf_of(_found(pk).paper, fallback="bericht")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.VISITOR)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """No more mails about a report: by the button of the page, or by one press in a mail program (RFC 8058)."""
    number = reader_of(token)
    if number is None:
        return render(request, "report/unknown.html", status=404)
    if request.method == "POST":
        keeping.stop(number)
    return render(request, "report/unsubscribe.html", {"ended": not Reader.objects.filter(pk=number).exists()})
