"""At which addresses items answer."""

from core.addresses import register
from portal.news.models import NewsItem

register(
    r"^/aktuelles/([0-9]{1,18})-[^/]+$",
    lambda numbers: NewsItem.objects.public().filter(pk__in=numbers).values_list("pk", flat=True),
)
