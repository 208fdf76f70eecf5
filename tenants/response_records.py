"""How fast municipalities answered: counted by the web processes, a row each five minutes (tenants.running.answers)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AnswerTimes(models.Model):
    """The answers of one municipality that began in one slot of five minutes; none: no row."""

    schema_name = models.CharField(_("municipality"), max_length=63)
    slot = models.DateTimeField(_("slot"), help_text=_("When its five minutes began."))
    answers = models.PositiveIntegerField(_("answers"))
    # Those with a status from 500 on, without 503: that one says that somebody is closed.
    errors = models.PositiveIntegerField(_("errors"))
    milliseconds = models.PositiveBigIntegerField(_("milliseconds in all"))
    # How many took up to so many milliseconds, and longer than the bound before; the rest took longer than all.
    to_50 = models.PositiveIntegerField()
    to_100 = models.PositiveIntegerField()
    to_200 = models.PositiveIntegerField()
    to_500 = models.PositiveIntegerField()
    to_1000 = models.PositiveIntegerField()
    to_2000 = models.PositiveIntegerField()
    to_5000 = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("response times of a municipality")
        verbose_name_plural = _("response times of municipalities")
        ordering = ("-slot", "schema_name")
        constraints = (models.UniqueConstraint(name="answer_times_once", fields=("schema_name", "slot")),)
        indexes = (models.Index(fields=("slot",), name="answer_times_slot"),)

    def __str__(self) -> str:
        return f"{self.schema_name}: {self.answers}"
