"""What happened, who wants to be told of it, and who is to be told when."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.channels.rhythm import Rhythm
from tracker.tickets.models import Participant, Ticket


class Scope(models.TextChoices):
    """Of which tickets somebody is told."""

    ALL = "all", _("all tickets of all municipalities")
    OWN = "own", _("tickets of our municipality, and those I follow")
    WATCHED = "watched", _("tickets I reported or follow")
    NONE = "none", pgettext_lazy("mails about tickets", "none")


class Subscription(models.Model):
    """What a person wants to be told; without a row, of watched tickets at once. Without participant: an operator."""

    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    person = models.BigIntegerField()
    scope = models.CharField(_("Mails about"), max_length=10, choices=Scope, default=Scope.WATCHED)
    rhythm = models.CharField(_("How often"), max_length=10, choices=Rhythm, default=Rhythm.AT_ONCE)

    class Meta:
        verbose_name = _("subscription to tickets")
        verbose_name_plural = _("subscriptions to tickets")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("participant", "person"), name="told_person_once", nulls_distinct=False),
            models.CheckConstraint(name="told_scope_known", condition=Q(scope__in=Scope.values)),
            models.CheckConstraint(name="told_rhythm_known", condition=Q(rhythm__in=Rhythm.values)),
        )

    def __str__(self) -> str:
        return f"{self.participant_id}/{self.person}: {self.scope} {self.rhythm}"


class Event(models.Model):
    """Something that happened to a ticket, as it is told. `only`: nobody but this participant and the operator may
    learn of it. `data`: what the sentence about it needs, all of it fit for those who may."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=30)
    # Who did it, to be shown; empty: the operator.
    participant = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    by_provider = models.BooleanField(default=False)
    only = models.ForeignKey(Participant, null=True, on_delete=models.CASCADE, related_name="+")
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.name}"


class Notice(models.Model):
    """A person is to be told of an event. `person` empty: whoever decides in that municipality."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="notices")
    participant = models.ForeignKey(Participant, null=True, on_delete=models.CASCADE, related_name="+")
    person = models.BigIntegerField(null=True)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("event", "participant", "person"), name="notice_once", nulls_distinct=False
            ),
        )
        indexes = (
            models.Index(fields=("participant", "due_at"), condition=Q(sent_at=None), name="notice_waiting"),
            models.Index(fields=("sent_at",), name="notice_sent"),
        )

    def __str__(self) -> str:
        return f"{self.event_id}: {self.participant_id}/{self.person}"
