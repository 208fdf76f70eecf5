"""A profile as residents would see it: the public page of a text that is not public yet.

The text is written to the row and taken back, so it is that page and not a picture of it (see
`portal.authoring.seeing`).
"""

from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.ordering import ByName
from portal.offers.cards import card_rows, cards
from portal.offers.models import Offer
from portal.offers.profile import provider_page
from portal.offers.profile_views import page_of
from portal.offers.qr import qr_inline
from portal.preferences.models import Preferences
from portal.providers import snapshot
from portal.providers.models import Provider
from portal.revisions.kinds import Content
from portal.taxonomy.tree import load_tree
from theming.head import site_url

_RELATED = ("opening_hours", "facts", "images", "categories")


def profile_preview(request: HttpRequest, provider: Provider, content: Content, *, back: str) -> HttpResponse:
    """The public page as it would be with this text. Nothing of it stays; `back` is where the reader came from."""
    wanted = {**content, "name": content["name"] or _("Organisation without a name")}
    rows = Provider.objects.select_related("carrier", "district")
    with transaction.atomic():
        row = Provider.objects.select_for_update(of=("self",)).get(pk=provider.pk)
        if snapshot.take(row) != wanted:
            snapshot.apply(row, wanted, searchable=False)
        seen = render(request, "authoring/profile/preview.html", _context(request, rows.get(pk=row.pk), back))
        transaction.set_rollback(True)
    return seen


def _context(request: HttpRequest, row: Provider, back: str) -> dict[str, Any]:
    prefetch_related_objects([row], *_RELATED)
    names, tree = Preferences.current(), load_tree()
    own = Offer.objects.current().filter(provider=row).order_by(ByName("title"), "pk")
    current = page_of(own, "1")
    found = cards(card_rows(own.filter(pk__in=[offer.pk for offer in current])).values(), tree=tree, names=names)
    url = site_url(request) + row.get_absolute_url()
    return {
        "preferences": names,
        "provider": row,
        "translation": None,
        "current": current,
        "cards": found,
        "over": None,
        "over_open": False,
        "url": url,
        "qr": qr_inline(url),
        "mail_url": "",
        "webcal_url": "",
        **provider_page(row, tree=tree, names=names, now=timezone.now()),
        "back": back,
        "framed": "rahmen" in request.GET,
    }
