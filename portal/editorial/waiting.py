"""What waits for the editors' word, of every kind; rows from before there were revisions included."""

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Value

from portal.offers import editing as offers
from portal.offers.models import Offer
from portal.providers import editing as profiles
from portal.providers.models import Provider
from portal.revisions.models import Desk, Revision

EDITING: dict[str, Any] = {"offer": offers, "provider": profiles}
MODELS: dict[str, Any] = {"offer": Offer, "provider": Provider}
_SUBMITTED = "submitted"


def waiting() -> QuerySet[Revision]:
    """The texts that wait for the editors, the oldest first."""
    return (
        Revision.objects.waiting()
        .filter(waits_for=Desk.EDITORS, kind__in=EDITING)
        .select_related("author")
        .order_by("submitted_at", "pk")
    )


def _without_revision(kind: str) -> QuerySet[Any]:
    found = Revision.objects.waiting().filter(kind=kind).values("subject_id")
    rows: QuerySet[Any] = MODELS[kind].objects.filter(state=_SUBMITTED).exclude(pk__in=found)
    return rows


def to_be_counted() -> list[QuerySet[Any]]:
    """All there are, for the desk, and the offers nobody gets new dates of."""
    return [waiting(), *map(_without_revision, EDITING), Offer.objects.with_date_problems()]


def complete(most: int = 100) -> None:
    """Give rows that wait without a revision one, so that they stand in the list like all others."""
    with connection.cursor() as cursor:
        cursor.execute(*_without_revisions())
        found = cursor.fetchall()
    for kind, pk in found[:most]:
        row = MODELS[kind].objects.filter(pk=pk, state=_SUBMITTED).first()
        if row is not None:
            EDITING[kind].waiting_for(row)


@cache
def _without_revisions() -> tuple[str, tuple[Any, ...]]:
    """What asks for all of these; hardly ever there is one, and making the statement costs more than asking."""
    asked = [_without_revision(kind).order_by().values_list(Value(kind), "pk") for kind in EDITING]
    statement, values = asked[0].union(*asked[1:], all=True).query.sql_with_params()
    return statement, tuple(values)
