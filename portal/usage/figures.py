"""How often offers were opened, for those who wrote them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone

from portal.usage.models import DailyOfferView

DAYS = 30


def views_of(offers: Iterable[int], *, days: int = DAYS) -> dict[int, int]:
    """How often each of these offers was opened in the last days; those that never were are missing. One statement."""
    since = timezone.localdate() - timedelta(days=days)
    found = DailyOfferView.objects.filter(offer_id__in=list(offers), day__gt=since)
    return dict(found.values_list("offer_id").annotate(times=Sum("count")))


def most_viewed(offers: QuerySet[Any, Any], number: int, *, days: int = DAYS) -> list[tuple[int, int]]:
    """The most opened of these offers (a queryset of their ids) with how often that was. One statement."""
    since = timezone.localdate() - timedelta(days=days)
    found = DailyOfferView.objects.filter(offer_id__in=offers, day__gt=since)
    return list(found.values_list("offer_id").annotate(times=Sum("count")).order_by("-times", "offer_id")[:number])
