"""What the municipality demands of those who sign in (asked by accounts.rules), and who its mails are from."""

from accounts.rules import Rules
from core.access import Role
from mail.answering import Sender
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


def sender() -> Sender:
    """Who this municipality's mails are from, as mail.answering asks for it."""
    kept = Preferences.current()
    return Sender(kept.mail_sender_name, kept.mail_from, kept.mail_reply_to, kept.mail_log_days)
