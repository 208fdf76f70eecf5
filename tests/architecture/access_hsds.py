"""Identifiers of the specification HSDS for `access_town.py`: one of each kind of thing."""

from portal.interfaces.hsds.ids import Entity, identifier
from portal.offers.models import Location, Offer
from portal.taxonomy.models import Category
from tenants.models import Municipality
from tenants.running.context import current_schema


def identified(offer: Offer) -> dict[str, str]:
    """Of the offer, of who offers it, of a place of it, of the first taxonomy and of a topic."""
    place = offer.locations.first() or Location.objects.create(offer=offer, city="Ahausen")
    town = Municipality.objects.get(schema_name=current_schema()).slug
    return {
        "hsds_service": identifier(town, Entity.SERVICE, offer.pk),
        "hsds_organization": identifier(town, Entity.ORGANIZATION, offer.provider_id),
        "hsds_place": identifier(town, Entity.SERVICE_AT_LOCATION, place.pk),
        "hsds_taxonomy": identifier(town, Entity.TAXONOMY, 1),
        "hsds_term": identifier(town, Entity.CATEGORY, Category.objects.create(name="Schach").pk),
    }
