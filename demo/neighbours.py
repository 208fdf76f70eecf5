"""Two towns of the demo show each other's offers. Written as it stood after both consented: nobody is mailed."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from neighbours import indexing
from neighbours.models import Agreement, Capacity, Kind, Side, State
from tenants.models import Municipality
from tenants.running.context import inside_public

# They lie an hour apart; families go where something is on.
NEIGHBOURS = ("saarbruecken", "pirmasens")
# The agreement was made so many days ago.
AGO = 40


def agree_neighbours(today: date) -> None:
    """Make the agreement once, as soon as both towns are there."""
    with inside_public(), transaction.atomic():
        towns = {town.slug: town for town in Municipality.objects.live().filter(slug__in=NEIGHBOURS)}
        if len(towns) < len(NEIGHBOURS) or Agreement.objects.exists():
            return
        first, second = (towns[slug] for slug in NEIGHBOURS)
        then = timezone.now() - timedelta(days=AGO)
        Agreement.objects.create(
            kind=Kind.NEIGHBOUR,
            first=first,
            second=second,
            state=State.AGREED,
            valid_from=today - timedelta(days=AGO),
            proposed_at=then - timedelta(days=2),
            proposed_by=Side.FIRST,
            first_agreed_at=then - timedelta(days=2),
            first_agreed_as=Capacity.EDITOR,
            second_agreed_at=then,
            second_agreed_as=Capacity.ADMIN,
        )
        indexing.keep(first, second)
        for town in (first, second):
            indexing.fill(town.schema_name)
