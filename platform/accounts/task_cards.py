"""What everybody with an account can do."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import Group, TaskCard, register

_EVERYBODY = frozenset({Role.SIGNED_IN})

register(
    TaskCard(
        "/konto/person/",
        _("Personal details"),
        _("The name by which others see you here."),
        "user",
        _EVERYBODY,
        order=80,
        landing=True,
    ),
    TaskCard(
        "/konto/sicherheit/",
        _("Security"),
        _("Password, second factor, address, and where you are signed in."),
        "safety",
        _EVERYBODY,
        order=90,
        landing=True,
        under="/konto/person/",
    ),
    TaskCard(
        "/konto/daten/",
        _("Own data"),
        _("What this portal keeps about you; save it or delete your account."),
        "file",
        _EVERYBODY,
        order=95,
        landing=True,
        under="/konto/person/",
    ),
    TaskCard(
        "/redaktion/einstellungen/anmeldedienst/",
        _("Sign-in service"),
        _("Let people of the town hall sign in with the account they have anyway (OpenID Connect)."),
        "building",
        frozenset({Role.ADMIN}),
        Group.RULES,
        order=60,
        words="OpenID Connect, OIDC, Single Sign-on, SSO, Keycloak, Entra, Anmeldung",
    ),
)
