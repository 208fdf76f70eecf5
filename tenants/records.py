"""What stays on record of municipalities and their safekeeping: deletions, backups, drills."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Removal(models.Model):
    """A municipality that was deleted: all that is left of it here. Its short name may be used again."""

    slug = models.CharField(_("short name"), max_length=63, db_index=True)
    name = models.CharField(_("name"), max_length=200)
    domains = models.JSONField(_("host names"), default=list)
    state = models.CharField(_("state before"), max_length=20)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.CharField(_("who"), max_length=254)
    export = models.CharField(_("where the export lies"), max_length=1000)
    export_sha256 = models.CharField(_("checksum of the export"), max_length=64)
    export_bytes = models.BigIntegerField(_("size of the export"))
    # Empty until its folders are gone too: a deletion killed between the two goes on from here.
    files_gone_at = models.DateTimeField(_("files removed"), null=True, blank=True)

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class Backup(models.Model):
    """One attempt to back up, kept also when it failed or when its files are no longer kept."""

    class Kind(models.TextChoices):
        """What was saved, and how."""

        FULL = "full", _("everything")
        INCREMENT = "increment", _("what changed since the backup before")
        SINGLE = "single", _("one municipality")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    slug = models.CharField(_("short name"), max_length=63, blank=True)
    started_at = models.DateTimeField(_("begun"), auto_now_add=True)
    finished_at = models.DateTimeField(_("ended"), null=True, blank=True)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    removed_at = models.DateTimeField(_("files removed"), null=True, blank=True)
    path = models.CharField(_("where it lies"), max_length=1000)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("builds upon"))
    bytes = models.BigIntegerField(_("size"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="backup_kind_known", condition=models.Q(kind__in=["full", "increment", "single"])
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.path}"


class Drill(models.Model):
    """One rehearsal of restoring, with what it found."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    backup = models.ForeignKey(Backup, models.PROTECT, verbose_name=_("backup"))
    slug = models.CharField(_("short name"), max_length=63)
    passed = models.BooleanField(_("passed"))
    # rows and files: how many were compared, are equal, changed since, are wrong.
    figures = models.JSONField(_("figures"), default=dict)
    seconds = models.FloatField(_("duration in seconds"))

    class Meta:
        verbose_name = _("restore drill")
        verbose_name_plural = _("restore drills")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.slug} {self.at:%Y-%m-%d}"
