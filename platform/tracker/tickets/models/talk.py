"""What was said, who is concerned, who follows it, and which way a ticket went."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from tracker.tickets.models.participants import Participant
from tracker.tickets.models.tickets import MOST_TEXT, State, Ticket, author_name
from tracker.tickets.models.viewers import Viewer


class CommentQuerySet(models.QuerySet["Comment"]):
    """Which comments. Ask for those of a ticket the viewer may see."""

    def shared(self) -> "CommentQuerySet":
        """What all municipalities read."""
        return self.filter(internal=False)

    def internal_to(self, viewer: Viewer) -> "CommentQuerySet":
        """Notes between the operator and the viewer's own municipality; the operator reads those of all."""
        if viewer.is_operator:
            return self.filter(internal=True)
        if viewer.participant is None or not viewer.sees_all:
            return self.none()
        return self.filter(internal=True, about=viewer.participant)

    def visible_to(self, viewer: Viewer) -> "CommentQuerySet":
        """Both."""
        return self.shared() | self.internal_to(viewer)


class Comment(models.Model):
    """A contribution to a ticket: for everybody, or (internal) between one municipality and the operator."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="comments", verbose_name=_("ticket"))
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text=_("Empty: operator.")
    )
    person = models.BigIntegerField(null=True, blank=True, editable=False)
    by_provider = models.BooleanField(default=False, editable=False)
    text = fields.CharField(_("text"), max_length=MOST_TEXT, blank=True, help_text=_("Empty when its author left."))
    internal = models.BooleanField(_("internal"), default=False)
    # Between whom and the operator an internal note is.
    about = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("written"), default=timezone.now)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("created_at", "pk")
        constraints = (
            models.CheckConstraint(
                name="comment_internal_about_somebody",
                condition=Q(internal=False, about__isnull=True) | Q(internal=True, about__isnull=False),
            ),
            models.CheckConstraint(
                name="comment_internal_by_them",
                condition=Q(internal=False) | Q(participant__isnull=True) | Q(participant=models.F("about")),
            ),
        )
        indexes = (models.Index(fields=("ticket", "created_at"), name="comment_talk"),)

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.text[:60]}"

    @property
    def author(self) -> str:
        """Who wrote it, as every reader may know."""
        return author_name(self.participant, by_provider=self.by_provider)


class Concern(models.Model):
    """“Betrifft uns auch”: free and unlimited, once a municipality."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="concerns", verbose_name=_("ticket"))
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ("since", "pk")
        constraints = (models.UniqueConstraint(fields=("ticket", "participant"), name="concern_once"),)

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.participant_id}"


class Watch(models.Model):
    """A person who is told what happens to a ticket; without participant, an operator."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="watches", verbose_name=_("ticket"))
    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    person = models.BigIntegerField()
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "participant", "person"), name="watch_once", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.participant_id}/{self.person}"


class Step(models.Model):
    """One change of state, kept for the way shown on the page and for how due times were kept."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="steps", verbose_name=_("ticket"))
    old = models.CharField(_("before"), max_length=12, choices=State, blank=True)
    new = models.CharField(_("after"), max_length=12, choices=State)
    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("ticket", "at"), name="step_of_ticket"),)

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.old} → {self.new}"
