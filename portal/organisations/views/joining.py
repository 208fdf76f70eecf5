"""Deciding on who asked to join: on the page of the people, or where nobody is responsible on the editors' desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow, by_oneself, is_editor
from core.work import following
from portal.organisations import joining
from portal.organisations.errors import NotPossibleError
from portal.organisations.forms import ReasonForm
from portal.organisations.models import JoinRequest
from portal.organisations.views.around import PEOPLE_AND_EDITORS, person
from portal.organisations.views.people import address, refused_page
from portal.organisations.work import KIND
from portal.providers.models import Membership, Provider

DESK = "/redaktion/beitritte/"
MOST_SHOWN = 100


def _asked(request: HttpRequest, pk: int) -> JoinRequest:
    """A request this person decides on; 404 for everybody else."""
    own = Provider.objects.editable_by(person(request))
    found: JoinRequest = get_object_or_404(
        JoinRequest.objects.select_related("provider", "user"), pk=pk, provider__in=own
    )
    return found


def _back(request: HttpRequest, asked: JoinRequest) -> str:
    """To where the person came from: the desk is for editors who do not belong to the organisation."""
    belongs = Membership.objects.filter(provider=asked.provider, user=person(request)).exists()
    return DESK if is_editor(request.user) and not belongs else address(asked.provider)


@require_POST
@by_oneself
@allow(*PEOPLE_AND_EDITORS)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody in."""
    asked = _asked(request, pk)
    try:
        joining.accept(asked, by=person(request))
    except NotPossibleError as error:
        messages.warning(request, str(error))
    else:
        said = _("%(person)s belongs to “%(name)s” now.") % {"person": asked.user, "name": asked.provider}
        messages.success(request, said)
    return redirect(following(request, KIND, pk) or _back(request, asked))


@require_POST
@by_oneself
@allow(*PEOPLE_AND_EDITORS)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, and why."""
    asked = _asked(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        back = _back(request, asked)
        return _desk(request, asked, form) if back == DESK else refused_page(request, asked, form)
    try:
        joining.refuse(asked, by=person(request), reason=form.cleaned_data["reason"])
    except NotPossibleError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("%(person)s gets your answer by mail.") % {"person": asked.user})
    return redirect(following(request, KIND, pk) or _back(request, asked))


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def desk(request: HttpRequest) -> HttpResponse:
    """Who wants to join an organisation in which nobody can decide, the oldest first."""
    return _desk(request)


def _desk(request: HttpRequest, refused: JoinRequest | None = None, form: ReasonForm | None = None) -> HttpResponse:
    waiting = JoinRequest.objects.for_the_editors().select_related("provider", "user")
    rows = list(waiting[:MOST_SHOWN])
    if refused is not None and refused not in rows:
        rows = [refused, *rows]
    context = {
        "rows": rows,
        "number": waiting.count(),
        "refused": refused,
        "reason_form": form or ReasonForm(),
        "crumbs": [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": _("Requests to join"), "url": ""}],
    }
    return render(request, "organisations/desk.html", context, status=400 if form is not None else 200)
