"""The user model. Each schema has its own table: an account of one municipality is unknown in every other."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.models import Timestamped

GRANTED = (Role.PROVIDER, Role.PLANNER, Role.EDITOR, Role.ADMIN, Role.OPERATOR)
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
        """A user who can sign in at once; without a password they first set one with a mailed link."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(Timestamped, AbstractBaseUser):
    """Somebody with an account. What they may do at which provider stands in `portal.providers`."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is already an account with this e-mail address.")},
    )
    name = models.CharField(_("name"), max_length=160, blank=True)
    roles = ArrayField(
        models.CharField(max_length=20, choices=[(role.value, ROLE_NAMES[role]) for role in GRANTED]),
        verbose_name=_("roles"),
        default=list,
        blank=True,
    )
    is_active = models.BooleanField(_("active"), default=True)
    terms_accepted_at = models.DateTimeField(_("terms of use accepted"), null=True, blank=True)

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
                condition=models.Q(roles__contained_by=[role.value for role in GRANTED]),
                violation_error_message=_("This role does not exist."),
            ),
        )

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def held_roles(self) -> frozenset[str]:
        """The granted roles; an inactive account holds none."""
        return frozenset(self.roles) if self.is_active else frozenset()

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
