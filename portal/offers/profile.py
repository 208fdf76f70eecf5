"""What the page of one provider shows, as plain values for its template."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from core.html import plain_text
from gazetteer.free_days import public_holidays, school_holidays
from portal.offers.detail import nodes_of, phone_rows, website_rows
from portal.offers.freshness import is_stale
from portal.preferences.models import Preferences
from portal.preferences.state import state_here
from portal.providers.cards import logo_of
from portal.providers.models import Provider, ProviderImage
from portal.providers.presentation import closed_days, opening_state, opening_table
from portal.taxonomy.tree import Tree
from theming.head import shortened


def address_of(provider: Provider) -> list[str]:
    """The lines of the address as far as they are known."""
    address = [provider.street, f"{provider.postcode} {provider.city}".strip()]
    if provider.district and provider.district.name not in address[1]:
        address.append(provider.district.name)
    return [line for line in address if line]


def description_of(provider: Provider, names: Preferences) -> str:
    """For search engines; a profile without any text is told by its name and place."""
    text = provider.summary or plain_text(provider.description) or provider.tagline
    place = f"{provider.postcode} {provider.city}".strip()
    return shortened(" · ".join(part for part in (text, provider.name, place, names.provider_name) if part))


def closed_on(provider: Provider) -> Callable[[date], bool]:
    """Whether it is closed on a day because of holidays of the state, as the profile says."""
    on_holidays, in_school_holidays = provider.closed_on_holidays, provider.closed_in_school_holidays
    if not (on_holidays or in_school_holidays):
        return lambda _day: False
    state = state_here()
    stretches = school_holidays(state) if in_school_holidays and state else ()

    def closed(day: date) -> bool:
        if on_holidays and day in public_holidays(state, day.year):
            return True
        return any(each.first <= day <= each.last for each in stretches)

    return closed


def provider_page(provider: Provider, *, tree: Tree, names: Preferences, now: datetime) -> dict[str, Any]:
    """Context of providers/detail.html besides the provider and its offers. No query: everything has been fetched."""
    hours = list(provider.opening_hours.all())
    images = list(provider.images.all())
    reachable = provider.email or provider.contact_email
    return {
        "hours": opening_table(hours, provider.opening_notes, now=now),
        "closed": closed_days(provider),
        "opening": opening_state(hours, now=now, closed_on=closed_on(provider)),
        "address": address_of(provider),
        "exact": provider.precision == "exact",
        "phones": phone_rows(provider.phone, provider.phone_2),
        "websites": website_rows(provider.website),
        "person_phones": phone_rows(provider.contact_phone),
        "contact_url": f"{provider.get_absolute_url()}kontakt/" if reachable else "",
        "calendar_url": f"{provider.get_absolute_url()}termine.ics",
        "logo": logo_of(provider),
        "pictures": [image for image in images if image.kind == ProviderImage.Kind.CONTENT],
        "portrait": next((image for image in images if image.kind == ProviderImage.Kind.CONTACT), None),
        "chosen": nodes_of((category.pk for category in provider.categories.all()), tree),
        "crumbs": [{"label": names.providers_name, "url": "/anbieter/"}, {"label": provider.name, "url": ""}],
        "checked": provider.reviewed_at,
        "stale": is_stale(
            provider.reviewed_at,
            provider.updated_at,
            today=timezone.localdate(now),
            months=names.stale_after_months,
        ),
        "summary_line": description_of(provider, names),
    }
