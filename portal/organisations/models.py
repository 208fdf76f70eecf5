"""What people wish for before they belong to an organisation. Who belongs to one is `Membership`."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import fields
from portal.providers.models import Membership, Provider
from portal.providers.models import State as ProviderState

if TYPE_CHECKING:
    from accounts.models import User

# An unconfirmed registration is forgotten after so long: the link in its mail holds a day.
CONFIRM_WITHIN = timedelta(days=7)
INVITED_FOR = timedelta(days=7)
# Nobody needs the same mail twice within this time, however often somebody presses the button.
RESEND_AFTER = timedelta(minutes=5)
# How long it is known who was invited or asked, after that is settled: long enough to ask what became of it.
KEEP_INVITATIONS, KEEP_REQUESTS = timedelta(days=30), timedelta(days=365)
CLOSED = frozenset({ProviderState.ARCHIVED, ProviderState.TRASHED})


class Registration(models.Model):
    """What somebody who registered wants, until their address is proved. Then it becomes an organisation or a request
    to join one, and this row goes; nobody but its author knows of it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="registration")
    name = fields.CharField(_("name of the organisation"), max_length=255, blank=True)
    provider = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(_("registered"))

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ("created_at", "id")
        constraints = (
            models.CheckConstraint(
                name="registration_new_or_existing",
                condition=Q(name="", provider__isnull=False) | (~Q(name="") & Q(provider__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.provider)


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    """Which requests."""

    def waiting(self) -> "JoinRequestQuerySet":
        """Those nobody decided yet, to organisations that are still there."""
        return self.filter(state=JoinRequest.State.WAITING).exclude(provider__state__in=CLOSED)

    def for_the_editors(self) -> "JoinRequestQuerySet":
        """Those nobody else can decide: the organisation has no administrator who could."""
        administrators = Membership.objects.filter(
            provider=models.OuterRef("provider"), role=Membership.Role.ADMINISTRATOR, user__is_active=True
        )
        return self.waiting().filter(~models.Exists(administrators))


class JoinRequest(models.Model):
    """Somebody asks to belong to an organisation that is there already."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests")
    state = fields.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    reason = fields.TextField(_("reason"), blank=True)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects: ClassVar[JoinRequestQuerySet] = JoinRequestQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("provider", "user"), condition=Q(state="waiting"), name="join_request_waits_once"
            ),
            models.CheckConstraint(
                name="join_request_state_known",
                condition=Q(state__in=["waiting", "accepted", "refused", "withdrawn"]),
            ),
            models.CheckConstraint(name="join_request_refused_says_why", condition=~Q(state="refused") | ~Q(reason="")),
        )

    def __str__(self) -> str:
        return f"{self.user} – {self.provider}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitations."""

    def open(self, now: datetime) -> "InvitationQuerySet":
        """Those that can still be accepted."""
        return self.filter(state=Invitation.State.OPEN, expires_at__gt=now).exclude(provider__state__in=CLOSED)

    def to(self, user: "User") -> "InvitationQuerySet":
        """Those for the owner of this account."""
        return self.filter(email=user.email.lower())


def digest_of(token: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


class ByLink(models.Model):
    """Somebody is asked for something by a link in a mail. Only a digest of the link's secret is kept."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    email = fields.EmailField(_("e-mail address"))
    digest = fields.CharField(max_length=64, unique=True, editable=False)
    state = fields.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("ends"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    class Meta:
        abstract = True

    def renew(self, by: object) -> str:
        """Let a new link lead here from now on for seven days, and the old one end; its secret. To be saved then."""
        token = secrets.token_urlsafe(32)
        self.digest = digest_of(token)
        self.invited_by_id = by.pk if isinstance(by, models.Model) else None
        self.created_at = timezone.now()
        self.expires_at = self.created_at + INVITED_FOR
        return token

    @property
    def is_over(self) -> bool:
        """Whether the link has run out."""
        return self.expires_at <= timezone.now()


class Invitation(ByLink):
    """Somebody is asked to join an organisation."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="invitations")
    role = fields.CharField(_("role"), max_length=15, choices=Membership.Role.choices, default=Membership.Role.MEMBER)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("provider", "email"), condition=Q(state="open"), name="invitation_open_once"
            ),
            models.CheckConstraint(
                name="invitation_state_known", condition=Q(state__in=["open", "accepted", "withdrawn"])
            ),
            models.CheckConstraint(name="invitation_role_known", condition=Q(role__in=["administrator", "member"])),
        )

    def __str__(self) -> str:
        return f"{self.email} – {self.provider}"
