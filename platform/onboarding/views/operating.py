"""The operator's pages: applications, one application with its way, the host names of a municipality. None asks a
schema; what takes long is a job."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from onboarding import papers, reminding, services, tasks
from onboarding.forms import AcceptForm, HostForm, RefuseForm
from onboarding.models import Acceptance, Application, ApplicationState
from onboarding.views import common
from onboarding.way import way_of
from tenants.lifecycle.domains import hosts_of
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.urls import address_of

PER_PAGE = 50
_FILTERS: dict[str, tuple[str, ...]] = {
    "offen": (ApplicationState.CONFIRMED, ApplicationState.FAILED),
    "aufbau": (ApplicationState.ACCEPTED, ApplicationState.MADE),
    "live": (ApplicationState.LIVE,),
    "abgelehnt": (ApplicationState.REFUSED,),
}


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    trail = [(_("Operations"), "/betrieb/"), (_("Applications"), "/betrieb/antraege/" if more else ""), *more]
    return [{"label": label, "url": url} for label, url in trail]


@require_safe
@allow(Role.OPERATOR)
def overview(request: HttpRequest) -> HttpResponse:
    """What is to be decided, what is being set up, and the rest; whose address is not confirmed is not shown."""
    chosen = request.GET.get("zustand", "")
    shown = Application.objects.exclude(state=ApplicationState.NEW).defer("words").select_related("municipality")
    if chosen in _FILTERS:
        shown = shown.filter(state__in=_FILTERS[chosen])
    labels = {
        "": pgettext("applications", "all"),
        "offen": pgettext("applications", "to be decided"),
        "aufbau": pgettext("applications", "being set up"),
        "live": pgettext("applications", "live"),
        "abgelehnt": pgettext("applications", "refused"),
    }
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "crumbs": _crumbs(),
        "page": page,
        "rows": [{"it": each, "next": _headline(each)} for each in page],
        "filters": [{"slug": slug, "label": label, "current": slug == chosen} for slug, label in labels.items()],
        "to_decide": Application.objects.to_decide().count(),
        "papers": papers.current(),
    }
    return render(request, "onboarding/overview.html", context)


def _headline(application: Application) -> str:
    """Who is next, for those that are under way: few at once."""
    return way_of(application).headline if application.state == ApplicationState.MADE else ""


@require_safe
@allow(Role.OPERATOR)
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One application: what was said, what to decide, and the way to the start."""
    return _application(request, get_object_or_404(Application, pk=pk))


def _application(
    request: HttpRequest,
    found: Application,
    *,
    accept_form: AcceptForm | None = None,
    refuse_form: RefuseForm | None = None,
) -> HttpResponse:
    town = found.municipality
    context: dict[str, Any] = {
        "crumbs": _crumbs((found.name, "")),
        "application": found,
        "way": way_of(found),
        "accept_form": accept_form or AcceptForm(initial={"slug": found.slug, "template": found.template}),
        "refuse_form": refuse_form or RefuseForm(),
        "town": town,
        "hosts": [{"it": each, "url": address_of(each.name)} for each in hosts_of(town.pk)] if town else [],
        "acceptances": papers.accepted_by(found.municipality_id),
        "moves": found.state == ApplicationState.ACCEPTED,
        "commands": _commands(found),
    }
    failed = bool((accept_form and accept_form.errors) or (refuse_form and refuse_form.errors))
    answer = render(request, "onboarding/application.html", context, status=400 if failed else 200)
    if getattr(request, "htmx", False) and not context["moves"]:
        answer["HX-Refresh"] = "true"
    return answer


def _commands(found: Application) -> list[tuple[str, str]]:
    if found.is_to_decide:
        return [
            (f"manage applications --accept {found.pk} --slug {found.slug}", _("accept it")),
            (f"manage applications --refuse {found.pk} --reason …", _("refuse it")),
        ]
    if found.state == ApplicationState.MADE:
        return [
            (f"manage setting_up {found.slug}", _("look at the checklist now")),
            (f"manage domains {found.slug} --wish HOST", _("wish for a host name")),
            (f"manage setting_up {found.slug} --open", _("open the portal to everybody")),
        ]
    return []


@require_POST
@allow(Role.OPERATOR)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the portal made."""
    found = get_object_or_404(Application, pk=pk)
    form = AcceptForm(request.POST)
    if form.is_valid():
        try:
            services.accept(pk, slug=form.cleaned_data["slug"], template=form.cleaned_data["template"], by=request.user)
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Accepted. The portal is being made."))
            return redirect("onboarding:application", pk)
    return _application(request, found, accept_form=form)


@require_POST
@allow(Role.OPERATOR)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, with the reason."""
    found = get_object_or_404(Application, pk=pk)
    form = RefuseForm(request.POST)
    if form.is_valid():
        try:
            services.refuse(pk, reason=form.cleaned_data["reason"], by=request.user)
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Refused. The applicant gets the reason by mail."))
            return redirect("onboarding:application", pk)
    return _application(request, found, refuse_form=form)


@require_POST
@allow(Role.OPERATOR)
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the checklist looked at now, and the host names too."""
    found = get_object_or_404(Application, pk=pk, state=ApplicationState.MADE, municipality__isnull=False)
    tasks.look.defer_once(about=found.slug, slug=found.slug)
    for claim in Municipality.objects.get(application=found).claims.all().open():
        tasks.check_domain.defer_once(about=claim.pk, claim=claim.pk)
    messages.success(request, _("A job looks now; reload this page in a moment."))
    return redirect("onboarding:application", pk)


@require_POST
@allow(Role.OPERATOR)
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the contact person what is next."""
    found = get_object_or_404(Application, pk=pk)
    try:
        reminding.remind(found.pk, by=request.user)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The reminder is on its way."))
    return redirect("onboarding:application", pk)


@require_POST
@allow(Role.OPERATOR)
def open_portal(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the portal opened; the job looks once more and says what is missing."""
    found = get_object_or_404(Application, pk=pk, state=ApplicationState.MADE, municipality__isnull=False)
    tasks.open_portal.defer(slug=found.slug, by=request.user.email)  # type: ignore[union-attr]  # signed in
    messages.success(request, _("A job looks once more and opens the portal; reload this page in a moment."))
    return redirect("onboarding:application", pk)


@require_safe
@allow(Role.OPERATOR)
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """The PDF of an accepted paper."""
    return common.pdf_of(get_object_or_404(Acceptance.objects.select_related("paper"), pk=number))


@require_safe
@allow(Role.OPERATOR)
def hosts(request: HttpRequest, slug: str) -> HttpResponse:
    """The host names of a municipality, as its administrators see them."""
    return _hosts(request, _town(slug))


def _town(slug: str) -> Municipality:
    town = Municipality.objects.filter(slug=slug).first()
    if town is None:
        raise Http404
    return town


def _hosts(request: HttpRequest, town: Municipality, *, form: HostForm | None = None) -> HttpResponse:
    trail = [(_("Operations"), "/betrieb/"), (_("Municipalities"), "/betrieb/kommunen/"),
             (town.name, f"/betrieb/kommunen/{town.slug}/"), (_("Addresses"), "")]  # fmt: skip
    context = {
        **common.hosts_context(town.pk, form),
        "crumbs": [{"label": label, "url": url} for label, url in trail],
        "town": town,
        "change_url": f"/betrieb/kommunen/{town.slug}/adressen/aendern/",
    }
    return render(request, "onboarding/operator_hosts.html", context, status=400 if form and form.errors else 200)


@require_POST
@allow(Role.OPERATOR)
def change_host(request: HttpRequest, slug: str) -> HttpResponse:
    """Wish for one, have it looked at, make it the canonical one, give it back."""
    town = _town(slug)
    form = common.change_host(request, town.slug)
    return redirect("onboarding:hosts", slug) if form is None else _hosts(request, town, form=form)
