"""Accounts made by the operator, and whom they belong to."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import GRANTED, User
from audit.services import record
from core.access import Role
from core.numbers import whole_number
from mail.invitations import first_password_link, invite
from portal.people import services
from portal.providers.models import Membership, Provider, State
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.registry import first_sentence
from tenants.urls import own_address


def create_user(municipality: Municipality, email: str, *, role: Role, provider: str = "", by: str) -> User:
    """Make an account inside the municipality and write its owner the mail to set a password.

    An account becomes a provider's by a membership: `provider` (id or name) makes one. Without it, the account waits
    until somebody takes it into a provider. Raises RefusedError; then nothing was made.
    """
    if provider and role is not Role.PROVIDER:
        raise RefusedError(_("Only an account with the role “provider” belongs to a provider."))
    organisation = _provider(provider) if provider else None
    with transaction.atomic():
        try:
            user = User.objects.create_user(email, roles=[role.value] if role in GRANTED else [])
        except ValidationError as error:
            raise RefusedError(first_sentence(error)) from error
        if organisation is not None:
            Membership.objects.create(provider=organisation, user=user, role=_first_or_further(organisation))
        record("create", user, by=by, changes={"role": [None, role.value]})
        invite(user, portal=municipality.name, address=own_address())
    return user


@transaction.atomic
def create_operator(email: str, *, by: str) -> str:
    """Make an account of the operator's side and write its owner the mail to set a password; returns the mail's link.

    Asked inside the shared schema. The link is for the first operator of a new machine, whose mail server may not be
    reached yet; whoever is given it can do what the account can. Raises RefusedError; then nothing was made.
    """
    try:
        user = User.objects.create_user(email, roles=[Role.OPERATOR.value])
    except ValidationError as error:
        raise RefusedError(first_sentence(error)) from error
    record("create", user, by=by, changes={"role": [None, Role.OPERATOR.value]})
    invite(user, portal=str(settings.BASE_DOMAIN), address=own_address())
    return first_password_link(user, address=own_address())


@transaction.atomic
def reset_second_factor(email: str, *, by: str) -> int:
    """Take the second factors of somebody in the municipality we are inside away, end their sessions and tell them.

    Returns how many there were. Raises RefusedError where there is no such account. Make sure before that it is them.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise RefusedError(_("There is no account with the address %(email)s.") % {"email": email[:80]})
    return services.reset_second_factor(user, by=by)


def _first_or_further(provider: Provider) -> Membership.Role:
    """Somebody must be able to let others in: the first one administers."""
    administrators = Membership.objects.filter(provider=provider, role=Membership.Role.ADMINISTRATOR)
    return Membership.Role.MEMBER if administrators.exists() else Membership.Role.ADMINISTRATOR


def _provider(wanted: str) -> Provider:
    providers = Provider.objects.exclude(state=State.ARCHIVED)
    number = whole_number(wanted)
    found = list(providers.filter(name=wanted)[:2] if number is None else providers.filter(pk=number))
    if not found:
        raise RefusedError(_("There is no provider “%(name)s”.") % {"name": wanted[:80]})
    if len(found) > 1:
        raise RefusedError(
            _("Several providers are called “%(name)s”; please give the number.") % {"name": wanted[:80]}
        )
    return found[0]
