"""The summary for those who want one: figures, and what is to be done, of all their organisations together."""

import logging
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from accounts.models import User
from portal.offers.condition import Condition
from portal.offers.models import Offer
from portal.offers.states import State
from portal.offers.upkeep import with_upkeep
from portal.providers.models import Membership, Provider
from portal.upkeep import letters
from portal.upkeep.models import Digest, Often
from portal.usage.models import DailyOfferView

# How far back a first summary looks.
DAYS = {Often.WEEKLY: 7, Often.MONTHLY: 30}
# None looks back less far: one that is wished for on the last day of a month is due on the next.
FEWEST_DAYS = 7
_REVIEWED = (Condition.IN_REVIEW, Condition.CHANGE_IN_REVIEW)
logger = logging.getLogger(__name__)


def due(today: date) -> QuerySet[Digest]:
    """Those whose turn has come, of people who still keep an organisation: weekly ones after seven days, monthly ones
    in another month."""
    weekly = Q(often=Often.WEEKLY) & (Q(sent_on__isnull=True) | Q(sent_on__lte=today - timedelta(days=7)))
    monthly = Q(often=Often.MONTHLY) & (Q(sent_on__isnull=True) | Q(sent_on__lt=today.replace(day=1)))
    keeps = Membership.objects.exclude(provider__state="archived").values("user")
    return Digest.objects.filter(weekly | monthly, user__is_active=True, user__in=keeps).order_by("pk")


def send(users: Iterable[int]) -> int:
    """Write the summaries of these people; whoever had theirs today is left out."""
    today, written = timezone.localdate(), 0
    for digest in (
        due(today).select_for_update(of=("self",)).order_by("pk").select_related("user").filter(pk__in=list(users))
    ):
        try:
            with transaction.atomic():
                written += _write(digest, today)
        except Exception:
            logger.exception("The summary of account %s could not be written.", digest.pk)
    return written


def _write(digest: Digest, today: date) -> int:
    Digest.objects.filter(pk=digest.pk).update(sent_on=today)
    providers = list(Provider.objects.kept_by(digest.user))
    days = days_of(digest, today)
    figures = figures_of(providers, first=today - timedelta(days=days), last=today - timedelta(days=1))
    if not any(figures.values()):
        return 0
    mail = letters.sum_up(digest, figures, providers={each.name for each in providers}, days=days)
    return int(mail is not None)


def days_of(digest: Digest, today: date) -> int:
    """How many whole days a summary tells of: those since the last one, so that months of 31 days and nights in which
    nothing ran leave none out, and no day is told of twice."""
    if digest.sent_on is None:
        return DAYS[Often(digest.often)]
    return max((today - digest.sent_on).days, FEWEST_DAYS)


def figures_of(providers: Iterable[Any], *, first: date, last: date) -> dict[str, int]:
    """What the summary says, in two statements; views are those of the days from the first to the last."""
    own = Offer.objects.filter(provider__in=list(providers)).exclude(state=State.TRASHED)
    which = {
        "public": Q(condition__in=[Condition.PUBLIC, Condition.CHANGE_IN_REVIEW]),
        "returned": Q(condition=Condition.RETURNED),
        "waiting": Q(condition__in=_REVIEWED),
        "ending": Q(ends_soon=True),
        "unchecked": Q(unchecked=True, hidden_at__isnull=True),
        "hidden": Q(condition=Condition.HIDDEN),
    }
    # Other names than those of the columns, which the database would take for these.
    counts = {f"number_{name}": Count("pk", filter=fits) for name, fits in which.items()}
    found: dict[str, int] = with_upkeep(own).order_by().aggregate(**counts)
    views = DailyOfferView.objects.filter(offer_id__in=own.order_by().values("pk"), day__range=(first, last))
    return {
        **{name: found[f"number_{name}"] for name in which},
        "views": views.aggregate(views=Sum("count"))["views"] or 0,
    }


def wish(user: User, often: str) -> None:
    """How often somebody wants it from now on; "": never. Not sent at once: the first comes when its turn is."""
    if not often:
        Digest.objects.filter(user=user).delete()
        return
    today = timezone.localdate()
    Digest.objects.update_or_create(user=user, defaults={"often": Often(often)}, create_defaults={
        "often": Often(often), "sent_on": today})  # fmt: skip


def stop(user_id: int) -> None:
    """No more. Twice is once."""
    Digest.objects.filter(pk=user_id).delete()
