"""The user model. Each schema has its own table: an account of one municipality is unknown in every other."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models.functions import Lower
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
