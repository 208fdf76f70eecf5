"""Two that may be one, side by side: line by line, with what is alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.html import plain_text
from core.ordering import name_key
from core.text import fold
from portal.offers.models import Offer
from portal.offers.schedule_words import schedule_sentences
from portal.offers.states import State
from portal.providers.models import Membership, Provider
from portal.quality.doors import edit_url
from portal.quality.models import Pair, Subject
from portal.usage.figures import views_of

SHORT = 280


@dataclass(frozen=True, slots=True)
class Line:
    """One thing two entries say."""

    label: str
    value: str
    alike: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    pk: int
    title: str
    url: str
    edit: str
    note: str
    lines: Sequence[Line]


Told = tuple[str, str, str, list[tuple[str, str]]]


def sides_of(pair: Pair) -> tuple[Side, Side] | None:
    """Both, or None where one of them is no longer public. A fixed number of statements."""
    rows = _offers(pair) if pair.kind == Subject.OFFER else _providers(pair)
    if set(rows) != {pair.first_id, pair.second_id}:
        return None
    first, second = rows[pair.first_id], rows[pair.second_id]
    return _side(pair, pair.first_id, first, second), _side(pair, pair.second_id, second, first)


def _side(pair: Pair, pk: int, own: Told, other: Told) -> Side:
    title, url, note, facts = own
    others = dict(other[3])
    lines = [
        Line(label, value or _("not stated"), bool(value) and fold(value) == fold(others[label]))
        for label, value in facts
        if value or others[label]
    ]
    return Side(pk, title, url, edit_url(pair.kind, pk), note, lines)


def _offers(pair: Pair) -> dict[int, Told]:
    pks = (pair.first_id, pair.second_id)
    rows = Offer.objects.current().filter(pk__in=pks).select_related("provider")
    seen = views_of(pks)
    return {
        each.pk: (each.title, each.get_absolute_url(), _offer_note(each, seen.get(each.pk, 0)), _offer_facts(each))
        for each in rows.prefetch_related("locations", "schedules", "categories")
    }


def _offer_note(offer: Any, views: int) -> str:
    since = date_format(timezone.localtime(offer.published_at), "F Y")
    said = _("No. %(number)d · since %(month)s") % {"number": offer.pk, "month": since}
    if not views:
        return said
    seen = ngettext("seen once in 30 days", "seen %(number)d times in 30 days", views) % {"number": views}
    return f"{said} · {seen}"


def _offer_facts(offer: Any) -> list[tuple[str, str]]:
    dates = schedule_sentences(offer.schedules.all(), today=timezone.localdate())
    return [
        (_("Organisation"), offer.provider.name),
        (_("Place"), "; ".join(str(each) for each in offer.locations.all())),
        (_("Dates"), "; ".join(dates) or offer.schedule_note),
        (_("Costs"), cost_of(offer)),
        (_("Topics"), ", ".join(sorted((each.name for each in offer.categories.all()), key=name_key))),
        (_("Contact"), ", ".join(filter(None, (offer.contact_name, offer.contact_phone, offer.contact_email)))),
        (_("Text"), _short(offer.summary or plain_text(offer.description))),
    ]


def cost_of(offer: Any) -> str:
    """What it costs, in words."""
    amount = f"{offer.cost_amount:.2f} €".replace(".", ",") if offer.cost_amount is not None else ""
    said = amount or (str(offer.get_cost_kind_display()) if offer.is_free else "")
    return ", ".join(filter(None, (said, offer.cost_text)))


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + " …"


def _providers(pair: Pair) -> dict[int, Told]:
    online = Offer.objects.filter(provider=OuterRef("pk"), state=State.PUBLISHED).order_by().values("provider")
    people = Membership.objects.filter(provider=OuterRef("pk"), user__is_active=True).order_by().values("provider")
    rows = Provider.objects.public().filter(pk__in=(pair.first_id, pair.second_id)).annotate(
        online=Coalesce(Subquery(online.annotate(number=Count("pk")).values("number")), 0),
        people=Coalesce(Subquery(people.annotate(number=Count("pk")).values("number")), 0),
    )  # fmt: skip
    return {each.pk: (each.name, each.get_absolute_url(), _provider_note(each), _provider_facts(each)) for each in rows}


def _provider_note(provider: Any) -> str:
    since = date_format(timezone.localtime(provider.published_at), "F Y")
    return _("No. %(number)d · since %(month)s") % {"number": provider.pk, "month": since}


def _provider_facts(provider: Any) -> list[tuple[str, str]]:
    return [
        (_("Address"), provider.address_line),
        (_("E-mail"), provider.email),
        (_("Phone"), provider.phone),
        (_("Website"), provider.website),
        (_("Public offers"), str(provider.online)),
        (_("People with an account"), str(provider.people)),
        (_("Text"), _short(provider.summary or plain_text(provider.description))),
    ]
