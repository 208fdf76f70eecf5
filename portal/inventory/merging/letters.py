"""One mail to everybody who leads one of two merged entries."""

from typing import Any

from mail.services import post_kind
from portal.providers.models import Membership, Provider
from tenants.urls import own_address


def tell(stays: Provider, goes: Provider, *, by: Any) -> None:
    """After the people of both belong to the one that stays."""
    leaders = Membership.objects.filter(
        provider=stays, role=Membership.Role.ADMINISTRATOR, user__is_active=True
    ).order_by("pk")
    values = {"stays": str(stays), "goes": str(goes), "link": f"{own_address()}konto/anbieter/{stays.pk}/"}
    decided = getattr(by, "email", "")
    for to in leaders.values_list("user__email", flat=True):
        if to != decided:
            post_kind("providers_merged", to=to, values=values, reply_to=decided)
