"""What the municipality demands of those who sign in, as accounts.rules asks for it."""

from accounts.rules import Rules
from core.access import Role
from portal.preferences.models import Preferences, SecondFactorRule

_EDITORS = frozenset({Role.EDITOR, Role.ADMIN})
_WHO = {
    SecondFactorRule.NOBODY: frozenset(),
    SecondFactorRule.EDITORS: _EDITORS,
    SecondFactorRule.TOWN_HALL: _EDITORS | {Role.PLANNER},
    SecondFactorRule.EVERYBODY: _EDITORS | {Role.PLANNER, Role.PROVIDER},
}


def rules() -> Rules:
    """Those of the municipality we are inside."""
    kept = Preferences.current()
    return Rules(_WHO.get(SecondFactorRule(kept.second_factor), _EDITORS), kept.terms_version, kept.terms_note)


def answers_go_to() -> str:
    """Where answers to this municipality's mails go, as mail.answering asks for it."""
    return Preferences.current().mail_reply_to
