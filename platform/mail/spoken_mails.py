"""The mails about an account that go out in the language of the page: their reader sits before it.

In every room kinds that are spoken in all languages stand in `spoken_mails.py` and are translated; those of `mails.py`
are German, and what is said about them is read in the town hall.
"""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, declare, link

_SOMEBODY = _("whoever gave the address")
_CONFIRM_BODY = _(
    "Good day,\n\n"
    "you, or somebody else by mistake, gave this address for {{ portal }}. With this link you confirm that it is "
    "yours:\n\n"
    "{{ activate_url }}\n\n"
    "The link holds for 24 hours. If it was not you, you need do nothing: without your click nothing happens."
)
_CONFIRM = {
    "activate_url": link(
        "konto/email/bestaetigen/MQ:1vX…/", button=_("Confirm the address"), label=_("link to confirm the address")
    )
}

declare(
    Kind(
        "email_confirmation_signup",
        Group.ACCOUNTS,
        _("Registration: confirm the address"),
        _SOMEBODY,
        _("at once, when somebody registers"),
        _("Please confirm your address"),
        _CONFIRM_BODY,
        _CONFIRM,
        spoken=True,
    ),
    Kind(
        "email_confirmation",
        Group.ACCOUNTS,
        _("New address: confirm it"),
        _SOMEBODY,
        _("at once, when somebody wants to sign in with another address"),
        _("Please confirm your address"),
        _CONFIRM_BODY,
        _CONFIRM,
        spoken=True,
    ),
)
