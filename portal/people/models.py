"""Who is asked to work for the town hall. What somebody holds stands in `accounts.User.roles`."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.administering import TOWN_ROLES
from accounts.models import ROLE_NAMES
from core import fields

INVITED_FOR = timedelta(days=7)


class RoleInvitationQuerySet(models.QuerySet["RoleInvitation"]):
    """Which invitations."""

    def open(self, now: datetime) -> "RoleInvitationQuerySet":
        """Those that can still be accepted."""
        return self.filter(state=RoleInvitation.State.OPEN, expires_at__gt=now)


class RoleInvitation(models.Model):
    """Somebody is asked to work here in a role, by a link in a mail. Only a digest of the link's secret is kept."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    email = fields.EmailField(_("e-mail address"))
    role = fields.CharField(_("role"), max_length=10, choices=[(each.value, ROLE_NAMES[each]) for each in TOWN_ROLES])
    digest = fields.CharField(max_length=64, unique=True, editable=False)
    state = fields.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("ends"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    objects: ClassVar[RoleInvitationQuerySet] = RoleInvitationQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("invitation for a role")
        verbose_name_plural = _("invitations for roles")
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("email",), condition=Q(state="open"), name="role_invitation_open_once"),
            models.CheckConstraint(
                name="role_invitation_state_known", condition=Q(state__in=["open", "accepted", "withdrawn"])
            ),
            models.CheckConstraint(
                name="role_invitation_role_known", condition=Q(role__in=[each.value for each in TOWN_ROLES])
            ),
        )

    def __str__(self) -> str:
        return self.email

    @property
    def is_over(self) -> bool:
        """Whether the link has run out."""
        return self.expires_at <= timezone.now()
