"""What operators were told of, so that they are told once, and the addresses of programs that are told too."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courier.models import Address, Message


class Alert(models.Model):
    """How one cause stands with the alerts: one row each, written at every measurement."""

    cause = models.CharField(_("cause"), max_length=40, unique=True)
    # Measurements in a row in which anybody was disturbed by it, and in which nobody was.
    seen = models.PositiveIntegerField(_("measurements with it"), default=0)
    missed = models.PositiveIntegerField(_("measurements without it"), default=0)
    is_open = models.BooleanField(_("told and not over"), default=False)
    told_at = models.DateTimeField(_("last told"), null=True, blank=True)
    told_number = models.PositiveIntegerField(_("municipalities when last told"), default=0)
    measured_at = models.DateTimeField(_("measured"))

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ("cause",)
        constraints = (
            models.CheckConstraint(
                name="alert_open_was_told", condition=models.Q(is_open=False) | models.Q(told_at__isnull=False)
            ),
            models.CheckConstraint(name="alert_seen_or_missed", condition=models.Q(seen=0) | models.Q(missed=0)),
        )

    def __str__(self) -> str:
        return self.cause


class AlertHookQuerySet(models.QuerySet["AlertHook"]):
    """Which webhooks."""

    def failing(self) -> "AlertHookQuerySet":
        """Those at which nothing arrives now, or that were given up."""
        return self.filter(Q(active=True, first_failure__isnull=False) | Q(given_up_at__isnull=False))


class AlertHook(Address):
    """A program that gets the alerts."""

    purpose = "health.alerthook"

    objects: ClassVar[AlertHookQuerySet] = AlertHookQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("webhook of alerts")
        verbose_name_plural = _("webhooks of alerts")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("url",),
                name="alert_hook_once",
                violation_error_message=_("There is a webhook to this address already."),
            ),
            # http only to the operator's own network (LINK_INTERNAL_HOSTS); the form and `core.outgoing` see to it.
            models.CheckConstraint(
                name="alert_hook_to_web",
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                violation_error_message=_("The address must begin with https://."),
            ),
            models.CheckConstraint(name="alert_hook_given_up_is_off", condition=Q(given_up_at=None) | Q(active=False)),
        )


class AlertMessage(Message):
    """One message to one address. What it says is fixed when it is written: an alert is of its moment."""

    hook = models.ForeignKey(AlertHook, on_delete=models.CASCADE, related_name="deliveries")
    said = models.JSONField(_("text"))

    class Meta:
        verbose_name = _("message of an alert")
        verbose_name_plural = _("messages of alerts")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(name="alert_message_state", condition=Q(state__in=["waiting", "sent", "failed"])),
        )
        indexes = (
            models.Index(fields=("hook", "-id"), name="alert_message_log"),
            models.Index(fields=("next_try_at",), condition=Q(state="waiting"), name="alert_message_waiting"),
        )

    @property
    def is_test(self) -> bool:
        """Whether it only tries whether anything arrives."""
        return bool(self.said.get("type") == "alert.test")
