"""Applying, confirming, deciding. What follows is made by a job (onboarding.making) and walked by both (way)."""

from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.access import Role
from mail.services import post_kind
from onboarding import tasks
from onboarding.models import UNCONFIRMED_FOR, Application, ApplicationState
from tenants.lifecycle.domains import preview_host
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.registry import checked
from tenants.running.context import inside_public
from tenants.urls import own_address

_key = TimestampSigner(salt="onboarding.confirm")


def apply(application: Application) -> Application:
    """Keep an application and write its address the mail to confirm it."""
    with inside_public(), transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        application.state = ApplicationState.NEW
        application.save()
        post_kind(
            "onboarding_confirm",
            to=application.email,
            values={
                "name": application.name,
                "link": f"{own_address()}mitmachen/{_key.sign(str(application.pk))}/",
            },
        )
    return application


def of_link(token: str) -> Application | None:
    """The application a mail was about; None for a link that is forged, too old, or without application."""
    try:
        number = _key.unsign(token, max_age=UNCONFIRMED_FOR)
    except BadSignature:
        return None
    return Application.objects.filter(pk=int(number)).first()


def confirm(application: Application) -> None:
    """The address is theirs: the operators are told. Confirmed twice it is once."""
    with inside_public(), transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        found = Application.objects.select_for_update().get(pk=application.pk)
        if found.state != ApplicationState.NEW:
            return
        found.state, found.confirmed_at = ApplicationState.CONFIRMED, timezone.now()
        found.save(update_fields=["state", "confirmed_at"])
        record("onboarding.applied", found, by=found.email)
        values = {
            "name": found.name,
            "state": found.get_federal_state_display(),
            "link": f"{own_address()}betrieb/antraege/{found.pk}/",
        }
        for user in User.objects.filter(is_active=True, roles__contains=[Role.OPERATOR]):
            post_kind("onboarding_applied", to=user.email, values=values)


def accept(number: int, *, slug: str, template: str = "", by: Any) -> Application:
    """Let the portal be made: a job does it within seconds. Raises RefusedError; then nothing has changed."""
    with inside_public(), transaction.atomic():
        found = _locked(number)
        if not found.is_to_decide:
            raise RefusedError(_("This application was decided already."))
        slug, _host = checked(slug.strip().lower(), found.name, preview_host(slug.strip().lower()))
        template = template.strip().lower()
        if template and not Municipality.objects.filter(slug=template).exists():
            raise RefusedError(_("There is no municipality “%(slug)s” to copy from.") % {"slug": template[:80]})
        found.slug, found.template, found.error = slug, template, ""
        found.state = ApplicationState.ACCEPTED
        found.decided_at, found.decided_by = timezone.now(), _name(by)
        try:
            with transaction.atomic():
                found.save()
        except IntegrityError as error:
            raise RefusedError(
                _("There is already a municipality with the short name “%(slug)s”.") % {"slug": slug}
            ) from error
        record("onboarding.accepted", found, by=by, changes={"slug": [None, slug]})
        tasks.make.defer(number=found.pk)
    return found


def refuse(number: int, *, reason: str, by: Any) -> Application:
    """Say no, with the reason the applicant reads. Raises RefusedError."""
    reason = reason.strip()
    if not reason:
        raise RefusedError(_("Please give the reason: the applicant reads it."))
    with inside_public(), transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        found = _locked(number)
        if not found.is_to_decide:
            raise RefusedError(_("This application was decided already."))
        found.state, found.reason = ApplicationState.REFUSED, reason[:1000]
        found.decided_at, found.decided_by = timezone.now(), _name(by)
        found.save(update_fields=["state", "reason", "decided_at", "decided_by"])
        record("onboarding.refused", found, by=by, changes={"reason": ["", found.reason]})
        post_kind("onboarding_refused", to=found.email, values={"name": found.name, "reason": found.reason})
    return found


def _locked(number: int) -> Application:
    found = Application.objects.select_for_update().filter(pk=number).first()
    if found is None:
        raise RefusedError(_("There is no application %(number)s.") % {"number": number})
    return found


def _name(by: Any) -> str:
    return str(getattr(by, "email", "") or by)[:254]
