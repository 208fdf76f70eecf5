"""The user model. Each schema has its own table: an account of one municipality is unknown in every other."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.addresses import vouch_for
from core import fields
from core.access import Role
from core.models import Timestamped
from core.roles import derived_roles
from core.sealing import seal, unseal
from core.singleton import Singleton, singleton_constraint

_PURPOSE = "accounts.identity_provider"
GRANTED = (Role.PLANNER, Role.EDITOR, Role.ADMIN, Role.OPERATOR)
# What the table may hold: the release before, which may still be running, granted PROVIDER too. Nobody reads that.
STORED = (Role.PROVIDER, *GRANTED)
ROLE_NAMES = {
    Role.PROVIDER: _("Provider"),
    Role.PLANNER: _("Planning"),
    Role.EDITOR: _("Editorial team"),
    Role.ADMIN: _("Administration"),
    Role.OPERATOR: _("Operator"),
}


class UserManager(BaseUserManager["User"]):
    """Makes users; the address is stored in lower case, because people type it differently every time."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user who can sign in at once; without a password they first set one with a mailed link.

        Who calls this vouches for the address. Somebody who registers proves it first (allauth's forms make them).
        """
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            vouch_for([user])
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(Timestamped, AbstractBaseUser):
    """Somebody with an account. Roles are granted here, but for PROVIDER: that role has who belongs to a provider
    (`portal.providers` says so through `core.roles`)."""

    email = fields.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is already an account with this e-mail address.")},
    )
    name = fields.CharField(_("name"), max_length=160, blank=True)
    roles = ArrayField(
        fields.CharField(max_length=20, choices=[(role.value, ROLE_NAMES[role]) for role in STORED]),
        verbose_name=_("roles"),
        default=list,
        blank=True,
    )
    is_active = models.BooleanField(_("active"), default=True)
    # What an operator who was let in to help (the room `support`) did is tied to such a row; nobody signs in with it.
    is_support = models.BooleanField(editable=False, default=False, db_default=False)
    terms_accepted_at = models.DateTimeField(_("terms of use accepted"), null=True, blank=True)
    terms_version = models.PositiveIntegerField(_("version of the terms of use"), default=0, db_default=0)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("email",)
        constraints = (
            # Together with the unique column: an address stands here once, however people type it.
            models.CheckConstraint(name="user_email_lower_case", condition=models.Q(email=Lower("email"))),
            models.CheckConstraint(
                name="user_roles_known",
                condition=models.Q(roles__contained_by=[role.value for role in STORED]),
                violation_error_message=_("This role does not exist."),
            ),
            models.CheckConstraint(
                name="user_support_has_no_access",
                condition=models.Q(is_support=False) | models.Q(is_active=False, roles=[]),
            ),
        )

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def held_roles(self) -> frozenset[str]:
        """The granted roles and those that follow from something else; an inactive account holds none.

        Asks the database for the latter, for saved accounts only. `core.middleware.roles_of` asks once a request.
        """
        if not self.is_active:
            return frozenset()
        return self.granted_roles | (derived_roles(self) if self.pk else frozenset())

    @property
    def granted_roles(self) -> frozenset[str]:
        """Those of the town hall (or the operator's), which an administrator gives and takes; asks no database."""
        return frozenset(self.roles) & frozenset(GRANTED) if self.is_active else frozenset()

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class IdentityProvider(Singleton):
    """The service of a municipality (OpenID Connect) by which its people sign in, besides or instead of passwords."""

    enabled = models.BooleanField(_("in use"), default=False)
    name = fields.CharField(_("name on the button"), max_length=80, blank=True)
    issuer = fields.URLField(
        _("address of the service (issuer)"),
        blank=True,
        help_text=_("Below it lies /.well-known/openid-configuration. It begins with https."),
    )
    client_id = fields.CharField(_("client id"), max_length=200, blank=True)
    sealed_secret = fields.TextField(editable=False, blank=True)
    new_accounts = models.BooleanField(
        _("make accounts for people nobody knows here"),
        default=False,
        help_text=_("They have no role and belong to no provider until somebody gives them one."),
    )
    second_factor = models.BooleanField(
        _("the service asks for a second factor itself"),
        default=False,
        help_text=_("Then we do not ask for another one."),
    )

    class Meta:
        verbose_name = _("sign-in service")
        verbose_name_plural = _("sign-in services")
        constraints = (
            singleton_constraint("identity_provider_one_row"),
            models.CheckConstraint(
                name="identity_provider_complete",
                condition=models.Q(enabled=False) | (~models.Q(issuer="") & ~models.Q(client_id="")),
                violation_error_message=_("Please give address and client id before you switch the service on."),
            ),
        )

    def __str__(self) -> str:
        return self.name or self.issuer

    @property
    def secret(self) -> str:
        """What the service gave us to prove who we are; encrypted in the table."""
        return unseal(self.sealed_secret, purpose=_PURPOSE) if self.sealed_secret else ""

    @secret.setter
    def secret(self, secret: str) -> None:
        self.sealed_secret = seal(secret, purpose=_PURPOSE) if secret else ""


class ActingSession(models.Model):
    """Somebody of the town hall signs in as a provider to help: why, how long, and how it ended (accounts.acting)."""

    class End(models.TextChoices):
        BUTTON = "button", _("ended by hand")
        TIME = "time", _("the hour was over")
        SIGNED_OUT = "signed_out", _("signed out")
        BARRED = "barred", _("one of the accounts was closed or changed")
        NEXT = "next", _("helped somebody else")

    helper = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    helper_name = fields.CharField(_("who helped"), max_length=254)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="acting_sessions")
    reason = fields.CharField(_("reason"), max_length=300)
    started_at = models.DateTimeField(_("began"))
    ends_at = models.DateTimeField(_("ends by itself"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = fields.CharField(_("how it ended"), max_length=10, choices=End, blank=True)

    class Meta:
        verbose_name = _("sign-in as a provider")
        verbose_name_plural = _("sign-ins as a provider")
        ordering = ("-started_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("helper",), condition=models.Q(ended_at=None), name="acting_session_one_at_a_time"
            ),
            models.CheckConstraint(name="acting_session_reason_given", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="acting_session_in_order", condition=models.Q(started_at__lt=models.F("ends_at"))
            ),
            models.CheckConstraint(
                name="acting_session_end_said",
                condition=models.Q(ended_at=None, ended_by="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_by="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.helper_name}: {self.person}"

    @property
    def over_at(self) -> datetime:
        """When it ended, or will: nobody may have asked for a page since."""
        return self.ended_at or self.ends_at

    @property
    def is_running(self) -> bool:
        """Whether somebody could be acting at this moment."""
        return self.ended_at is None and self.ends_at > timezone.now()
