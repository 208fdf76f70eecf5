"""Where links of blocks lead within the portal, and who knows whether something is there (for `portal.blocks.gone`)."""

from collections.abc import Callable, Collection, Iterable

from portal.news.models import NewsItem
from portal.offers.models import Offer
from portal.pages.models import Page
from portal.providers.models import Provider

# What answers at an address, the name of its key there, and which keys of some lead to something anybody may see.
Ask = Callable[[Collection[str]], Iterable[object]]
KNOWN: dict[str, tuple[str, Ask]] = {}


def tell(view: str, key: str, ask: Ask) -> None:
    """Let links to the pages of a view be looked at; `key` is what its route calls the page. Called once each, when a
    room's app is ready."""
    KNOWN[view] = (key, ask)


tell("pages:show", "slug", lambda slugs: Page.objects.public().filter(slug__in=slugs).values_list("slug", flat=True))
tell("news:item", "pk", lambda keys: NewsItem.objects.public().filter(pk__in=keys).values_list("pk", flat=True))
tell("offers:show", "pk", lambda keys: Offer.objects.published().filter(pk__in=keys).values_list("pk", flat=True))
tell(
    "offers:show_provider",
    "pk",
    lambda keys: Provider.objects.public().filter(pk__in=keys).values_list("pk", flat=True),
)
