"""A municipality that is deleted takes leave of its neighbours; one that has some does not move away."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from neighbours.models import Agreement, Roof
from neighbours.models.agreements import OPEN
from neighbours.services import say_farewell
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.signals import leaving, removed


@receiver(removed)
def leave(sender: object, schema_name: str, **kwargs: Any) -> None:
    """In the same transaction: the index holds nothing of it from then on."""
    town = Municipality.objects.filter(schema_name=schema_name).first()
    if town is not None:
        say_farewell(town)


@receiver(leaving)
def stay_together(sender: object, schema_name: str, **kwargs: Any) -> None:
    """What neighbours show of each other lies in one database. Raises RefusedError where there are any."""
    town = Municipality.objects.get(schema_name=schema_name)
    others = [
        agreement.other_of(town.pk).name
        for agreement in Agreement.objects.of(town.pk).filter(state__in=OPEN).select_related("first", "second")
    ]
    if others or Roof.objects.filter(pk=town.pk).exists():
        raise RefusedError(
            _("%(name)s shares offers with %(others)s. Neighbours live in one cell: end their agreements first.")
            % {"name": town.name, "others": ", ".join(others) or _("others, as their roof portal")}
        )
