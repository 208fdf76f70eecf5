"""What is offered: the offer, where it is, when it takes place, and its images."""

from portal.offers.models.document import SearchDocument
from portal.offers.models.image import OfferImage
from portal.offers.models.location import Location
from portal.offers.models.offer import Offer
from portal.offers.models.schedule import Occurrence, Schedule

__all__ = ["Location", "Occurrence", "Offer", "OfferImage", "Schedule", "SearchDocument"]
