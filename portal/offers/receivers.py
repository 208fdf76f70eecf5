"""Keeps what text search looks at true, whoever saves an offer or something whose name stands in it.

Bulk operations of Django send no signals: who uses them calls `refresh_search_text` once for all rows.
"""

from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver

from portal.offer_fields.models import ExtraChoice, ExtraField
from portal.offers.documents import refresh_search_text
from portal.offers.models import Location, Offer
from portal.offers.tasks import RELATIONS, Entry, extend_here, offers_of, refresh_offers_of, refresh_these
from portal.preferences.services import rules_changed
from portal.providers.models import Provider
from portal.taxonomy.models import Category, District, Marker, TargetGroup

# Some seconds of writing at most; what takes longer is a job's.
AT_ONCE = 300
# The columns of an offer that its searchable text is made of.
SEARCHED = frozenset(
    {
        "title",
        "summary",
        "description",
        "speaker",
        "course_number",
        "cooperation",
        "conditions",
        "format",
        "provider",
        "extras",
        "min_age",
        "max_age",
    }
)


@receiver(post_save, sender=Offer)
def offer_saved(instance: Offer, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    """An import of raw rows writes the texts itself; a change of other columns is none."""
    if not raw and (update_fields is None or update_fields & SEARCHED):
        refresh_search_text([instance])


@receiver(m2m_changed, sender=Offer.categories.through)
@receiver(m2m_changed, sender=Offer.target_groups.through)
@receiver(m2m_changed, sender=Offer.markers.through)
def offer_ordered(
    instance: Any, action: str, reverse: bool, model: Any, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Topics, target groups and markers are searched by their names, from whichever side they were given."""
    if not action.startswith("post_"):
        return
    if not reverse:
        refresh_search_text([instance])
    elif pk_set:
        follow(Offer.objects.filter(pk__in=pk_set))


@receiver(post_save, sender=Location)
def place_saved(instance: Location, **kwargs: Any) -> None:
    """So are places."""
    refresh_search_text(Offer.objects.filter(pk=instance.offer_id).only("pk"))


@receiver(post_delete, sender=Location)
def place_deleted(instance: Location, origin: Any, **kwargs: Any) -> None:
    """Unless its offer is being deleted: nothing may refer to that again."""
    if getattr(origin, "model", type(origin)) is Location:
        refresh_search_text(Offer.objects.filter(pk=instance.offer_id).only("pk"))


@receiver(post_save, sender=Provider)
def provider_saved(
    instance: Provider, created: bool, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """Its name stands in all its offers."""
    if not created and (update_fields is None or update_fields & {"name", "tagline"}):
        follow(Offer.objects.filter(provider=instance))


@receiver(post_save, sender=Category)
@receiver(post_save, sender=TargetGroup)
@receiver(post_save, sender=Marker)
@receiver(post_save, sender=District)
def entry_saved(sender: type[Entry], instance: Any, created: bool, **kwargs: Any) -> None:
    """Names stand in all offers that have them, a topic's in those of the topics below it, too."""
    if not created:
        follow(offers_of(sender, instance.pk), job=(RELATIONS[sender], instance.pk))


@receiver(pre_delete, sender=Category)
@receiver(pre_delete, sender=TargetGroup)
@receiver(pre_delete, sender=Marker)
@receiver(pre_delete, sender=District)
def entry_goes(sender: type[Entry], instance: Any, **kwargs: Any) -> None:
    """Afterwards nobody knows which offers had it."""
    instance.searched_in = list(offers_of(sender, instance.pk).values_list("pk", flat=True))


@receiver(post_delete, sender=Category)
@receiver(post_delete, sender=TargetGroup)
@receiver(post_delete, sender=Marker)
@receiver(post_delete, sender=District)
def entry_gone(instance: Any, **kwargs: Any) -> None:
    """Nobody finds them by its name any more."""
    follow(Offer.objects.filter(pk__in=getattr(instance, "searched_in", ())))


def follow(offers: QuerySet[Offer], *, job: tuple[str, int] | None = None) -> None:
    """Write their texts anew: a few with the change itself, so that the next search finds them; thousands in a job."""
    ids = list(offers.order_by().values_list("pk", flat=True).distinct()[: AT_ONCE + 1])
    if len(ids) <= AT_ONCE:
        refresh_search_text(Offer.objects.filter(pk__in=ids).only("pk"))
    elif job:
        refresh_offers_of.defer(relation=job[0], pk=job[1])
    else:
        refresh_these.defer(ids=list(offers.order_by().values_list("pk", flat=True).distinct()))


@receiver(post_save, sender=ExtraField)
@receiver(post_save, sender=ExtraChoice)
def detail_saved(instance: ExtraField | ExtraChoice, created: bool, **kwargs: Any) -> None:
    """So do details of the municipality's own and their answers."""
    if not created:
        pk = instance.field_id if isinstance(instance, ExtraChoice) else instance.pk
        refresh_offers_of.defer(relation="extras", pk=pk)


@receiver(rules_changed)
def holidays_moved(changes: dict[str, Any], **kwargs: Any) -> None:
    """Another state has other holidays: dates on days that are none any more come back, others go."""
    if changes.keys() & {"federal_state", "latitude", "longitude"}:
        extend_here.defer_once()
