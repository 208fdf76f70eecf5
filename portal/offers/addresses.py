"""At which addresses offers and providers answer."""

from core.addresses import register
from portal.offers.models import Offer
from portal.providers.models import Provider

register(
    r"^/angebote/([0-9]{1,18})-[^/]+$",
    lambda numbers: Offer.objects.published().filter(pk__in=numbers).values_list("pk", flat=True),
)
register(
    r"^/anbieter/([0-9]{1,18})-[^/]+$",
    lambda numbers: Provider.objects.public().filter(pk__in=numbers).values_list("pk", flat=True),
)
