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
