"""What a new municipality gets: its template's mail texts, and its first editor."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from core.access import Role
from mail.invitations import invite
from mail.models import MailChoice, MailText
from tenants.lifecycle.making import copy_rows
from tenants.models import Municipality
from tenants.signals import provisioned
from tenants.urls import address_of


@receiver(provisioned)
def copy_mail_texts(municipality: Municipality, template: Municipality | None, **kwargs: Any) -> None:
    """Copy the wording; without a template the shipped texts are used and no row is needed."""
    if template is not None:
        copy_rows(MailText, template=template, into=municipality)
        copy_rows(MailChoice, template=template, into=municipality)


@receiver(provisioned)
def invite_first_editor(municipality: Municipality, host: str, editor: str, **kwargs: Any) -> None:
    """Give the first editor an account and the link to set a password. Raises ValidationError for a bad address."""
    if editor:
        user = User.objects.create_user(editor, roles=[Role.EDITOR, Role.ADMIN])
        invite(user, portal=municipality.name, address=address_of(host))
