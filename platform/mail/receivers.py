"""A new municipality takes over the mail texts of its template."""

from typing import Any

from django.dispatch import receiver

from mail.models import MailText
from tenants.models import Municipality
from tenants.services import copy_rows
from tenants.signals import provisioned


@receiver(provisioned)
def copy_mail_texts(municipality: Municipality, template: Municipality | None, **kwargs: Any) -> None:
    """Copy the wording; without a template the shipped texts are used and no row is needed."""
    if template is not None:
        copy_rows(MailText, template=template, into=municipality)
