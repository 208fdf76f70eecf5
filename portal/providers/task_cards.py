"""What this room puts on the landing page of a provider's people: today only what they can look at."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import User
from core.access import Role
from core.task_cards import TaskCard, register_maker
from portal.providers.models import Provider

_PROVIDERS = frozenset({Role.PROVIDER})


def provider_cards_of(person: User) -> Iterable[TaskCard]:
    """One card for each public organisation of theirs, and the way to the editors."""
    own = Provider.objects.kept_by(person).public()
    cards = [
        TaskCard(
            provider.get_absolute_url(),
            provider.name,
            _("Your organisation with its offers, as everybody sees it."),
            "building",
            _PROVIDERS,
            order=30,
            landing=True,
        )
        for provider in own
    ]
    question = TaskCard(
        "/kontakt/schreiben/",
        _("Write to the editorial team"),
        _("Your questions about your organisation and its offers reach the editorial team by this form."),
        "mail",
        _PROVIDERS,
        order=35,
        landing=True,
    )
    return [*cards, question]


register_maker(_PROVIDERS, provider_cards_of)
