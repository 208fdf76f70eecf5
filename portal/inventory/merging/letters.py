"""One mail to everybody who leads one of two merged entries."""

from typing import Any

from django.conf import settings
from django.utils import translation

from mail.services import post
from mail.wording import word
from portal.providers.models import Membership, Provider
from tenants.urls import own_address
from theming.services import current_theme


def tell(stays: Provider, goes: Provider, *, by: Any) -> None:
    """After the people of both belong to the one that stays."""
    leaders = Membership.objects.filter(
        provider=stays, role=Membership.Role.ADMINISTRATOR, user__is_active=True
    ).order_by("pk")
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "portal": current_theme().portal_name,
            "stays": str(stays),
            "goes": str(goes),
            "link": f"{own_address()}konto/anbieter/{stays.pk}/",
        }
        subject, body = word("providers_merged", "inventory/mail/merged", context)
        for to in leaders.values_list("user__email", flat=True):
            if to != getattr(by, "email", ""):
                post(to=to, subject=subject, body=body, reply_to=getattr(by, "email", ""))
