"""Details a municipality adds to its offers, and the usual ones it can do without."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import fields
from core.ordering import ByName
from core.singleton import Singleton, singleton_constraint

# A form with more of them is read by nobody.
MOST_FIELDS = 30
MOST_CHOICES = 50


class Kind(models.TextChoices):
    """What can be answered; it stays what it is, because answers are kept by it."""

    TEXT = "text", _("text")
    CHOICE = "choice", _("choice from a list")
    YES_NO = "yes_no", _("yes or no")


class Use(models.TextChoices):
    """Who gets to know the answers."""

    SHOWN = "shown", _("shown on the offer's page")
    FILTER = "filter", _("shown, and a filter of the search")
    INTERNAL = "internal", _("internal: only the editorial team sees and fills it in")


class ExtraField(models.Model):
    """A detail of offers that only this municipality has. Answers are kept in the offers, under its id."""

    name = fields.CharField(_("name"), max_length=80, help_text=_("As it stands on the offer's page."))
    question = fields.CharField(
        _("question in the form"), max_length=200, blank=True, help_text=_("Empty: the name is the question.")
    )
    help_text = fields.CharField(_("help"), max_length=300, blank=True, help_text=_("One sentence below the question."))
    kind = fields.CharField(_("kind of answer"), max_length=8, choices=Kind, default=Kind.TEXT)
    several = models.BooleanField(_("several answers can be chosen"), default=False)
    use = fields.CharField(_("who sees it"), max_length=8, choices=Use, default=Use.SHOWN)
    position = models.PositiveIntegerField(default=0)
    retired = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("own detail of offers")
        verbose_name_plural = _("own details of offers")
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("name",),
                name="extra_field_name_unique",
                violation_error_message=_("There is already a detail of this name."),
            ),
            models.CheckConstraint(name="extra_field_name_given", condition=~models.Q(name="")),
            models.CheckConstraint(name="extra_field_kind_known", condition=models.Q(kind__in=Kind.values)),
            models.CheckConstraint(name="extra_field_use_known", condition=models.Q(use__in=Use.values)),
            models.CheckConstraint(
                name="extra_field_several_of_choices", condition=models.Q(several=False) | models.Q(kind=Kind.CHOICE)
            ),
            models.CheckConstraint(
                name="extra_field_text_no_filter",
                condition=~models.Q(kind=Kind.TEXT, use=Use.FILTER),
                violation_error_message=_(
                    "A text cannot be a filter: everybody writes it differently. Choose a list or yes and no."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.kind != Kind.CHOICE:
            self.several = False
        if self.pk is None and ExtraField.objects.count() >= MOST_FIELDS:
            raise ValidationError(
                _("There are %(most)d details of your own already; more of them nobody fills in.")
                % {"most": MOST_FIELDS}
            )


class ExtraChoice(models.Model):
    """An answer that can be chosen. What offers say is never deleted: it is retired."""

    field = models.ForeignKey(ExtraField, on_delete=models.CASCADE, related_name="choices")
    name = fields.CharField(_("answer"), max_length=80)
    position = models.PositiveIntegerField(default=0)
    retired = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ("position", ByName("name"), "id")
        constraints = (
            models.UniqueConstraint(fields=("field", "name"), name="extra_choice_name_unique"),
            models.CheckConstraint(name="extra_choice_name_given", condition=~models.Q(name="")),
        )

    def __str__(self) -> str:
        return self.name


class OfferForm(Singleton):
    """Which of the usual details this municipality does without: neither asked nor shown, and kept where they are."""

    left_out = ArrayField(fields.CharField(max_length=40), default=list, blank=True)

    class Meta:
        verbose_name = _("form of an offer")
        verbose_name_plural = _("form of an offer")
        constraints = (singleton_constraint("offer_form_one_row"),)

    def __str__(self) -> str:
        return str(_("Form of an offer"))
