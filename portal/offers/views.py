"""The page of one offer, its QR code and its preview picture. (Those of a provider: profile_views.py.)"""

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.text import Spoken
from portal.offers import qr
from portal.offers.cards import card_rows, cards
from portal.offers.detail import coming_dates, mail_link, offer_page
from portal.offers.models import Location, Offer
from portal.offers.similar import similar_to
from portal.offers.sources import TRANSLATED, offer_texts
from portal.offers.states import State
from portal.offers.structured import offer_data
from portal.offers.visibility import Visibility, offer_visibility
from portal.pages.views import moved
from portal.preferences.models import Preferences
from portal.providers.models import State as ProviderState
from portal.taxonomy.tree import Tree, load_tree
from portal.translation.texts import shown
from tenants.running.hosts import municipality_of
from theming.cards import OfferCard
from theming.head import Head, Picture, breadcrumbs, site_url
from theming.preview import HEIGHT, WIDTH, preview
from theming.services import current_theme

A_DAY = "public, max-age=86400"


def found_offer(pk: int, names: Preferences) -> tuple[Offer, Visibility]:
    """The offer and how it may be shown; 404 for what the public must not know of. One query."""
    offer = get_object_or_404(Offer.objects.select_related("provider__carrier"), pk=pk)
    visibility = offer_visibility(offer, now=timezone.now(), days=names.gone_after_days)
    if visibility == Visibility.HIDDEN:
        raise Http404
    return offer, visibility


@require_safe
@allow(Role.VISITOR)
def show(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Everything a person needs to take part; when it is over or withdrawn, what there is instead."""
    names = Preferences.current()
    try:
        offer, visibility = found_offer(pk, names)
    except Http404:
        # Of two that were the same the other one was kept: its address stands among the redirects.
        return moved(request)
    if visibility in {Visibility.SHOWN, Visibility.OVER} and slug != offer.slug:
        return redirect(offer, permanent=True)
    tree = load_tree()
    places = Prefetch("locations", Location.objects.select_related("district"))
    prefetch_related_objects([offer], "categories", places)
    if visibility in {Visibility.WITHDRAWN, Visibility.GONE}:
        return withdrawn(request, offer, slug, visibility, tree=tree, names=names)
    similar = similar_to(offer, tree)
    prefetch_related_objects([offer], "images", "target_groups", "schedules", "markers")
    now = timezone.now()
    dates = coming_dates(offer, now=now)
    translation = shown(request, "angebot", offer.pk, offer.get_absolute_url(), offer_texts(offer))
    translation.put_into(offer, TRANSLATED)
    context: dict[str, Any] = {
        "preferences": names,
        "offer": offer,
        "translation": translation,
        "similar": similar_cards(similar, tree=tree, names=names),
        **offer_page(offer, dates, tree=tree, names=names, now=now),
    }
    base = site_url(request)
    url = base + offer.get_absolute_url()
    context |= {"url": url, "qr": qr.qr_inline(url), "mail_url": mail_link(offer.title, url)}
    picture = picture_of(offer, context["hero"], base)
    town = municipality_of(request).name
    data = offer_data(offer, dates, base=base, town=town, picture=picture.url, abroad=tree.abroad)
    context["head"] = Head(
        title=f"{offer.title} – {offer.provider.name}",
        description=context["summary_line"],
        canonical=url,
        picture=picture,
        kind="article",
        listed=visibility == Visibility.SHOWN,
        data=[data, breadcrumbs(context["crumbs"], base=base, home=_("Home"))],
    )
    return render(request, "offers/detail.html", context)


def withdrawn(
    request: HttpRequest, offer: Offer, slug: str, visibility: Visibility, *, tree: Tree, names: Preferences
) -> HttpResponse:
    """A notice and alternatives. The title is told only to those whose link has its words already: it may have been
    changed since, and nobody approved that. Persons, places and texts are not told at all."""
    similar = similar_to(offer, tree, near=False)
    provider = offer.provider if offer.provider.state == ProviderState.PUBLISHED else None
    context = {
        "preferences": names,
        "title": offer.title if slug == offer.slug else "",
        "provider": provider,
        "ended": offer.is_published,
        "unchecked": offer.state == State.PUBLISHED and offer.hidden_at is not None,
        "similar": similar_cards(similar, tree=tree, names=names),
        "crumbs": [
            {"label": names.offers_name, "url": "/angebote/"},
            {"label": Spoken(offer.title) if slug == offer.slug else _("no longer available"), "url": ""},
        ],
    }
    return render(request, "offers/withdrawn.html", context, status=410 if visibility == Visibility.GONE else 200)


def similar_cards(offers: list[Offer], *, tree: Tree, names: Preferences) -> list[OfferCard]:
    """Cards of similar offers, in their order."""
    if not offers:
        return []
    ids = [offer.pk for offer in offers]
    rows = card_rows(Offer.objects.filter(pk__in=ids))
    return cards([rows[pk] for pk in ids if pk in rows], tree=tree, names=names)


def picture_of(offer: Offer, hero: Any, base: str) -> Picture:
    """For previews: the offer's large picture, else one that is drawn."""
    if hero is not None:
        return Picture(base + hero.image.url, hero.width, hero.height, hero.alt_text)
    return Picture(f"{base}{offer.get_absolute_url()}bild.png", WIDTH, HEIGHT, offer.title)


def public_offer(pk: int, slug: str) -> Offer:
    """An offer whose page tells everything; its slug must be right, so that each file has one address."""
    offer, visibility = found_offer(pk, Preferences.current())
    if slug != offer.slug or visibility not in {Visibility.SHOWN, Visibility.OVER}:
        raise Http404
    return offer


@require_safe
@allow(Role.VISITOR)
def qr_code(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The address of the page as an SVG file, for posters."""
    offer = public_offer(pk, slug)
    drawing = qr.qr_file(site_url(request) + offer.get_absolute_url())
    return HttpResponse(drawing, content_type="image/svg+xml", headers={"Cache-Control": A_DAY})


@require_safe
@allow(Role.VISITOR)
def picture(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The picture shown beside a link to the page."""
    offer = public_offer(pk, slug)
    theme = current_theme()
    drawn = preview(offer.title, kicker=offer.provider.name, name=theme.portal_name, look=theme.look)
    return HttpResponse(drawn, content_type="image/png", headers={"Cache-Control": A_DAY})
