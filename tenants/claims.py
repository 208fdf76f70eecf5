"""Host names municipalities want to use, and the certificates of those they use.

A wished name stands here and answers nobody. Only when the DNS proves it does it become a `Domain`, which is what all
else knows: so a name that was never verified is served, certified and written into links by nobody, and one that
somebody else wishes for too is not taken by wishing.
"""

import secrets
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.names import validate_host

# Where the token stands, below the wished name.
LABEL = "_chancenportal"
PREFIX = "chancenportal-pruefung="
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_token() -> str:
    """Twenty letters and digits that nobody confuses when they read them out: 99 bits."""
    return "".join(secrets.choice(_ALPHABET) for _each in range(20))


class ClaimState(models.TextChoices):
    """What the DNS says of a wished name."""

    UNVERIFIED = "unverified", _("not verified")
    ELSEWHERE = "elsewhere", _("points elsewhere")
    SILENT = "silent", _("does not answer")
    RING = "ring", _("leads in a ring")
    VERIFIED = "verified", pgettext_lazy("a host name", "verified")


class DomainClaimQuerySet(models.QuerySet["DomainClaim"]):
    """Which wished names."""

    def open(self) -> "DomainClaimQuerySet":
        """Those that still wait for the DNS."""
        return self.exclude(state=ClaimState.VERIFIED)


class DomainClaim(models.Model):
    """A host name one municipality wants to use, and what the DNS says of it."""

    municipality = models.ForeignKey(
        "tenants.Municipality", on_delete=models.CASCADE, related_name="claims", verbose_name=_("municipality")
    )
    domain = models.CharField(_("host name"), max_length=253, validators=[validate_host])
    token = models.CharField(_("token"), max_length=40, default=new_token)
    state = models.CharField(_("state"), max_length=12, choices=ClaimState, default=ClaimState.UNVERIFIED)
    # What was found last, for the page: {"chain": […], "addresses": […], "texts": […]}.
    found = models.JSONField(_("found"), default=dict)
    wished_at = models.DateTimeField(_("wished for"), default=timezone.now)
    wished_by = models.CharField(_("who"), max_length=254)
    checked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)

    objects: ClassVar[DomainClaimQuerySet] = DomainClaimQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("wished host name")
        verbose_name_plural = _("wished host names")
        ordering = ("domain", "pk")
        constraints = (
            models.UniqueConstraint(fields=("municipality", "domain"), name="claim_once_per_municipality"),
            models.UniqueConstraint(
                fields=("domain",), condition=models.Q(state="verified"), name="claim_verified_by_one"
            ),
            models.CheckConstraint(name="claim_state_known", condition=models.Q(state__in=ClaimState.values)),
        )

    def __str__(self) -> str:
        return self.domain

    @property
    def record_name(self) -> str:
        """Where the TXT record with the token belongs."""
        return f"{LABEL}.{self.domain}"

    @property
    def record_text(self) -> str:
        """What it says."""
        return f"{PREFIX}{self.token}"

    @property
    def is_verified(self) -> bool:
        """Whether it answers."""
        return self.state == ClaimState.VERIFIED


class HostCertificate(models.Model):
    """What was seen of a host name's certificate in the last look (tenants.lifecycle.certificates)."""

    domain = models.OneToOneField(
        "tenants.Domain", on_delete=models.CASCADE, related_name="certificate", verbose_name=_("host name")
    )
    not_after = models.DateTimeField(_("valid until"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=300, blank=True)
    # Why there is none, or why browsers refuse it; empty where all is well.
    trouble = models.CharField(_("trouble"), max_length=300, blank=True)
    seen_at = models.DateTimeField(_("looked at"))

    class Meta:
        verbose_name = _("certificate of a host name")
        verbose_name_plural = _("certificates of host names")
        ordering = ("not_after", "pk")

    def __str__(self) -> str:
        return f"{self.domain_id}"

    def days_left(self, now: datetime) -> float | None:
        """Until it expires; nothing is left of one that browsers refuse. None where it was not seen."""
        if self.trouble:
            return 0.0
        return (self.not_after - now).total_seconds() / 86400 if self.not_after else None
