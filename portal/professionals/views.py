"""What professionals read. Like the forms for everybody, asking acts with nobody's authority (`portal.feedback.views`):
no session, no cookie, hence `csrf_exempt`."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Role, allow
from core.html import plain_text
from core.ordering import ByName
from core.text import Spoken
from portal.feedback import spam
from portal.newsletter.models import Newsletter
from portal.pages.models import PROFESSIONALS, Page
from portal.pages.views import context_of
from portal.professionals import asking
from portal.professionals.forms import JoinForm
from portal.professionals.networks import Network, network, networks
from theming.head import Head, Picture, breadcrumbs, shortened, site_url
from theming.preview import HEIGHT, WIDTH
from theming.services import current_theme

AREA = f"/{PROFESSIONALS}/"


@require_safe
@allow(Role.VISITOR)
def area(request: HttpRequest) -> HttpResponse:
    """What there is for professionals; a page of this address introduces it. Where there is nothing, no area."""
    own = Page.objects.public().filter(slug=PROFESSIONALS).first()
    context: dict[str, Any] = {
        "networks": networks(),
        "pages": [_listed(page) for page in Page.objects.professional().order_by("position", ByName("title"), "pk")],
        "newsletters": list(Newsletter.objects.offered().for_professionals()),
    }
    if own is None and not any(context.values()):
        raise Http404
    context |= context_of(request, own) if own is not None else _without_a_page(request)
    return render(request, "professionals/area.html", context)


def _listed(page: Page) -> dict[str, str]:
    return {"title": page.title, "url": page.get_absolute_url(), "about": shortened(plain_text(page.body))}


def _without_a_page(request: HttpRequest) -> dict[str, Any]:
    base, title = site_url(request), _("For professionals")
    crumbs = [{"label": title, "url": ""}]
    head = Head(
        title=title,
        description=_("Information, networks and contacts for people who work with residents."),
        canonical=base + AREA,
        picture=Picture(f"{base}/vorschau.png", WIDTH, HEIGHT, current_theme().portal_name),
        kind="article",
        data=[breadcrumbs(crumbs, base=base, home=_("Home"))],
    )
    return {"head": head, "crumbs": crumbs}


def _known(key: str) -> Network:
    found = network(key)
    if found is None:
        raise Http404
    return found


@csrf_exempt
@require_http_methods(("GET", "HEAD", "POST"))
@allow(Role.VISITOR)
def join(request: HttpRequest, key: str) -> HttpResponse:
    """Ask to take part in a network."""
    found = _known(key)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _sent(request, form, found):
        return redirect("professionals:asked", key)
    crumbs = [
        {"label": _("For professionals"), "url": AREA},
        {"label": Spoken(found.data["title"]), "url": found.url},
        {"label": _("Take part"), "url": ""},
    ]
    context = {"network": found, "form": form, "token": form.token, "crumbs": crumbs}
    response = render(request, "professionals/join.html", context)
    # The signed time belongs to one visitor: the page cache leaves such answers alone.
    response["Cache-Control"] = "private, no-cache"
    return response


def _sent(request: HttpRequest, form: JoinForm, found: Network) -> bool:
    """Whether it was sent, once, however often somebody pressed; what is too much is said in the form."""
    said = form.cleaned_data
    with transaction.atomic():
        text = "\n".join(said[name] for name in form.field_order)
        verdict = spam.judge(request, target=f"network {found.key}", text=text)
        if verdict == spam.Verdict.WELCOME:
            asking.ask(found, **said)
    if verdict == spam.Verdict.TOO_MANY:
        sentence = _("Too many messages came from your network. Your text is still here: try later, or call.")
        form.add_error(None, ValidationError(sentence))
    return verdict != spam.Verdict.TOO_MANY


@require_safe
@allow(Role.VISITOR)
def asked(request: HttpRequest, key: str) -> HttpResponse:
    """It is on its way."""
    return render(request, "professionals/asked.html", {"network": _known(key)})
