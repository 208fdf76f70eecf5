"""What only the operator keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
