"""What only the operator keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.verifying import Finding


class PostedMail(models.Model):
    """A mail of the demo: instead of leaving the machine it lands here, readable at /betrieb/postausgang/."""

    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    municipality = models.CharField(_("municipality"), max_length=63)
    sender = models.CharField(pgettext_lazy("of a mail", "from"), max_length=300)
    to = models.CharField(pgettext_lazy("of a mail", "to"), max_length=1000)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    message_id = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("mail of the demo")
        verbose_name_plural = _("mails of the demo")
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.subject


class GivenUpMail(models.Model):
    """How many mails of a municipality nobody tries to send any more, as counted last; without any it has no row."""

    schema_name = models.CharField(max_length=63, unique=True)
    number = models.PositiveIntegerField(_("mails"))
    since = models.DateTimeField(_("the first of them given up"))
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("count of mails given up")
        verbose_name_plural = _("counts of mails given up")
        ordering = ("since", "schema_name")

    def __str__(self) -> str:
        return f"{self.schema_name}: {self.number}"


class LogCheck(models.Model):
    """What was found when the audit log of a schema was looked over last (audit.verifying); one row a log."""

    schema_name = models.CharField(max_length=63, unique=True)
    verified_at = models.DateTimeField(_("looked over"))
    finding = models.CharField(_("found"), max_length=12, choices=[(each.value, each.value) for each in Finding])
    entries = models.PositiveBigIntegerField(_("entries"))
    first = models.BigIntegerField(_("first entry that does not fit"), null=True)
    wrong = models.PositiveBigIntegerField(_("entries that do not fit"), default=0)
    checkpoint_at = models.DateTimeField(_("compared with what was written down on"), null=True)
    found_at = models.DateTimeField(_("not whole since"), null=True)
    told_at = models.DateTimeField(_("operators were told"), null=True)

    class Meta:
        verbose_name = _("look at an audit log")
        verbose_name_plural = _("looks at audit logs")
        ordering = ("schema_name",)

    def __str__(self) -> str:
        return f"{self.schema_name}: {self.finding}"
