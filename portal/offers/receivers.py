"""Keeps what text search looks at true, whoever saves an offer or something whose name stands in it.

Bulk operations of Django send no signals: who uses them calls `refresh_search_text` once for all rows.
"""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from portal.offer_fields.models import ExtraChoice, ExtraField
from portal.offers.documents import refresh_search_text
from portal.offers.models import Location, Offer
from portal.offers.tasks import extend_here, refresh_offers_of
from portal.preferences.services import rules_changed
from portal.providers.models import Provider
from portal.taxonomy.models import Category, TargetGroup

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
    }
)


@receiver(post_save, sender=Offer)
def offer_saved(instance: Offer, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    """An import of raw rows writes the texts itself; a change of other columns is none."""
    if not raw and (update_fields is None or update_fields & SEARCHED):
        refresh_search_text([instance])


@receiver(m2m_changed, sender=Offer.categories.through)
@receiver(m2m_changed, sender=Offer.target_groups.through)
def offer_ordered(instance: Any, action: str, reverse: bool, **kwargs: Any) -> None:
    """Topics and target groups are searched by their names."""
    if action.startswith("post_") and not reverse:
        refresh_search_text([instance])


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
        refresh_search_text(Offer.objects.filter(provider=instance).only("pk"))


@receiver(post_save, sender=Category)
@receiver(post_save, sender=TargetGroup)
def name_saved(sender: type[Category | TargetGroup], instance: Any, created: bool, **kwargs: Any) -> None:
    """A topic may have thousands of offers: a job writes them anew."""
    if not created:
        refresh_offers_of.defer(relation="categories" if sender is Category else "target_groups", pk=instance.pk)


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
