"""The mails about somebody's own account: allauth's, worded by us, and the invitation to a first password.

None of them holds a password, and none ever will: a link sets one.
"""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, Text, declare, link

_YOU = _("the person whose account it is")
_OBJECTION = link("konto/email/widerspruch/Mg:1vX…/", button=_("Stop the change"), label=_("link to object"))


def _changed(key: str, label: Text, when: Text, subject: Text, body: Text) -> Kind:
    """What everybody is told whose account has changed, so that a stranger's hand is noticed."""
    return Kind(key, Group.ACCOUNTS, label, _YOU, when, subject, body)


_INVITATION = Kind(
    "invitation",
    Group.ACCOUNTS,
    _("Invitation to set a password"),
    _("a person for whom somebody made an account"),
    _("at once, when the account is made"),
    _("Your access to {{ portal }}"),
    _(
        "Good day,\n\n"
        "you have an account for {{ portal }} ({{ address }}). With this link you set your password:\n\n"
        "{{ link }}\n\n"
        "The link is valid for three days. After that you get a new one on the sign-in page under “Forgotten your "
        "password?”."
    ),
    {"link": link("konto/passwort/neu/Mg-d3f…/", button=_("Set a password"), label=_("link to set a password"))},
)
_RESET = link("konto/passwort/neu/Mg-d3f…/", button=_("Set a new password"), label=_("link to set a password"))

declare(
    _INVITATION,
    Kind(
        "account_already_exists",
        Group.ACCOUNTS,
        _("Registration: there is an account already"),
        _("the person whose account it is"),
        _("at once, when somebody registers with an address that has an account"),
        _("You have an account already"),
        _(
            "Good day,\n\n"
            "somebody, probably you, wanted to register at {{ portal }} with this address. There is an account for it "
            "already, so nothing was changed. Here you sign in:\n\n"
            "{{ address }}konto/anmelden/\n\n"
            "If you do not know your password any more, set a new one:\n"
            "{{ password_reset_url }}\n\n"
            "If it was not you, you need do nothing."
        ),
        {"password_reset_url": link("konto/passwort/", label=_("page for a new password"))},
    ),
    Kind(
        "password_reset_key",
        Group.ACCOUNTS,
        _("Forgotten password"),
        _YOU,
        _("at once, when somebody asks for a new password"),
        _("Set a new password"),
        _(
            "Good day,\n\n"
            "somebody, probably you, asked for a new password. With this link you set it:\n\n"
            "{{ password_reset_url }}\n\n"
            "If it was not you, you need do nothing; your password stays as it is."
        ),
        {"password_reset_url": _RESET},
    ),
    Kind(
        "email_change_wished",
        Group.ACCOUNTS,
        _("Another address is wished for"),
        _("the old address"),
        _("at once, when somebody wants to sign in with another address"),
        _("Is your address to change?"),
        _(
            "Good day,\n\n"
            "somebody, probably you, wants to sign in to {{ portal }} with another address from now on: "
            "{{ to_email }}. It counts as soon as the link in a mail to the new address is confirmed.\n\n"
            "If it was not you, stop the change here:\n\n"
            "{{ objection_url }}"
        ),
        {"to_email": Placeholder(_("the new address"), "neu@verein.example"), "objection_url": _OBJECTION},
    ),
    Kind(
        "email_changed",
        Group.ACCOUNTS,
        _("The address was changed"),
        _("the old address"),
        _("at once, when the new address is confirmed"),
        _("Your address was changed"),
        _(
            "Good day,\n\n"
            "you now sign in to {{ portal }} with another address: {{ to_email }}. This old one is no longer in "
            "use.\n\n"
            "If it was not you, take the change back here within seven days:\n\n"
            "{{ objection_url }}"
        ),
        {
            "to_email": Placeholder(_("the new address"), "neu@verein.example"),
            "objection_url": link(
                "konto/email/widerspruch/Mg:1vX…/", button=_("Take the change back"), label=_("link to object")
            ),
        },
    ),
)


declare(
    _changed(
        "password_changed",
        _("The password was changed"),
        _("at once"),
        _("Your password was changed"),
        _(
            "Good day,\n\n"
            "your password for {{ portal }} was changed.\n\n"
            "If it was not you, please set a new password at once ({{ address }}konto/passwort/) and write to the "
            "editorial team."
        ),
    ),
    _changed(
        "password_reset",
        _("A new password was set by the link"),
        _("at once"),
        _("Your new password holds"),
        _(
            "Good day,\n\n"
            "a new password for {{ portal }} was set with the link from our mail.\n\n"
            "If it was not you, please set a new password at once ({{ address }}konto/passwort/) and write to the "
            "editorial team."
        ),
    ),
    _changed(
        "password_set",
        _("A first password was set"),
        _("at once"),
        _("Your account has a password now"),
        _(
            "Good day,\n\n"
            "your account for {{ portal }} has a password now.\n\n"
            "If it was not you, please set a new password at once ({{ address }}konto/passwort/) and write to the "
            "editorial team."
        ),
    ),
    _changed(
        "email_deleted",
        _("An address was removed"),
        _("at once"),
        _("An address was removed from your account"),
        _(
            "Good day,\n\n"
            "an address was removed from your account for {{ portal }}.\n\n"
            "If it was not you, please set a new password at once ({{ address }}konto/passwort/) and write to the "
            "editorial team."
        ),
    ),
    _changed(
        "totp_activated",
        _("Second factor: app set up"),
        _("at once"),
        _("Your second factor is set up"),
        _(
            "Good day,\n\n"
            "from now on signing in to {{ portal }} also asks for the code of your app.\n\n"
            "If it was not you, please set a new password at once ({{ address }}konto/passwort/) and write to the "
            "editorial team."
        ),
    ),
    _changed(
        "totp_deactivated",
        _("Second factor: app removed"),
        _("at once"),
        _("Your second factor was removed"),
        _(
            "Good day,\n\n"
            "signing in to {{ portal }} no longer asks for the code of your app.\n\n"
            "If it was not you, please set a new password at once ({{ address }}konto/passwort/) and write to the "
            "editorial team."
        ),
    ),
    _changed(
        "recovery_codes_generated",
        _("Second factor: new emergency codes"),
        _("at once"),
        _("You have new emergency codes"),
        _(
            "Good day,\n\n"
            "new emergency codes were made for your account for {{ portal }}. The old ones hold no longer.\n\n"
            "If it was not you, please set a new password at once ({{ address }}konto/passwort/) and write to the "
            "editorial team."
        ),
    ),
    _changed(
        "webauthn_added",
        _("Passkey or security key added"),
        _("at once"),
        _("A key was added to your account"),
        _(
            "Good day,\n\n"
            "from now on you can also sign in to {{ portal }} with a passkey or security key that was just added.\n\n"
            "If it was not you, please set a new password at once ({{ address }}konto/passwort/) and write to the "
            "editorial team."
        ),
    ),
    _changed(
        "webauthn_removed",
        _("Passkey or security key removed"),
        _("at once"),
        _("A key was removed from your account"),
        _(
            "Good day,\n\n"
            "a passkey or security key was removed from your account for {{ portal }}.\n\n"
            "If it was not you, please set a new password at once ({{ address }}konto/passwort/) and write to the "
            "editorial team."
        ),
    ),
    _changed(
        "account_connected",
        _("Sign-in service connected"),
        _("at once"),
        _("A further way to sign in"),
        _(
            "Good day,\n\n"
            "something has changed in your account for {{ portal }}:\n\n"
            "From now on you can also sign in by your municipality's sign-in service.\n\n"
            "If it was not you, please set a new password at once ({{ address }}konto/passwort/) and write to the "
            "editorial team."
        ),
    ),
    _changed(
        "account_disconnected",
        _("Sign-in service disconnected"),
        _("at once"),
        _("A way to sign in was removed"),
        _(
            "Good day,\n\n"
            "your account for {{ portal }} is no longer connected with your municipality's sign-in service.\n\n"
            "If it was not you, please set a new password at once ({{ address }}konto/passwort/) and write to the "
            "editorial team."
        ),
    ),
)
