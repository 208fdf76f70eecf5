"""Votes of municipalities for wishes, and what each has left of its points."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.tickets.models import Participant, Ticket
from tracker.voting.prices import BUDGET, Held


class VoteQuerySet(models.QuerySet["Vote"]):
    """Which votes."""

    def held(self) -> "VoteQuerySet":
        """Those that count; the others came back when their wish ended, and are its history."""
        return self.filter(returned_at__isnull=True)


class Vote(models.Model):
    """What a municipality set on a wish in a year. `points` is what was paid: after a merge less than the square."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="votes", verbose_name=_("ticket"))
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="votes")
    year = models.PositiveSmallIntegerField(_("year"))
    votes = models.PositiveSmallIntegerField(_("votes"))
    points = models.PositiveSmallIntegerField(_("points"))
    set_at = models.DateTimeField(_("set"), default=timezone.now)
    returned_at = models.DateTimeField(_("came back"), null=True, blank=True)

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ("-set_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("ticket", "participant", "year"), name="vote_once_a_year"),
            models.CheckConstraint(
                name="vote_paid_for",
                condition=Q(votes__gt=0, points__gte=F("votes"), points__lte=F("votes") * F("votes")),
            ),
        )
        indexes = (models.Index(fields=("participant", "year"), name="vote_of_year"),)

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.votes}"

    @property
    def as_held(self) -> Held:
        """What it means for the price of a change."""
        return Held(self.votes, self.points)


class Purse(models.Model):
    """What a municipality has spent in a year. Written by a trigger on the votes, so that no way leads past its limit:
    the check below refuses whatever would exceed the budget."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    spent = models.SmallIntegerField(_("points spent"), default=0)

    class Meta:
        verbose_name = _("points of a year")
        verbose_name_plural = _("points of a year")
        ordering = ("participant", "-year")
        constraints = (
            models.UniqueConstraint(fields=("participant", "year"), name="purse_once_a_year"),
            models.CheckConstraint(name="purse_never_overdrawn", condition=Q(spent__gte=0, spent__lte=BUDGET)),
        )

    def __str__(self) -> str:
        return f"{self.participant_id}, {self.year}: {self.spent}"


class Standing(models.Model):
    """How a ticket stands among the others, written by triggers: what the board is sorted by, without counting ten
    thousand times. `past` are votes that came back."""

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    votes = models.PositiveIntegerField(_("votes"), default=0)
    voters = models.PositiveIntegerField(_("municipalities that voted"), default=0)
    past = models.PositiveIntegerField(_("votes that came back"), default=0)
    concerned = models.PositiveIntegerField(_("municipalities concerned"), default=0)

    class Meta:
        verbose_name = _("standing of a ticket")
        verbose_name_plural = _("standings of tickets")
        ordering = ("-votes", "-concerned", "ticket")
        indexes = (models.Index(fields=("-votes", "-concerned", "ticket"), name="standing_rank"),)

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.votes}"


def this_year() -> int:
    """The year whose points are spent today."""
    return timezone.localdate().year


def new_budget(year: int) -> date:
    """The day on which there is a new budget."""
    return date(year + 1, 1, 1)
