"""What a wish is estimated to cost, who takes part in paying it, and what each has agreed to. No money moves here."""

from typing import NamedTuple

from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from tracker.tickets.models import Participant, Ticket
from tracker.tickets.models.files import file_name, shared_files

MOST_CENTS = 10**11
MOST_NOTE = 500


class Key(models.TextChoices):
    """How the sum is shared out among those who take part."""

    AMOUNTS = "amounts", _("each an amount of its own")
    EQUAL = "equal", _("in equal parts")
    INHABITANTS = "inhabitants", _("by inhabitants")
    USE = "use", _("by use (published offers)")


class Money(NamedTuple):
    """Of a wish: the estimate, the cents of those whose municipality has agreed to what its share is now, and whether
    it is covered for good."""

    cents: int
    pledged: int
    is_final: bool

    @property
    def percent(self) -> int:
        """How much of the estimate is pledged."""
        return self.pledged * 100 // self.cents


class FundingQuerySet(models.QuerySet["Funding"]):
    """Which fundings."""

    def money(self) -> dict[int, Money]:
        """What their wishes cost, by the wish's number. One statement."""
        agreed = Sum("parts__share", filter=Q(parts__agreed__gte=F("parts__share")))
        rows = self.order_by().annotate(pledged=agreed)
        return {
            ticket: Money(cents, pledged or 0, is_final=financed is not None)
            for ticket, cents, pledged, financed in rows.values_list("ticket_id", "cents", "pledged", "financed_at")
        }


class Funding(models.Model):
    """The estimate of a wish and how it is paid. All sums are whole cents."""

    ticket = models.OneToOneField(
        Ticket, on_delete=models.CASCADE, primary_key=True, related_name="funding", verbose_name=_("ticket")
    )
    cents = models.PositiveBigIntegerField(_("estimate"))
    note = fields.CharField(
        _("What the estimate holds"),
        max_length=MOST_NOTE,
        blank=True,
        help_text=_("For example: with tests and a page of the handbook, without maintenance."),
    )
    key = models.CharField(_("key"), max_length=12, choices=Key, blank=True)
    # Another key somebody has proposed; it holds as soon as all who take part agree.
    proposed = models.CharField(_("proposed key"), max_length=12, choices=Key, blank=True)
    proposed_by = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    estimated_at = models.DateTimeField(_("estimated"), default=timezone.now)
    financed_at = models.DateTimeField(_("financed"), null=True, blank=True)

    objects = FundingQuerySet.as_manager()

    class Meta:
        verbose_name = _("funding of a wish")
        verbose_name_plural = _("funding of wishes")
        ordering = ("-estimated_at", "-pk")
        constraints = (
            models.CheckConstraint(name="funding_of_something", condition=Q(cents__gt=0, cents__lte=MOST_CENTS)),
            models.CheckConstraint(name="funding_key_known", condition=Q(key="") | Q(key__in=Key.values)),
            models.CheckConstraint(
                name="funding_financed_by_a_key", condition=Q(financed_at__isnull=True) | (~Q(key="") & Q(proposed=""))
            ),
            models.CheckConstraint(
                name="funding_proposed_by_somebody",
                condition=Q(proposed="", proposed_by__isnull=True) | (~Q(proposed="") & Q(proposed_by__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.cents}"

    @property
    def is_final(self) -> bool:
        """Whether it is covered: then nothing of it changes any more."""
        return self.financed_at is not None


class Part(models.Model):
    """A municipality that takes part. `share` is what it would pay today, `agreed` what it last agreed to: a share that
    falls takes the agreement down with it, one that rises has to be agreed to anew."""

    funding = models.ForeignKey(Funding, on_delete=models.CASCADE, related_name="parts")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="parts")
    # What the keys weigh it by, as it was when it joined or agreed to a key.
    inhabitants = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    use = models.PositiveIntegerField(_("published offers"), default=1)
    amount = models.PositiveBigIntegerField(_("own amount"), default=0)
    share = models.PositiveBigIntegerField(_("share"), default=0)
    agreed = models.PositiveBigIntegerField(_("agreed to"), null=True, blank=True)
    agreed_at = models.DateTimeField(_("agreed on"), null=True, blank=True)
    consents = models.BooleanField(_("agrees to the proposed key"), default=False)
    since = models.DateTimeField(_("takes part since"), default=timezone.now)

    class Meta:
        verbose_name = _("part in a funding")
        verbose_name_plural = _("parts in fundings")
        ordering = ("since", "pk")
        constraints = (
            models.UniqueConstraint(fields=("funding", "participant"), name="part_once"),
            models.CheckConstraint(
                name="part_agreed_on_a_day",
                condition=Q(agreed__isnull=True, agreed_at__isnull=True)
                | Q(agreed__isnull=False, agreed_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.funding_id}: {self.participant_id}"

    @property
    def is_agreed(self) -> bool:
        """Whether it stands by its share."""
        return self.agreed is not None and self.agreed >= self.share

    @property
    def has_risen(self) -> bool:
        """Whether it had agreed to less."""
        return self.agreed is not None and self.agreed < self.share


class Statement(models.Model):
    """Who pays what, as a PDF. `digest` says of which numbers it was made: those of today have another one."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for its turn")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be made")

    funding = models.ForeignKey(Funding, on_delete=models.CASCADE, related_name="statements")
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    file = models.FileField(upload_to=file_name, storage=shared_files, max_length=150, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("funding", "digest"), name="statement_once"),
            models.CheckConstraint(name="statement_ready_with_file", condition=~Q(state="ready") | ~Q(file="")),
        )

    def __str__(self) -> str:
        return f"{self.funding_id}: {self.state}"
