"""Making the demo: three municipalities, their accounts, and the operator's; each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.addresses import vouch_for
from accounts.models import User
from audit.services import record
from core.access import Role
from demo.build import TOWNS, build
from demo.catalogue import adopt_some, fill_catalogue
from demo.fill import BY, Filler, Progress
from demo.neighbours import agree_neighbours
from demo.operations import fill_operations
from demo.searches import write_searches
from demo.tracker import fill_platform
from portal.offers.models import Offer
from portal.preferences.models import Preferences, SecondFactorRule
from portal.providers.models import Provider
from portal.usage.few import sum_sought
from tenants.lifecycle.making import create_municipality
from tenants.models import Municipality
from tenants.running.context import inside, inside_public
from tenants.running.storage import files
from tenants.running.table_statistics import refresh_statistics

PASSWORD = "demo-passwort-2026"  # noqa: S105 (shown to everybody who starts the demo; refused outside it)
OPERATOR = "betrieb@platform.example"
# The municipality whose original portal is taken over where its dump is at hand.
TAKEN_OVER = "rheda-wiedenbrueck"

TakeOver = Callable[[Municipality], None]


class NotADemoError(Exception):
    """This installation is not a demo; nothing was made."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a municipality has now; `new` is False when it was there before and left alone."""

    name: str
    host: str
    providers: int = 0
    offers: int = 0
    occurrences: int = 0
    new: bool = True


def seed_demo(
    today: date, *, progress: Progress, take_over: TakeOver | None = None, slugs: Sequence[str] = tuple(TOWNS)
) -> list[Seeded]:
    """Make what is missing of the demo around `today`, and leave alone what is there.

    `take_over` imports the original portal of TAKEN_OVER; fewer of our own providers are written there then.
    `progress` is told each stage as it begins. Raises NotADemoError outside the demo, RefusedError when a host is
    taken.
    """
    if not settings.DEMO:
        raise NotADemoError
    # Hashing is slow on purpose; the same password needs it only once, and not at all on the second start.
    hashed = ""
    seeded = []
    for slug in slugs:
        town = TOWNS[slug]
        host = f"{slug}.{settings.BASE_DOMAIN}"
        if _is_filled(slug):
            _keep_open(slug)
            seeded.append(Seeded(town.name, host, new=False))
            continue
        hashed = hashed or make_password(PASSWORD)
        importing = take_over if slug == TAKEN_OVER else None
        seeded.append(_seed(slug, host, today, password=hashed, progress=progress, take_over=importing))
        with inside_public():
            municipality = Municipality.objects.get(slug=slug)
        with inside(municipality):
            refresh_statistics()
    operator = _operator(hashed)
    # After the towns: new ones would begin with all of it, and have topics of their own to show.
    fill_catalogue()
    adopt_some(slugs)
    fill_platform(today)
    agree_neighbours(today)
    fill_operations(operator, tuple(slugs))
    return seeded


def _is_filled(slug: str) -> bool:
    with inside_public():
        municipality = Municipality.objects.filter(slug=slug).first()
    if municipality is None:
        return False
    with inside(municipality):
        return Provider.objects.exists()


def _keep_open(slug: str) -> None:
    """A demo from before there were second factors would lock its own accounts out; one in use stays as it is."""
    with inside_public():
        municipality = Municipality.objects.get(slug=slug)
    with inside(municipality):
        preferences = Preferences.load()
        if preferences.second_factor == SecondFactorRule.EDITORS and not Authenticator.objects.exists():
            preferences.second_factor = SecondFactorRule.NOBODY
            preferences.save(update_fields=["second_factor"])


def _seed(
    slug: str, host: str, today: date, *, password: str, progress: Progress, take_over: TakeOver | None
) -> Seeded:
    """One municipality in one transaction: after a failure neither schema nor files of a new one are left."""
    with inside_public():
        municipality = Municipality.objects.filter(slug=slug).first()
    made_here = municipality is None
    try:
        with transaction.atomic():
            seed = build(slug, today, room=take_over is not None)
            progress(f"{seed.name}: {_('schema')}")
            if municipality is None:
                municipality = create_municipality(slug, name=seed.name, host=host)
            with inside(municipality):
                filler = Filler(seed, password, lambda stage: progress(f"{seed.name}: {stage}"))
                filler.fill()
                write_searches(today)
                record(BY, municipality, by=BY, changes={"offers": [0, len(seed.offers)]})
                if take_over is not None:
                    progress(f"{seed.name}: {_('take-over of the original portal')}")
                    take_over(municipality)
                sum_sought()
                return Seeded(
                    seed.name, host, Provider.objects.count(), Offer.objects.count(), filler.occurrences, new=True
                )
    except BaseException:
        if made_here:
            files().remove(slug)
        raise


def _operator(password: str) -> User:
    with inside_public():
        operator = User.objects.filter(email=OPERATOR).first()
        if operator is None:
            operator = User.objects.create(
                email=OPERATOR,
                name="Olaf Betreiber",
                roles=[Role.OPERATOR.value],
                password=password or make_password(PASSWORD),
            )
            vouch_for([operator])
    return operator
