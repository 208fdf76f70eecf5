"""One table, in the shared schema: who wanted to enter which municipality, why, who agreed, and how it went."""

from datetime import timedelta
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from core.support import Visiting
from tenants.models import Municipality

SHORTEST, LONGEST = 5, 300
USUAL_MINUTES, MOST_MINUTES = 60, 240
# How long the municipality may take to answer, and the operator to begin after that.
CONSENT_WAITS, GRANT_HOLDS = timedelta(days=3), timedelta(days=1)


class Scope(models.TextChoices):
    """What it is for."""

    LOOK = "look", _("only look")
    CHANGE = "change", _("change things too")


class State(models.TextChoices):
    """How it stands. The first three are open; there is one of these at most for an operator and a municipality."""

    ASKED = "asked", pgettext_lazy("support access", "waits for consent")
    GRANTED = "granted", pgettext_lazy("support access", "allowed, not begun")
    RUNNING = "running", pgettext_lazy("support access", "running")
    REFUSED = "refused", pgettext_lazy("support access", "refused")
    LAPSED = "lapsed", pgettext_lazy("support access", "lapsed")
    ENDED = "ended", pgettext_lazy("support access", "ended")


OPEN = (State.ASKED, State.GRANTED, State.RUNNING)
TRANSITIONS: dict[State, frozenset[State]] = {
    State.ASKED: frozenset({State.GRANTED, State.REFUSED, State.LAPSED, State.ENDED}),
    State.GRANTED: frozenset({State.RUNNING, State.REFUSED, State.LAPSED, State.ENDED}),
    State.RUNNING: frozenset({State.ENDED}),
    State.REFUSED: frozenset(),
    State.LAPSED: frozenset(),
    State.ENDED: frozenset(),
}


class End(models.TextChoices):
    """How it came to its end."""

    OPERATOR = "operator", _("ended by the operator")
    TOWN = "town", _("ended by the municipality")
    TIME = "time", _("its time was over")
    BARRED = "barred", _("the operator's account was closed or changed")
    CLOSED = "closed", _("the portal was closed")


class VisitQuerySet(models.QuerySet["Visit"]):
    """Which of them."""

    def open(self) -> "VisitQuerySet":
        """Those that may still let somebody in."""
        return self.filter(state__in=OPEN)

    def running(self) -> "VisitQuerySet":
        """Those that let somebody in now."""
        return self.filter(state=State.RUNNING, ends_at__gt=timezone.now())

    def of(self, schema_name: str) -> "VisitQuerySet":
        """Those of one municipality."""
        return self.filter(municipality__schema_name=schema_name)


class Visit(models.Model):
    """Support access of one operator to one municipality.

    The operator is kept by number, name and address: accounts have tables in every schema, so no key may point there.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="+", verbose_name=_("municipality")
    )
    operator_number = models.BigIntegerField(_("number of the operator"))
    operator_name = fields.CharField(_("operator"), max_length=254)
    operator_email = fields.EmailField(_("address of the operator"))
    reason = fields.CharField(_("reason"), max_length=LONGEST)
    scope = fields.CharField(pgettext_lazy("support access", "scope"), max_length=10, choices=Scope, default=Scope.LOOK)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=USUAL_MINUTES, validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)]
    )
    state = fields.CharField(pgettext_lazy("support access", "state"), max_length=10, choices=State)
    with_consent = models.BooleanField(_("only with consent"))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    # Until when it may be allowed, or begun.
    expires_at = models.DateTimeField(_("lapses"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = fields.CharField(_("who decided"), max_length=254, blank=True)
    began_at = models.DateTimeField(_("began"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends by itself"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_how = fields.CharField(_("how it ended"), max_length=10, choices=End, blank=True)
    # How many times its link was used: a link and a session belong to one of these, so that each works once.
    entries = models.PositiveIntegerField(_("times entered"), default=0)
    # The account it has in the municipality's own table.
    account = models.BigIntegerField(_("number of the account there"), null=True, blank=True)

    objects: ClassVar[VisitQuerySet] = VisitQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("support access")
        verbose_name_plural = _("support accesses")
        ordering = ("-id",)
        indexes = (models.Index(fields=("municipality", "-id"), name="support_visit_town"),)
        constraints = (
            models.UniqueConstraint(
                fields=("municipality", "operator_number"),
                condition=models.Q(state__in=OPEN),
                name="support_visit_one_open",
            ),
            models.CheckConstraint(name="support_visit_reason_given", condition=~models.Q(reason="")),
            models.CheckConstraint(name="support_visit_scope_known", condition=models.Q(scope__in=Scope.values)),
            models.CheckConstraint(name="support_visit_state_known", condition=models.Q(state__in=State.values)),
            models.CheckConstraint(
                name="support_visit_minutes", condition=models.Q(minutes__gte=1, minutes__lte=MOST_MINUTES)
            ),
            # Nobody is in without an end, and no end lies farther off than the longest stretch.
            models.CheckConstraint(
                name="support_visit_has_an_end",
                condition=models.Q(began_at=None, ends_at=None, account=None)
                | models.Q(
                    began_at__isnull=False,
                    account__isnull=False,
                    # Said, because a comparison with nothing would pass.
                    ends_at__isnull=False,
                    ends_at__gt=models.F("began_at"),
                    ends_at__lte=models.F("began_at") + timedelta(minutes=MOST_MINUTES),
                ),
            ),
            models.CheckConstraint(
                name="support_visit_running_began",
                condition=~models.Q(state=State.RUNNING) | models.Q(began_at__isnull=False, ended_at=None),
            ),
            # Where consent was asked for, nobody is in without somebody's answer.
            models.CheckConstraint(
                name="support_visit_consented",
                condition=models.Q(with_consent=False) | models.Q(began_at=None) | ~models.Q(decided_by=""),
            ),
            models.CheckConstraint(
                name="support_visit_end_said",
                condition=models.Q(ended_at=None, ended_how="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_how="")),
            ),
        )

    def __str__(self) -> str:
        return self.municipality.name

    @property
    def helper(self) -> str:
        """Who it is, as everybody in the municipality reads it."""
        return f"Support ({self.operator_name})"

    @property
    def is_running(self) -> bool:
        """Whether it lets somebody in at this moment."""
        return self.state == State.RUNNING and self.ends_at is not None and self.ends_at > timezone.now()

    @property
    def may_begin(self) -> bool:
        """Whether it was allowed, in time."""
        return self.state == State.GRANTED and self._holds

    @property
    def waits_for_consent(self) -> bool:
        """Whether somebody may still decide."""
        return self.state == State.ASKED and self._holds

    @property
    def is_open(self) -> bool:
        """Whether it may still come to something."""
        return self.is_running or self.may_begin or self.waits_for_consent

    @property
    def _holds(self) -> bool:
        return self.expires_at is not None and self.expires_at > timezone.now()

    @property
    def lasted(self) -> int | None:
        """Minutes from its beginning to its end."""
        if self.began_at is None or self.ended_at is None:
            return None
        return round((self.ended_at - self.began_at).total_seconds() / 60)

    @property
    def visiting(self) -> Visiting:
        """For whatever happens in its course. Only of one that began."""
        assert self.ends_at is not None
        return Visiting(self.pk, self.helper, self.reason, self.ends_at, self.scope == Scope.CHANGE)
