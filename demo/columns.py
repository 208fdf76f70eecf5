"""What seeds say of a place and of a person, as columns."""

from typing import Any

from demo.content.types import ContactSeed, PlaceSeed
from portal.providers.fields import Precision


def address_columns(place: PlaceSeed) -> dict[str, Any]:
    """Of a place."""
    return {
        "street": place.street,
        "postcode": place.postcode,
        "city": place.town,
        "latitude": place.lat,
        "longitude": place.lon,
        "precision": Precision.EXACT,
    }


def contact_columns(contact: ContactSeed) -> dict[str, Any]:
    """Of whom people ask."""
    return {
        "contact_name": contact.name,
        "contact_role": contact.role,
        "contact_phone": contact.phone,
        "contact_email": contact.email,
    }
