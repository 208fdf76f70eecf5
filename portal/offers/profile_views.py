"""The page of a provider with its offers, which is why it lives here and not a floor below."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.ordering import ByName
from portal.offers import qr
from portal.offers.cards import card_rows, cards
from portal.offers.detail import mail_link
from portal.offers.models import Offer
from portal.offers.profile import provider_page
from portal.offers.structured import provider_data
from portal.offers.views import A_DAY
from portal.offers.visibility import Visibility, provider_visibility
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.providers.sources import TRANSLATED, provider_texts
from portal.taxonomy.tree import load_tree
from portal.translation.texts import shown
from theming.head import Head, Picture, breadcrumbs, site_url
from theming.preview import HEIGHT, WIDTH, preview
from theming.services import current_theme

PAGE_SIZE = 60
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def found_provider(pk: int, names: Preferences) -> tuple[Provider, Visibility]:
    """The provider and how it may be shown; 404 for what the public must not know of. One query."""
    provider = get_object_or_404(Provider.objects.select_related("carrier", "district"), pk=pk)
    if provider.merged_into is not None:
        raise Http404
    visibility = provider_visibility(provider, now=timezone.now(), days=names.gone_after_days)
    if visibility == Visibility.HIDDEN:
        raise Http404
    return provider, visibility


def leads_on(tail: str) -> Callable[[View], View]:
    """An entry that was merged into another one answers with that one's address, `tail` added; asked only where there
    is no page any more, so that other pages cost nothing more."""

    def around(view: View) -> View:
        @wraps(view)
        def led(request: HttpRequest, pk: int, slug: str) -> HttpResponseBase:
            try:
                return view(request, pk, slug)
            except Http404:
                newer = newer_address(pk)
                if newer:
                    return redirect(newer + tail, permanent=True)
                raise

        return cast("View", led)

    return around


def newer_address(pk: int) -> str:
    """The page of the entry that this one was merged into, where the public may know of it; else "". Merging keeps
    older entries pointing at the last one, so one step is enough."""
    targets = Provider.objects.filter(pk__in=Provider.objects.filter(pk=pk).values("merged_into"))
    found = targets.first()
    if found is None:
        return ""
    days = Preferences.current().gone_after_days
    hidden = provider_visibility(found, now=timezone.now(), days=days) == Visibility.HIDDEN
    return "" if hidden else found.get_absolute_url()


def page_of(offers: QuerySet[Offer], number: str) -> Page[Offer]:
    """One page; whatever is no number of a page gives the first or the last."""
    return Paginator(offers, PAGE_SIZE).get_page(number if len(number) < 10 else 1)


def past_offers(provider: Provider, names: Preferences) -> QuerySet[Offer]:
    """What is over, the latest first, as long as its pages still answer."""
    since = timezone.now() - timedelta(days=names.gone_after_days)
    return Offer.objects.over().filter(provider=provider, ends_at__gte=since).order_by("-ends_at", "pk")


@require_safe
@allow(Role.VISITOR)
@leads_on("")
def show(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """A provider's profile with what it offers now and what is over."""
    names = Preferences.current()
    provider, visibility = found_provider(pk, names)
    if visibility != Visibility.SHOWN:
        return withdrawn(request, provider, slug, visibility, names)
    if slug != provider.slug:
        return redirect(provider, permanent=True)
    prefetch_related_objects([provider], "opening_hours", "facts", "images", "categories")
    translation = shown(request, "anbieter", provider.pk, provider.get_absolute_url(), provider_texts(provider))
    translation.put_into(provider, TRANSLATED)
    tree = load_tree()
    own = Offer.objects.current().filter(provider=provider).order_by(ByName("title"), "pk")
    current = page_of(own, request.GET.get("seite", "1"))
    rows = card_rows(own.filter(pk__in=[offer.pk for offer in current]))
    over = page_of(past_offers(provider, names), request.GET.get("vorbei", "1"))
    base = site_url(request)
    url = base + provider.get_absolute_url()
    context: dict[str, Any] = {
        "preferences": names,
        "provider": provider,
        "translation": translation,
        "current": current,
        # Whose they are, the page says once.
        "cards": [replace(card, provider="") for card in cards(rows.values(), tree=tree, names=names)],
        "over": over,
        "over_open": "vorbei" in request.GET,
        "url": url,
        "qr": qr.qr_inline(url),
        "mail_url": mail_link(provider.name, url),
        "webcal_url": f"webcal://{url.split('://', 1)[1]}termine.ics",
        **provider_page(provider, tree=tree, names=names, now=timezone.now()),
    }
    context["head"] = head_of(provider, context, base=base, url=url)
    return render(request, "providers/detail.html", context)


def head_of(provider: Provider, context: dict[str, Any], *, base: str, url: str) -> Head:
    """Further pages of the offers are not listed: the first stands for all."""
    picture = Picture(f"{url}bild.png", WIDTH, HEIGHT, provider.name)
    if context["pictures"]:
        first = context["pictures"][0]
        picture = Picture(base + first.image.url, first.width, first.height, first.alt_text)
    return Head(
        title=provider.name,
        description=context["summary_line"],
        canonical=url,
        picture=picture,
        kind="profile",
        listed=context["current"].number == 1 and not context["over_open"],
        data=[
            provider_data(provider, base=base, picture=picture.url),
            breadcrumbs(context["crumbs"], base=base, home=_("Home")),
        ],
    )


def withdrawn(
    request: HttpRequest, provider: Provider, slug: str, visibility: Visibility, names: Preferences
) -> HttpResponse:
    """A notice. The name is told only to those whose link has its words already."""
    name = provider.name if slug == provider.slug else ""
    context = {
        "preferences": names,
        "name": name,
        "crumbs": [
            {"label": names.providers_name, "url": "/anbieter/"},
            {"label": name or _("no longer available"), "url": ""},
        ],
    }
    return render(request, "providers/withdrawn.html", context, status=410 if visibility == Visibility.GONE else 200)


@require_safe
@allow(Role.VISITOR)
@leads_on("bild.png")
def picture(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The picture shown beside a link to the page."""
    provider, visibility = found_provider(pk, Preferences.current())
    if slug != provider.slug or visibility != Visibility.SHOWN:
        raise Http404
    theme = current_theme()
    drawn = preview(provider.name, kicker=provider.tagline, name=theme.portal_name, look=theme.look)
    return HttpResponse(drawn, content_type="image/png", headers={"Cache-Control": A_DAY})
