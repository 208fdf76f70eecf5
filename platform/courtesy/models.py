"""What all municipalities and all processes know of a server outside. Lies in the shared schema alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Host(models.Model):
    """A server: when it may be asked next, and what its robots.txt said."""

    class Rules(models.TextChoices):
        UNKNOWN = "", _("not asked yet")
        GIVEN = "given", _("there are rules")
        NONE = "none", _("there are no rules")
        CLOSED = "closed", _("the rules cannot be read")

    name = models.CharField(_("host"), max_length=253, primary_key=True)
    free_at = models.DateTimeField(_("may be asked again"))
    gap = models.FloatField(_("seconds between two requests"))
    rules = models.CharField(_("rules"), max_length=6, choices=Rules, blank=True, default="", db_default="")
    robots = models.TextField(_("robots.txt"), blank=True, default="", db_default="")
    rules_until = models.DateTimeField(_("rules are asked for again"), null=True)

    class Meta:
        verbose_name = _("server outside")
        verbose_name_plural = _("servers outside")
        ordering = ("name",)
        indexes = (models.Index(fields=("free_at",), name="courtesy_host_free"),)

    def __str__(self) -> str:
        return self.name
