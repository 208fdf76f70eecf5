"""Two towns of the demo show each other's offers, and a roof portal shows those of both. Written as it stood after all
had consented: nobody is mailed."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from neighbours import indexing
from neighbours.models import Agreement, Capacity, Kind, Roof, Side, State
from tenants.lifecycle.making import create_municipality
from tenants.models import Municipality
from tenants.running.context import inside_public

# They lie an hour apart; families go where something is on.
NEIGHBOURS = ("saarbruecken", "pirmasens")
# The roof portal above them: it has no offers of its own, and topics of the shared catalogue.
ROOF = "saar-pfalz"
ROOF_NAME = "Bildungsregion Saar-Pfalz"
# The agreements were made so many days ago.
AGO = 40


def agree_neighbours(today: date) -> None:
    """Make the agreements and the roof portal once, as soon as both towns are there."""
    with inside_public(), transaction.atomic():
        towns = {town.slug: town for town in Municipality.objects.live().filter(slug__in=NEIGHBOURS)}
        if len(towns) < len(NEIGHBOURS) or Agreement.objects.exists():
            return
        members = [towns[slug] for slug in NEIGHBOURS]
        _agreed(Kind.NEIGHBOUR, *members, today=today, by=Side.FIRST)
        roof = _roof()
        for member in members:
            _agreed(Kind.ROOF, roof, member, today=today, by=Side.OPERATOR)
        for town in indexing.keep(roof, *members):
            indexing.fill(town.schema_name)


def _roof() -> Municipality:
    """One of this name that is there already is taken."""
    town = Municipality.objects.filter(slug=ROOF).first()
    town = town or create_municipality(ROOF, name=ROOF_NAME, host=f"{ROOF}.{settings.BASE_DOMAIN}")
    Roof.objects.get_or_create(municipality=town)
    return town


def _agreed(kind: Kind, first: Municipality, second: Municipality, *, today: date, by: Side) -> None:
    then = timezone.now() - timedelta(days=AGO)
    Agreement.objects.create(
        kind=kind,
        first=first,
        second=second,
        state=State.AGREED,
        valid_from=today - timedelta(days=AGO),
        proposed_at=then - timedelta(days=2),
        proposed_by=by,
        first_agreed_at=then - timedelta(days=2),
        first_agreed_as=Capacity.EDITOR,
        second_agreed_at=then,
        second_agreed_as=Capacity.ADMIN,
    )
