"""The request after a change beside one where nothing changed; 100,000 offers with `MANY=1`."""

import os
import statistics
from collections.abc import Callable, Iterator
from random import Random

from django.utils import timezone

from portal.offers.models import Location, Offer
from portal.offers.services import write_occurrences
from portal.providers.models import Provider
from portal.taxonomy.models import Category, District
from tenants.lifecycle.making import create_municipality
from tenants.running.context import inside
from tests.benchmarks import copied_town, search
from tests.benchmarks.table import Row
from tests.conftest import municipality

ROUNDS = 7
MOST = 2.0
SIZES = (100_000,) if os.environ.get("MANY") else (10_000,)


def rows() -> Iterator[Row]:
    """Each kind of change, the median of some; the same addresses before and after."""
    for size in SIZES:
        slug = f"wechsel{size}"
        with inside(create_municipality(slug, name=slug.title(), host=f"{slug}.localhost")):
            copied_town.fill(size)
        yield from _compared(slug, size)


def _compared(slug: str, size: int) -> Iterator[Row]:
    server = search.Server(f"{slug}.localhost")
    with inside(municipality(slug)):
        addresses = list(search._addresses(Random(7)))[:ROUNDS]
    for address in addresses:
        server.milliseconds(address)
    for name, change in CHANGES.items():
        after, usual = _medians(server, slug, change, addresses)
        yield Row(
            f"search page after {name}, {size:,} offers",
            f"{after:.0f} ms",
            f"unchanged {usual:.0f} ms",
            after / usual,
            MOST,
        )
    suggest = [f"/angebote/vorschlaege/?q={word[:4]}" for word in search.words()[:ROUNDS]]
    after, usual = _medians(server, slug, _renamed, suggest)
    yield Row(
        f"suggestions after a new title, {size:,} offers", f"{after:.0f} ms", f"{usual:.0f} ms", after / usual, None
    )


def _medians(
    server: search.Server, slug: str, change: Callable[[int], None], addresses: list[str]
) -> tuple[float, float]:
    """After a change and just after that, by turns: what else the machine does meets both alike."""
    after, usual = [], []
    for number, address in enumerate(addresses):
        with inside(municipality(slug)):
            change(number)
        after.append(server.milliseconds(address))
        usual.append(server.milliseconds(address))
    return statistics.median(after), statistics.median(usual)


def _offer(number: int) -> Offer:
    return Offer.objects.order_by("pk")[number * 37]


def _ticked(number: int) -> None:
    Offer.objects.filter(pk=_offer(number).pk).update(volunteering=number % 2 == 0)


def _renamed(number: int) -> None:
    offer = _offer(number)
    offer.title = f"{'MAZ'[number % 3]}-Treffen {number}"
    offer.save()


def _made(number: int) -> None:
    offer = Offer.objects.create(
        provider=Provider.objects.order_by("pk")[3],
        title=f"Neues Angebot {number}",
        state="published",
        published_at=timezone.now(),
        slug=f"neu-{number}",
    )
    Location.objects.create(
        offer=offer, city="Saarbrücken", postcode="66111", latitude=49.2, longitude=7.0, precision="exact"
    )
    offer.categories.add(Category.objects.order_by("pk")[12])


def _dated(number: int) -> None:
    offer = _offer(number)
    offer.schedules.update(rrule="FREQ=WEEKLY;COUNT=9")
    write_occurrences(offer.schedules.all())


def _moved(number: int) -> None:
    Location.objects.filter(offer=_offer(number)).update(latitude=49.3, city="Völklingen")


def _paused(number: int) -> None:
    Provider.objects.filter(pk=Provider.objects.order_by("pk")[number // 2].pk).update(
        state="published" if number % 2 else "paused"
    )


def _named(number: int) -> None:
    Category.objects.filter(pk=Category.objects.order_by("pk")[5].pk).update(name=f"Anderes {number}")


def _grown(number: int) -> None:
    roots = Category.objects.filter(parent=None).order_by("pk")
    Category.objects.filter(name="Thema 3.1").update(parent=roots[number % 2])


def _district(number: int) -> None:
    District.objects.filter(pk=District.objects.order_by("pk")[4].pk).update(name=f"Anderswo {number}")


CHANGES: dict[str, Callable[[int], None]] = {
    "a tick": _ticked,
    "a new title": _renamed,
    "a new offer": _made,
    "new dates": _dated,
    "a new place": _moved,
    "a provider's pause and return": _paused,
    "a topic's new name": _named,
    "a topic's new place in the tree": _grown,
    "a district's new name": _district,
}
