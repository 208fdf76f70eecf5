"""What a row of links or doubles is about: titles and addresses of offers, providers and pages, a statement a kind."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from portal.offers.models import Offer
from portal.pages.models import Page
from portal.providers.models import Provider
from portal.quality.doors import edit_url
from portal.quality.models import Subject


@dataclass(frozen=True, slots=True)
class About:
    """An entry of the portal. `provider` is who keeps it, where somebody does."""

    kind: Subject
    pk: int
    title: str
    url: str
    edit: str
    provider: int | None = None
    provider_name: str = ""


def about(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], About]:
    """All of them by kind and number; what is gone is left out. Three statements."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for kind, pk in keys:
        wanted[kind].append(pk)
    found = [*_offers(wanted[Subject.OFFER]), *_providers(wanted[Subject.PROVIDER]), *_pages(wanted[Subject.PAGE])]
    return {(each.kind.value, each.pk): each for each in found}


def _offers(pks: list[int]) -> list[About]:
    rows = Offer.objects.filter(pk__in=pks).select_related("provider").only("title", "slug", "provider__name")
    return [
        About(
            Subject.OFFER, each.pk, str(each), each.get_absolute_url(), edit_url("offer", each.pk), each.provider_id,
            each.provider.name,
        )
        for each in rows
    ]  # fmt: skip


def _providers(pks: list[int]) -> list[About]:
    rows = Provider.objects.filter(pk__in=pks).only("name", "slug")
    return [
        About(Subject.PROVIDER, each.pk, str(each), each.get_absolute_url(), edit_url("provider", each.pk))
        for each in rows
    ]


def _pages(pks: list[int]) -> list[About]:
    rows = Page.objects.filter(pk__in=pks).only("title", "slug")
    return [
        About(Subject.PAGE, each.pk, each.title, each.get_absolute_url(), edit_url("page", each.pk)) for each in rows
    ]
