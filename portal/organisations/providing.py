"""A provider for the first hour of a municipality, made by the operator."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.text import clean_text, fold
from mail.invitations import invite
from portal.organisations.people import ADMINISTRATOR, admit
from portal.providers import editing
from portal.providers.kind import KIND
from portal.providers.models import Membership, Provider, State
from portal.providers.services import enter_state
from portal.revisions import bulk
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.registry import first_sentence
from tenants.urls import own_address

LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Made:
    """A provider, and what had to be done for it."""

    provider: Provider
    fresh: bool
    administrator: str = ""
    invited: bool = False
    admitted: bool = False


def create_provider(municipality: Municipality, name: str, *, administrator: str = "", by: str) -> Made:
    """A published provider of this name, inside the municipality, and its administrator, who gets the mail to set a
    password where there is no account yet. What is there already stays as it is. Raises RefusedError; then nothing
    was made."""
    name = _checked(name)
    with transaction.atomic():
        provider, fresh = _provider(name, by=by)
        if not administrator:
            return Made(provider, fresh)
        user, invited = _account(municipality, administrator, by=by)
        had = Membership.objects.filter(provider=provider, user=user, role=ADMINISTRATOR).exists()
        if not had:
            admit(provider, user, role=ADMINISTRATOR, by=by)
    return Made(provider, fresh, user.email, invited, not had)


def _checked(name: str) -> str:
    name = clean_text(name).strip()
    if not name or not name.isprintable():
        raise RefusedError(_("Please give the name of the provider in one line."))
    if len(name) > LONGEST_NAME:
        raise RefusedError(_("The name is longer than %(longest)d characters.") % {"longest": LONGEST_NAME})
    return name


def named(name: str) -> list[Provider]:
    """The providers of this name, however it is spelled in capitals and accents; not those in the bin."""
    wanted = fold(name)
    rows = Provider.objects.exclude(state=State.TRASHED).filter(merged_into=None).values_list("pk", "name")
    return list(Provider.objects.filter(pk__in=[pk for pk, there in rows if fold(there) == wanted]).order_by("pk"))


def _provider(name: str, *, by: str) -> tuple[Provider, bool]:
    there = named(name)
    if len(there) > 1:
        raise RefusedError(_("Several providers are called “%(name)s”.") % {"name": name[:80]})
    if there:
        locked = Provider.objects.select_for_update().get(pk=there[0].pk)
        if locked.state != State.PUBLISHED:
            raise RefusedError(
                _("There is a provider “%(name)s” already, and it is not public: %(state)s.")
                % {"name": locked.name[:80], "state": locked.get_state_display()}
            )
        return locked, False
    provider = editing.start({"name": name}, by=by)
    enter_state(provider, State.PUBLISHED, by=by)
    bulk.record_applied(KIND, [provider.pk], by=by)
    return provider, True


def _account(municipality: Municipality, email: str, *, by: str) -> tuple[User, bool]:
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is not None:
        if not user.is_active:
            raise RefusedError(_("The account %(email)s is closed.") % {"email": user.email})
        return user, False
    try:
        user = User.objects.create_user(email)
    except ValidationError as error:
        raise RefusedError(first_sentence(error)) from error
    record("create", user, by=by)
    invite(user, portal=municipality.name, address=own_address())
    return user, True
