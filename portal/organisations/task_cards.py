"""What this room puts on landing pages: the people of one's organisation, and for editors what nobody else decides."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import User
from core.access import Role
from core.task_cards import EDITORS, Group, TaskCard, register, register_maker
from portal.organisations.models import JoinRequest
from portal.providers.models import Membership, Provider
from tenants.running.context import PUBLIC, current_schema

LIST = "/konto/anbieter/"
_EVERYBODY, _PROVIDERS = frozenset({Role.SIGNED_IN}), frozenset({Role.PROVIDER})


def own_cards(person: User) -> Iterable[TaskCard]:
    """The people of one's one organisation, or the list of several; for whoever has none yet, the way to one. On the
    operator's side there are none, and whoever works in the town hall need not look for one."""
    if current_schema() == PUBLIC or person.granted_roles:
        return []
    return _cards(person) or [_first()]


def cards_beside(person: User) -> Iterable[TaskCard]:
    """The same for people of the town hall who keep an organisation besides."""
    return _cards(person) if person.granted_roles else []


def _cards(person: User) -> list[TaskCard]:
    own = list(Provider.objects.kept_by(person)[:2])
    if not own:
        return []
    if len(own) == 1:
        return [_people(own[0], person)]
    sentence = _("Choose for which of them you want to do something.")
    return [TaskCard(LIST, _("Your organisations"), sentence, "building", _PROVIDERS, order=20, landing=True)]


def _first() -> TaskCard:
    sentence = _("Register an organisation, or ask one to take you in.")
    return TaskCard(LIST, _("Your organisation"), sentence, "building", _EVERYBODY, order=20, landing=True)


def _people(provider: Provider, person: User) -> TaskCard:
    def asking() -> list[QuerySet[Any]]:
        responsible = Membership.objects.filter(provider=provider, user=person, role=Membership.Role.ADMINISTRATOR)
        return [JoinRequest.objects.waiting().filter(provider__in=responsible.values("provider"))]

    return TaskCard(
        f"{LIST}{provider.pk}/personen/",
        pgettext("of an organisation", "People"),
        _("Who writes for your organisation. Invite others, hand over, leave."),
        "users",
        _PROVIDERS,
        order=20,
        waits=asking,
        landing=True,
    )


register_maker(_EVERYBODY, own_cards)
register_maker(_PROVIDERS, cards_beside)
register(
    TaskCard(
        "/redaktion/beitritte/",
        gettext_lazy("Requests to join"),
        gettext_lazy("People who want to join an organisation in which nobody is responsible."),
        "users",
        EDITORS,
        Group.PEOPLE,
        order=10,
        waits=lambda: [JoinRequest.objects.for_the_editors()],
        words="Beitritt, dazukommen, Mitglied, Verantwortliche, Anfrage",
    ),
    TaskCard(
        "/redaktion/einstellungen/registrierung/",
        gettext_lazy("Registration of organisations"),
        gettext_lazy("Whether organisations may register by themselves."),
        "building",
        EDITORS,
        Group.RULES,
        order=20,
        words="Registrierung, Selbstanmeldung, Konto anlegen, öffnen, schließen",
    ),
)
