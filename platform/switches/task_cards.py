"""What the operator does here; and no card of anybody leads to a part that is off."""

from functools import lru_cache

from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, hide_cards, register
from switches.asking import is_on
from switches.declared import names_of


@lru_cache(maxsize=512)
def _switches_of(url: str) -> tuple[str, ...]:
    try:
        return tuple(names_of(resolve(url.partition("?")[0], urlconf="config.urls_tenant").app_names))
    except Resolver404:
        # A page of the operator's host.
        return ()


def leads_nowhere(card: TaskCard) -> bool:
    """Whether the page of a card is off here."""
    return not all(is_on(name) for name in _switches_of(card.url))


hide_cards(leads_nowhere)
register(
    TaskCard(
        "/betrieb/schalter/",
        _("Switches"),
        _("What of the software is ready where: turn parts on or off for one municipality, a wave or all."),
        "settings",
        frozenset({Role.OPERATOR}),
        order=19,
        landing=True,
    )
)
