"""The accessibility statement the law wants (§ 12b BGG, Decision (EU) 2018/1523), as fields instead of free text."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from core.singleton import Singleton, singleton_constraint
from portal.feedback.bodies import BODIES, Body, Land

VALID_FOR = timedelta(days=365)


class Status(models.TextChoices):
    """How far the portal meets the requirements; the wording of the EU's model statement."""

    UNKNOWN = "unknown", _("not assessed yet")
    FULL = "full", _("fully compliant")
    PARTIAL = "partial", _("partially compliant")
    NONE = "none", _("not compliant")


class Method(models.TextChoices):
    """How that was found out."""

    SELF = "self", _("self-assessment")
    THIRD_PARTY = "third_party", _("test by somebody else")


class AccessibilityStatement(Singleton):
    """What this municipality declares about its portal."""

    status = fields.CharField(_("state of accessibility"), max_length=10, choices=Status, default=Status.UNKNOWN)
    method = fields.CharField(_("how it was assessed"), max_length=12, choices=Method, default=Method.SELF)
    assessed_by = fields.CharField(
        _("assessed by"), max_length=200, blank=True, help_text=_("Name of the person, office or company.")
    )
    made_on = models.DateField(_("statement made on"), null=True, blank=True)
    reviewed_on = models.DateField(
        _("last reviewed on"), null=True, blank=True, help_text=_("At least once a year; you are reminded by e-mail.")
    )
    email = fields.EmailField(
        _("e-mail address for reports"),
        blank=True,
        help_text=_("Empty: the address at the end of each page."),
    )
    phone = fields.CharField(
        _("phone number for reports"),
        max_length=60,
        blank=True,
        help_text=_("Empty: the number at the end of each page."),
    )
    land = fields.CharField(_("federal state"), max_length=2, choices=Land, blank=True)
    body_name = fields.CharField(
        _("enforcement or arbitration body"),
        max_length=300,
        blank=True,
        help_text=_("Empty: the one we know for your federal state. Please check it."),
    )
    body_url = fields.URLField(_("website of the body"), max_length=300, blank=True)
    body_contact = fields.CharField(
        _("how to reach the body"), max_length=300, blank=True, help_text=_("E-mail, phone, address.")
    )
    reminded_on = models.DateField(_("editors reminded on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")
        constraints = (
            singleton_constraint("statement_one_row"),
            models.CheckConstraint(name="statement_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(name="statement_method_known", condition=Q(method__in=Method.values)),
            models.CheckConstraint(name="statement_land_known", condition=Q(land="") | Q(land__in=Land.values)),
            models.CheckConstraint(
                name="statement_assessed_is_dated",
                condition=Q(status=Status.UNKNOWN) | Q(made_on__isnull=False, reviewed_on__isnull=False),
                violation_error_message=_("Please say when the statement was made and last reviewed."),
            ),
            models.CheckConstraint(
                name="statement_dates_in_order",
                condition=Q(made_on__isnull=True)
                | Q(reviewed_on__isnull=True)
                | Q(reviewed_on__gte=models.F("made_on")),
                violation_error_message=_("The last review cannot be before the statement was made."),
            ),
        )

    def __str__(self) -> str:
        return str(_("Accessibility statement"))

    @property
    def body(self) -> Body:
        """Where to complain when we do not help: as the editors say, else as we know it for their state."""
        known = BODIES.get(self.land, Body("", "", ""))
        if self.body_name:
            return Body(self.body_name, self.body_url, known.law)
        return Body(known.name, self.body_url or known.url, known.law)

    def is_out_of_date(self, today: date | None = None) -> bool:
        """Whether the law wants a new look at it: never assessed, or not for a year."""
        if self.status == Status.UNKNOWN or self.reviewed_on is None:
            return True
        return self.reviewed_on + VALID_FOR < (today or timezone.localdate())


class Reason(models.TextChoices):
    """Why a part is not accessible; the law knows these three."""

    NOT_YET = "not_yet", _("not repaired yet")
    BURDEN = "burden", _("disproportionate burden")
    OUT_OF_SCOPE = "out_of_scope", _("outside the law’s scope")


class KnownBarrier(models.Model):
    """One part that not everybody can use."""

    statement = models.ForeignKey(AccessibilityStatement, on_delete=models.CASCADE, related_name="barriers")
    what = fields.CharField(_("what is not accessible"), max_length=400)
    reason = fields.CharField(_("why"), max_length=12, choices=Reason, default=Reason.NOT_YET)
    explanation = fields.CharField(_("explanation"), max_length=400, blank=True)
    alternative = fields.CharField(
        _("what people can do instead"), max_length=400, blank=True, help_text=_("For example: call us.")
    )
    repaired_by = models.DateField(_("to be repaired by"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("known barrier")
        verbose_name_plural = _("known barriers")
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(name="known_barrier_what_given", condition=~Q(what="")),
            models.CheckConstraint(name="known_barrier_reason_known", condition=Q(reason__in=Reason.values)),
        )

    def __str__(self) -> str:
        return self.what
