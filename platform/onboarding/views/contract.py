"""The papers of the contract, for the administrators of a municipality: read, accept, take along."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Permission, allow
from onboarding import papers
from onboarding.forms import PaperForm
from onboarding.models import Acceptance
from onboarding.pdf import as_html
from onboarding.views import common
from portal.site.crumbs import crumbs
from tenants.refused import RefusedError
from tenants.running.context import inside_public
from tenants.running.hosts import municipality_of


@require_safe
@allow(Permission.CONTRACT)
def overview(request: HttpRequest) -> HttpResponse:
    """The papers in their present version, and everything that was accepted."""
    with inside_public():
        current, accepted = papers.current(), papers.accepted_by(municipality_of(request).id)
    done = {each.paper_id: each for each in accepted}
    context = {
        "rows": [{"paper": each, "acceptance": done.get(each.pk)} for each in current],
        "older": [each for each in accepted if each.paper_id not in {paper.pk for paper in current}],
        "crumbs": crumbs((_("Contract"), "")),
    }
    return render(request, "onboarding/contract.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTRACT)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a paper in its present version and accept it."""
    site = municipality_of(request)
    with inside_public():
        found = next((each for each in papers.current() if each.pk == pk), None)
        acceptance = next((each for each in papers.accepted_by(site.id) if each.paper_id == pk), None)
    if found is None:
        raise Http404
    user: Any = request.user
    form = PaperForm(request.POST if request.method == "POST" else None, initial={"person": user.name})
    if request.method == "POST" and acceptance is None and form.is_valid():
        try:
            person, office = form.cleaned_data["person"], form.cleaned_data["office"]
            papers.accept(site.slug, pk, person=person, office=office, email=user.email)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Accepted. The PDF is here in a moment."))
        return redirect("onboarding:contract")
    title = f"{found.get_kind_display()}"
    context = {
        "paper": found,
        "acceptance": acceptance,
        "body": as_html(found.text),
        "form": form,
        "crumbs": crumbs((_("Contract"), "/redaktion/vertrag/"), (title, "")),
    }
    return render(request, "onboarding/read_paper.html", context, status=400 if form.errors else 200)


@require_safe
@allow(Permission.CONTRACT)
def fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of a paper this municipality accepted."""
    with inside_public():
        found = (
            Acceptance.objects.select_related("paper").filter(pk=pk, municipality=municipality_of(request).id).first()
        )
    if found is None:
        raise Http404
    return common.pdf_of(found)
