"""How often offers were opened, for those who wrote them."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from portal.usage.models import DailyOfferView

DAYS = 30


def views_of(offers: Iterable[int], *, days: int = DAYS) -> dict[int, int]:
    """How often each of these offers was opened in the last days; those that never were are missing. One statement."""
    since = timezone.localdate() - timedelta(days=days)
    found = DailyOfferView.objects.filter(offer_id__in=list(offers), day__gt=since)
    return dict(found.values_list("offer_id").annotate(times=Sum("count")))


def most_viewed(offers: Iterable[int], number: int, *, days: int = DAYS) -> list[tuple[int, int]]:
    """The most opened of these offers with how often that was, the most first. One statement."""
    since = timezone.localdate() - timedelta(days=days)
    found = DailyOfferView.objects.filter(offer_id__in=list(offers), day__gt=since)
    return list(found.values_list("offer_id").annotate(times=Sum("count")).order_by("-times", "offer_id")[:number])
