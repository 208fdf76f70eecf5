"""A token, and for which organisations it may write."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import fields
from core.programs import Program
from portal.providers.models import Provider


class Scope(models.TextChoices):
    """What a token opens."""

    READ = "read", _("read more often than others")
    WRITE = "write:offers", _("create, change and withdraw offers")


class TokenQuerySet(models.QuerySet["Token"]):
    """Which tokens."""

    def valid(self) -> "TokenQuerySet":
        """Those that open anything now."""
        unexpired = Q(expires_on__isnull=True) | Q(expires_on__gte=timezone.localdate())
        return self.filter(unexpired, revoked_at__isnull=True)


class Token(models.Model):
    """Of the secret itself there is only the digest and its beginning, by which people tell tokens apart."""

    name = fields.CharField(
        _("name"), max_length=80, help_text=_("Which program uses it, for example “Course system of the adult school”.")
    )
    beginning = models.CharField(_("begins with"), max_length=16, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(_("What may it do?"), max_length=20, choices=Scope, default=Scope.READ)
    for_all = models.BooleanField(_("acts for all organisations"), default=False)
    providers = models.ManyToManyField(Provider, verbose_name=_("acts for"), blank=True, related_name="+")
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(pgettext_lazy("a token", "revoked"), null=True, editable=False)

    objects: ClassVar[TokenQuerySet] = TokenQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = pgettext_lazy("for a program", "token")
        verbose_name_plural = _("tokens")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(name="token_scope_known", condition=Q(scope__in=Scope.values)),
            models.CheckConstraint(name="token_for_all_writes", condition=Q(for_all=False) | Q(scope=Scope.WRITE)),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_expired(self) -> bool:
        """Whether its last day has passed."""
        return self.expires_on is not None and self.expires_on < timezone.localdate()

    @property
    def is_valid(self) -> bool:
        """Whether it opens anything."""
        return self.revoked_at is None and not self.is_expired

    @property
    def writes(self) -> bool:
        """Whether it may do more than read."""
        return self.scope == Scope.WRITE

    def program(self) -> Program:
        """Who acts with it, for the log and for whoever decides what may be done. One statement unless for all."""
        acts_for = None if self.for_all else frozenset(self.providers.values_list("pk", flat=True))
        return Program(self.pk, f"{self.name} ({self.beginning}…)", acts_for)
