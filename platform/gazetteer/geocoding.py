"""Where an address is, asked of a geocoder where the operator has named one (`GEOCODER_URL`, off by default).

A server that answers like Nominatim: `?street=…&postalcode=…&city=…&country=de&format=jsonv2&limit=1`. Only the address
of an offer or an organisation is sent, never who asks. Without one, or when it does not answer, the middle of the
postcode stands in, and people move a pin.
"""

import logging
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from core.outgoing import Limits, Outgoing, OutgoingError
from gazetteer.germany import is_in_germany
from gazetteer.loading import Spot, distance_km
from gazetteer.services import middle_of

logger = logging.getLogger(__name__)

# Somebody waits for the next page.
LIMITS = Limits(connect=1.5, read=2.5, total=4.0, most_bytes=200_000, kinds=("application/json",))
# What lies farther from its postcode is another street of the same name.
FARTHEST_KM = 25.0


def is_on() -> bool:
    """Whether the operator has named a geocoder."""
    return bool(settings.GEOCODER_URL)


def find(street: str, postcode: str, city: str) -> Spot | None:
    """The point of an address; None where there is no geocoder, no answer, or none that can be right."""
    if not is_on() or not street.strip() or not (postcode or city):
        return None
    asked = {"street": street, "postalcode": postcode, "city": city, "country": "de", "format": "jsonv2", "limit": "1"}
    mark = "&" if urlsplit(settings.GEOCODER_URL).query else "?"
    url = f"{settings.GEOCODER_URL}{mark}{urlencode({name: value for name, value in asked.items() if value})}"
    try:
        with Outgoing(LIMITS, internal_hosts=settings.GEOCODER_INTERNAL_HOSTS) as outgoing:
            found = _spot(outgoing.ask("GET", url).json())
    except (OutgoingError, ValueError, KeyError, TypeError, IndexError) as error:
        logger.warning("The geocoder did not help: %s", error)
        return None
    middle = middle_of(postcode) if postcode else None
    if found is None or (middle is not None and distance_km(found, middle) > FARTHEST_KM):
        return None
    return found


def _spot(answer: object) -> Spot | None:
    if not isinstance(answer, list) or not answer:
        return None
    latitude, longitude = float(answer[0]["lat"]), float(answer[0]["lon"])
    return (round(latitude, 6), round(longitude, 6)) if is_in_germany(latitude, longitude) else None
