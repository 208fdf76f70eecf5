"""Who gets a newsletter, and who said that they want none."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from mail.models import Unreachable
from portal.newsletter.models.newsletters import Newsletter

# The link in a first mail is good for so long; then the address is forgotten. A list that is read in reaches people who
# are on holiday, so that this is longer than with a search somebody has just ordered.
CONFIRM_WITHIN = timedelta(days=7)


class State(models.TextChoices):
    """Where a reader is."""

    PENDING = "pending", _("not confirmed yet")
    ASKING = "asking", _("waits for you")
    ACTIVE = "active", pgettext_lazy("of a reader", "gets it")


class Source(models.TextChoices):
    """Where an address comes from."""

    FORM = "form", _("subscribed on the portal")
    LIST = "list", _("read in from a list")
    EDITOR = "editor", _("entered by the editors")


class ReaderQuerySet(models.QuerySet["Reader"]):
    """Which readers."""

    def getting(self) -> "ReaderQuerySet":
        """Those an issue goes to: confirmed, admitted, and no mail came back for good."""
        return self.filter(state=State.ACTIVE).exclude(email__in=Unreachable.objects.values("address"))

    def to_forget(self, now: datetime) -> "ReaderQuerySet":
        """Those nobody confirmed."""
        return self.filter(state=State.PENDING, created_at__lte=now - CONFIRM_WITHIN)


class Reader(models.Model):
    """An address that gets, or asked for, a newsletter. `key` leaves the server signed only (`tokens`)."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="readers")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = fields.EmailField(_("e-mail"))
    language = fields.CharField(_("language of the mails"), max_length=10, default="de")
    state = fields.CharField(_("state"), max_length=8, choices=State, default=State.PENDING)
    source = fields.CharField(_("from where"), max_length=8, choices=Source, default=Source.FORM)
    # Why an address may be written to that nobody confirmed here: what whoever read it in said.
    evidence = fields.CharField(_("consent"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("asked for"))
    mailed_at = models.DateTimeField(_("last mail on it"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects: ClassVar[ReaderQuerySet] = ReaderQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("reader of a newsletter")
        verbose_name_plural = _("readers of newsletters")
        ordering = ("id",)
        indexes = (models.Index(fields=("newsletter", "state", "id"), name="newsletter_reader_getting"),)
        constraints = (
            models.UniqueConstraint(fields=("newsletter", "email"), name="newsletter_reader_once"),
            models.CheckConstraint(name="newsletter_reader_small", condition=Q(email=models.functions.Lower("email"))),
            models.CheckConstraint(name="newsletter_reader_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="newsletter_reader_source_known", condition=Q(source__in=Source.values)),
            models.CheckConstraint(
                name="newsletter_reader_has_time",
                condition=Q(state=State.PENDING) | Q(confirmed_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        # No address: this stands in logs.
        return f"{self.newsletter_id}: {self.pk}"


class Left(models.Model):
    """Somebody who unsubscribed: no list brings them back. The address is not kept, only a keyed digest of it."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="+")
    digest = fields.CharField(max_length=64)
    left_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reader who left")
        verbose_name_plural = _("readers who left")
        constraints = (models.UniqueConstraint(fields=("newsletter", "digest"), name="newsletter_left_once"),)

    def __str__(self) -> str:
        return f"{self.newsletter_id}: {self.pk}"


def digest_of(email: str) -> str:
    """By what somebody who left is recognised."""
    return salted_hmac("portal.newsletter.left", email.lower(), algorithm="sha256").hexdigest()
