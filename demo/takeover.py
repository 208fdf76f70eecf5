"""The original portal that one demo municipality takes over where its dump is at hand, as any town would."""

import re
from pathlib import Path

from django.conf import settings

from core.text import slug_of
from demo.content.taken_over import TITLES
from demo.seed import TakeOver
from portal.exchange.typo3.dump import Dump
from portal.exchange.typo3.takeover import take_over
from portal.offers.documents import refresh_search_text
from portal.offers.models import Offer
from tenants.models import Municipality
from tenants.running.context import inside

_NUMBERED = re.compile(r"(.+?) (\d+)")


def dump() -> Path:
    """Where the dump lies beside a checkout; it is not part of the project."""
    return Path(settings.BASE_DIR).parent / "shared" / "data" / "typo3-chancenportal-filled.sql"


def original_portal() -> TakeOver | None:
    """What imports the dump into a municipality; None where the dump is not there."""
    return _import if dump().is_file() else None


def _import(municipality: Municipality) -> None:
    take_over(municipality, Dump(dump()))
    with inside(municipality):
        _name_offers()


def _name_offers() -> None:
    """Give the offers the titles a town would have given them; the dump only numbers its kinds."""
    left = {kind: list(titles) for kind, titles in TITLES.items()}
    renamed = []
    for offer in Offer.objects.order_by("pk"):
        numbered = _NUMBERED.fullmatch(offer.title)
        if numbered is None or numbered[1] not in left:
            continue
        titles, before = left[numbered[1]], offer.title
        offer.title = titles.pop(0) if titles else numbered[1]
        offer.summary = offer.summary.replace(before, offer.title)
        offer.description = offer.description.replace(before, offer.title)
        offer.slug = slug_of(offer.title, fallback="angebot")
        renamed.append(offer)
    Offer.objects.bulk_update(renamed, ["title", "slug", "summary", "description"])
    refresh_search_text(renamed)
