"""The mails of subscriptions. Each is written into the outbox in the transaction of what causes it."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mail.services import post_kind
from portal.feedback import spam
from portal.offers.cards import card_rows, cards
from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.subscriptions import links
from portal.subscriptions.models import Subscription
from portal.subscriptions.searches import Stored, read_row
from portal.subscriptions.tokens import confirm_token, manage_token
from portal.taxonomy.tree import load_tree
from tenants.urls import own_address
from theming.cards import OfferCard

# A mail with more is no news but a catalogue: the rest is a link.
MOST_LISTED = 30


def search_words(stored: Stored) -> str:
    """The search in one line."""
    return " · ".join(stored.labels) or _("everything new in the portal")


def _send(subscription: Subscription, kind: str, context: dict[str, Any], *, one_click: bool = False) -> None:
    """Word a mail in the subscriber's language and write it into the outbox."""
    address = own_address()
    manage = f"{address}angebote/abo/{manage_token(subscription)}/"
    with translation.override(subscription.language):
        stored = read_row(subscription.query)
        values = {
            "search": search_words(stored),
            "search_link": address + stored.address.lstrip("/"),
            "manage_link": manage,
            "stop_link": f"{manage}abmelden/",
            **context,
        }
    headers = links.one_click(f"{manage}abmelden/") if one_click else {}
    key = f"subscription_{kind}"
    post_kind(key, to=subscription.email, values=values, language=subscription.language, headers=headers)


def _harmless(subscription: Subscription) -> dict[str, str]:
    """The search as it may be told to an address nobody proved to be theirs: with a web address in it, it could be
    somebody's advertisement."""
    return {"search": "…"} if spam.links_in(QueryDict(subscription.query).get("q", "")) else {}


def ask_to_confirm(subscription: Subscription) -> None:
    """The first mail: it says nothing but what was asked for."""
    link = f"{own_address()}angebote/abo/bestaetigen/{confirm_token(subscription)}/"
    _send(subscription, "confirm", {"link": link, **_harmless(subscription)})


def say_it_exists(subscription: Subscription) -> None:
    """Somebody asked for what they have already: the way to change or end it."""
    _send(subscription, "exists", _harmless(subscription))


def ask_to_go_on(subscription: Subscription) -> None:
    """Before a subscription ends by itself."""
    with translation.override(subscription.language):
        day = date_format(localtime(subscription.expires_at), "DATE_FORMAT")
    _send(subscription, "renew", {"day": day}, one_click=True)


def tell(subscription: Subscription, ids: Sequence[int]) -> None:
    """The new offers; more than a mail can hold are behind the link to the search."""
    found = card_rows(Offer.objects.current().filter(pk__in=ids[:MOST_LISTED]))
    rows = [found[pk] for pk in ids[:MOST_LISTED] if pk in found]
    names = Preferences.load()
    with translation.override(subscription.language):
        base = own_address().rstrip("/")
        listed = [_lines(each, base) for each in cards(rows, tree=load_tree(), names=names)]
    context = {
        "offers": "\n\n".join(listed),
        "number": len(ids),
        "more": len(ids) - len(rows) or "",
        "things": names.offer_name if len(ids) == 1 else names.offers_name,
    }
    _send(subscription, "news", context, one_click=True)


def _lines(card: OfferCard, base: str) -> str:
    about = " · ".join(str(part) for part in (card.when, card.place, card.price) if part)
    return "\n".join(str(line) for line in (card.title, about, card.provider, base + card.url) if line)
