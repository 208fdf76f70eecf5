"""Telling a municipality that the next step is its own."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from audit.services import record
from mail.services import post_kind
from onboarding.models import Application, ApplicationState
from onboarding.way import Who, way_of
from tenants.lifecycle.domains import preview_host
from tenants.refused import RefusedError
from tenants.running.context import inside_public
from tenants.urls import address_of

EVERY = timedelta(hours=20)


def remind(number: int, *, by: Any) -> Application:
    """Write the contact person, once a day at most. Raises RefusedError where nothing waits for them."""
    with inside_public(), transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        found = Application.objects.select_for_update().get(pk=number)
        step = way_of(found).next if found.state == ApplicationState.MADE else None
        if step is None or step.who is not Who.MUNICIPALITY:
            raise RefusedError(_("Nothing waits for the municipality."))
        now = timezone.now()
        if found.reminded_at is not None and now - found.reminded_at < EVERY:
            raise RefusedError(_("They were reminded today already."))
        found.reminded_at = now
        found.save(update_fields=["reminded_at"])
        values = {
            "name": found.name,
            "step": f"{way_of(found).headline}.",
            "link": f"{address_of(preview_host(found.slug))}redaktion/einrichtung/",
        }
        post_kind("onboarding_reminder", to=found.email, values=values)
        record("onboarding.reminded", found, by=by)
    return found
