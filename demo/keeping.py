"""What keeping offers current looks like: the demo's provider was reminded, one offer is noted and one hidden."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from portal.offers.models import Offer
from portal.offers.states import State
from portal.upkeep.models import Digest, Letter, Often

# Days since somebody looked, and since the page says it or nobody finds it any more.
_STORY = ((215, None, None), (220, 9, None), (260, 40, 12))


def let_some_grow_old(user: User) -> None:
    """Those offers of this person's organisation that go on longest; reminded of twice, eight and four weeks ago."""
    now = timezone.now()
    own = Offer.objects.filter(provider__memberships__user=user, state=State.PUBLISHED)
    offers = list(own.order_by(F("ends_at").desc(nulls_first=True), "pk")[: len(_STORY)])
    for offer, (seen, noted, hidden) in zip(offers, _STORY, strict=False):
        Offer.objects.filter(pk=offer.pk).update(
            reviewed_at=timezone.localdate() - timedelta(days=seen),
            noted_at=now - timedelta(days=noted) if noted else None,
            hidden_at=now - timedelta(days=hidden) if hidden else None,
        )
    for days in (54, 26):
        then = now - timedelta(days=days)
        letter = Letter.objects.create(address=user.email, user=user, written_at=then, delivered_at=then)
        for offer in offers:
            letter.asked.create(offer_id=offer.pk)
    Digest.objects.get_or_create(user=user, defaults={"often": Often.MONTHLY, "sent_on": timezone.localdate()})
