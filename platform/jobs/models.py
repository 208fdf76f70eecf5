"""What makes a job's effects happen once, however often the job is started."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Receipt(models.Model):
    """Written in the transaction of a job's effects: a job started again after a crash sees it and does nothing."""

    job_id = models.BigIntegerField(_("number of the job"), primary_key=True)
    done_at = models.DateTimeField(_("done"), auto_now_add=True)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self) -> str:
        return str(self.job_id)
