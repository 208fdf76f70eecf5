"""What makes a job's effects happen once, however often the job is started, and why it failed the last time."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob


class Receipt(models.Model):
    """Written in the transaction of a job's effects: a job started again after a crash sees it and does nothing."""

    job_id = models.BigIntegerField(_("number of the job"), primary_key=True)
    done_at = models.DateTimeField(_("done"), auto_now_add=True)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self) -> str:
        return str(self.job_id)


class Failure(models.Model):
    """What went wrong the last time a job failed: the kind of error and where in the code, never its words, which may
    hold somebody's data. The queue itself keeps neither."""

    job_id = models.BigIntegerField(_("number of the job"), primary_key=True)
    at = models.DateTimeField(_("when"))
    error = models.CharField(_("what went wrong"), max_length=300)

    class Meta:
        verbose_name = _("failure of a job")
        verbose_name_plural = _("failures of jobs")

    def __str__(self) -> str:
        return self.error


class QueuedJob(ProcrastinateJob):
    """A job of the queue, to look at: what it is called, in the audit log too, says nothing of what it is about, which
    may be somebody's data."""

    class Meta:
        proxy = True
        verbose_name = _("job")
        verbose_name_plural = _("jobs")

    def __str__(self) -> str:
        return self.task_name

    @property
    def schema_name(self) -> str:
        """Whose it is; empty: the platform's own."""
        return str(self.args.get("schema_name") or "")
