"""Who shows whose offers: agreements of two municipalities, and which of them are roof portals.

No person stands here: a consent is the municipality's, given in a capacity. Who pressed the button is in the audit log
of their own municipality.
"""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models import Municipality


class Kind(models.TextChoices):
    """What is agreed on."""

    NEIGHBOUR = "neighbour", _("Neighbours")
    """Each shows the other's offers beside its own."""
    ROOF = "roof", _("Roof portal")
    """The first one shows the second one's offers among its own; the second one shows nothing more than before."""


class Side(models.TextChoices):
    """Whose word it is."""

    FIRST = "first", _("the first municipality")
    SECOND = "second", _("the second municipality")
    OPERATOR = "operator", _("the operator")


class Capacity(models.TextChoices):
    """In which capacity somebody spoke for their side."""

    EDITOR = "editor", _("for the editors")
    ADMIN = "admin", _("as administrator")
    OPERATOR = "operator", _("as operator")


class State(models.TextChoices):
    """Where an agreement stands. Whether it is in force today, its days tell besides."""

    PROPOSED = "proposed", _("waits for an answer")
    AGREED = "agreed", _("agreed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("proposal withdrawn")
    REVOKED = "revoked", _("ended")


OPEN = (State.PROPOSED, State.AGREED)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Which agreements."""

    def of(self, municipality_id: int) -> "AgreementQuerySet":
        """Those of one municipality, on whichever side it stands."""
        return self.filter(Q(first=municipality_id) | Q(second=municipality_id))

    def in_force(self, day: date) -> "AgreementQuerySet":
        """Those that hold on a day."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day), state=State.AGREED, valid_from__lte=day
        )

    def lasting(self, day: date) -> "AgreementQuerySet":
        """Those that hold on a day or begin later: of whom the index must know."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), state=State.AGREED)

    def waiting_in(self, schema_name: str) -> "AgreementQuerySet":
        """Proposals the municipality of this schema has to answer: its own consent is what is missing."""
        first = Q(first__schema_name=schema_name, first_agreed_at__isnull=True)
        second = Q(second__schema_name=schema_name, second_agreed_at__isnull=True)
        return self.filter(first | second, state=State.PROPOSED)


class Agreement(models.Model):
    """What two municipalities agreed on, or one has proposed to the other. Of a roof portal it is the first."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    first = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+", verbose_name=_("municipality"))
    second = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+", verbose_name=_("municipality"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty: until one side ends it."))
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    proposed_by = models.CharField(_("proposed by"), max_length=10, choices=Side)
    first_agreed_at = models.DateTimeField(_("consent of the first"), null=True, blank=True)
    first_agreed_as = models.CharField(_("given as"), max_length=10, choices=Capacity, blank=True)
    second_agreed_at = models.DateTimeField(_("consent of the second"), null=True, blank=True)
    second_agreed_as = models.CharField(_("given as"), max_length=10, choices=Capacity, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=10, choices=Side, blank=True)
    ended_as = models.CharField(_("ended as"), max_length=10, choices=Capacity, blank=True)

    objects: ClassVar[AgreementQuerySet] = AgreementQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ("-proposed_at", "-pk")
        indexes = (
            models.Index(fields=("first", "state"), name="agreement_first"),
            models.Index(fields=("second", "state"), name="agreement_second"),
        )
        constraints = (
            models.CheckConstraint(
                name="agreement_with_another",
                condition=~Q(first=F("second")),
                violation_error_message=_("A municipality is not its own neighbour."),
            ),
            models.CheckConstraint(name="agreement_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="agreement_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="agreement_days_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("The last day must not lie before the first."),
            ),
            models.CheckConstraint(
                name="agreement_of_both",
                condition=~Q(state=State.AGREED) | Q(first_agreed_at__isnull=False, second_agreed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_proposal_lacks_one",
                condition=~Q(state=State.PROPOSED) | Q(first_agreed_at__isnull=True) | Q(second_agreed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="agreement_consent_in_a_capacity",
                condition=(Q(first_agreed_at__isnull=True, first_agreed_as="")
                           | (Q(first_agreed_at__isnull=False) & ~Q(first_agreed_as="")))
                & (Q(second_agreed_at__isnull=True, second_agreed_as="")
                   | (Q(second_agreed_at__isnull=False) & ~Q(second_agreed_as=""))),
            ),
            models.CheckConstraint(
                name="agreement_end_is_told",
                condition=Q(state__in=OPEN, ended_at__isnull=True, ended_by="", ended_as="")
                | (~Q(state__in=OPEN) & Q(ended_at__isnull=False) & ~Q(ended_by="") & ~Q(ended_as="")),
            ),
            # Of the same two and the same kind, whoever stands first: never two on one day.
            ExclusionConstraint(
                name="agreement_once_at_a_time",
                expressions=[
                    (Least("first", "second"), RangeOperators.EQUAL),
                    (Greatest("first", "second"), RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (
                        Func(F("valid_from"), F("valid_until"), Value("[]"), function="daterange",
                             output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=OPEN),
                violation_error_message=_("There is such an agreement, or a proposal for one, for these days already."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.first_id} – {self.second_id} ({self.kind})"

    def side_of(self, municipality_id: int) -> Side:
        """On which side a municipality stands; LookupError where it is none of the two."""
        sides = {self.first_id: Side.FIRST, self.second_id: Side.SECOND}
        return sides[municipality_id]

    def other_of(self, municipality_id: int) -> Municipality:
        """The other municipality. Reads it: fetch it with the row."""
        return self.second if self.first_id == municipality_id else self.first

    def agreed_at(self, side: Side) -> object:
        """When one of the two municipalities consented; None: not yet."""
        return self.first_agreed_at if side == Side.FIRST else self.second_agreed_at

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        begun = self.valid_from <= day and (self.valid_until is None or self.valid_until >= day)
        return self.state == State.AGREED and begun

    def is_over(self, day: date) -> bool:
        """Whether its last day has passed."""
        return self.valid_until is not None and self.valid_until < day


class Roof(models.Model):
    """That a municipality is a roof portal (a district above its towns): the operator says so, nobody else."""

    municipality = models.OneToOneField(Municipality, primary_key=True, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("roof portal")
        verbose_name_plural = _("roof portals")
        ordering = ("municipality",)

    def __str__(self) -> str:
        return str(self.municipality_id)
