"""In one's account: the same question for everything that is unchecked, what was said and asked, and what one wants to
hear."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from core.access import Role, allow, by_oneself
from core.middleware import roles_of
from core.numbers import whole_number
from portal.offers.editing import Confirmed, confirm_all
from portal.offers.models import Offer
from portal.offers.states import MACHINE, State
from portal.offers.upkeep import with_upkeep
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.providers.services import actors_of
from portal.providers.whose import whose
from portal.upkeep import digests, timeline
from portal.upkeep.ending import end
from portal.upkeep.forms import EndForm, WishesForm
from portal.upkeep.models import Digest, Stopped
from portal.upkeep.pages.check import end_page
from portal.upkeep.seeing import PER_PAGE, in_order, questions

LIST = "/konto/angebote/"
HERE = f"{LIST}aktuell/"
WRITERS = (Role.PROVIDER, Role.EDITOR, Role.ADMIN)


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


def _open(person: User) -> tuple[list[Provider], list[int]]:
    """What is unchecked or hidden of this person's organisations, in order."""
    providers = list(Provider.objects.kept_by(person))
    rows = with_upkeep(Offer.objects.filter(provider__in=providers)).filter(Q(unchecked=True) | Q(condition="hidden"))
    names = {each.pk: each.name for each in providers}
    found = rows.order_by().values_list("pk", "title", "provider_id")
    return providers, in_order((pk, title, names[provider]) for pk, title, provider in found)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PROVIDER)
def still_right(request: HttpRequest) -> HttpResponse:
    """Is everything still right? One button for one offer or for all."""
    person = _person(request)
    providers, found = _open(person)
    if request.method == "POST":
        return _confirm(request, person, found)
    number = request.GET.get("seite", "1")
    page = Paginator(found, PER_PAGE).get_page(number if len(number) < 9 else 1)
    context = {
        **whose(providers),
        "several": len(providers) > 1,
        "page": page,
        "questions": questions(list(page), end_url=f"{LIST}%d/ende/"),
        "number": len(found),
        "crumbs": [*_trail(), {"label": _("Check offers"), "url": ""}],
    }
    return render(request, "upkeep/own.html", context)


def _trail() -> list[dict[str, str]]:
    return [
        {"label": _("My account"), "url": "/konto/"},
        {"label": Preferences.current().offers_name, "url": LIST},
    ]


def _confirm(request: HttpRequest, person: User, found: list[int]) -> HttpResponse:
    """What is no longer open was said meanwhile: that is as good."""
    sent = request.POST.get("stimmt", "")
    if "alle" in request.POST:
        wanted = found
    elif (number := whole_number(sent)) is not None:
        wanted = [pk for pk in found if pk == number]
        if not wanted and not Offer.objects.editable_by(person).filter(pk=number).exists():
            raise Http404
    else:
        return redirect("upkeep:own")
    number = len(confirm_all(wanted, by=person, how=Confirmed.SIGNED_IN))
    if number:
        said = ngettext(
            "Thank you. %(number)d offer is confirmed.", "Thank you. %(number)d offers are confirmed.", number
        )
        messages.success(request, said % {"number": number})
    return redirect("upkeep:own")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*WRITERS)
def over(request: HttpRequest, pk: int) -> HttpResponse:
    """“Gibt es nicht mehr”: from when on? For those who lead the organisation."""
    person = _person(request)
    offer = get_object_or_404(Offer.objects.select_related("provider").editable_by(person), pk=pk)
    if offer.state not in {State.PUBLISHED, State.PAUSED}:
        raise Http404
    if not MACHINE.who(offer.state, State.ARCHIVED) & actors_of(person, offer.provider):
        messages.warning(request, _("Only those who lead your organisation here can end an offer. You can pause it."))
        return redirect(f"{LIST}{pk}/aenderung/")
    back = HERE if Role.PROVIDER in roles_of(request) else f"{LIST}{pk}/aenderung/"
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        end(offer, form.cleaned_data["tag"], by=person, user=person)
        messages.success(request, _("Saved. It stays among your offers, and you can copy it."))
        return redirect(back)
    return end_page(request, offer, form, back=back, template="upkeep/own_end.html")


@require_safe
@allow(*WRITERS)
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """When somebody looked at an offer, in which way, and when its people were reminded."""
    offer = get_object_or_404(Offer.objects.select_related("provider").editable_by(_person(request)), pk=pk)
    page = {"label": offer.title, "url": f"{LIST}{pk}/aenderung/"}
    trail = _trail() if Role.PROVIDER in roles_of(request) else []
    context = {
        "offer": offer,
        "organisation": offer.provider.name,
        "lines": timeline.of(offer),
        "crumbs": [*trail, page, {"label": _("Checks"), "url": ""}],
    }
    return render(request, "upkeep/log.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PROVIDER)
@by_oneself
def wishes(request: HttpRequest) -> HttpResponse:
    """The summary by mail, and whether to be reminded."""
    person = _person(request)
    digest = Digest.objects.filter(pk=person.pk).first()
    stopped = Stopped.objects.filter(address=person.email.lower())
    initial = {"often": digest.often if digest else "", "reminders": not stopped.exists()}
    form = WishesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        digests.wish(person, form.cleaned_data["often"])
        if form.cleaned_data["reminders"]:
            stopped.delete()
        else:
            Stopped.objects.get_or_create(address=person.email.lower())
        messages.success(request, _("Saved."))
        return redirect("upkeep:wishes")
    return render(request, "upkeep/wishes.html", {"form": form}, status=400 if form.is_bound else 200)
